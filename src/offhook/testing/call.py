"""A call on a phone of the simulated network: the test is the person who holds it to the ear."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

from offhook.testing.calling import Api
from offhook.testing.clock import Clock
from offhook.testing.records import Kind, Line
from offhook.testing.waiting import waiting

LONGEST_RINGING = 120.0  # seconds until the other side answers
LONGEST_DOING = 3600.0  # seconds that it takes to say or press something
RINGS = ("queued", "ringing")
OWN: tuple[Kind, ...] = ("speech", "digits")  # what the person does; keys can come from the other side as well


class CallError(AssertionError):
    """What a test waits for does not happen on the phone; the message tells what happened instead."""


class Call:
    """A call as the person with the phone has it. `direction` is the phone's view: `inbound` came to the phone."""

    def __init__(self, api: Api, clock: Clock, phone: str, shown: Mapping[str, Any], story: Callable[[], str]) -> None:
        """`phone` is the path of the phone, `shown` the API's form."""
        self.sid: str = shown["sid"]
        self.direction: Literal["inbound", "outbound"] = shown["direction"]
        self.from_: str = shown["from"]
        self.to: str = shown["to"]
        self._api = api
        self._clock = clock
        self._path = f"{phone}/Calls/{self.sid}"
        self._story = story
        self._next = 0  # the first line of the transcript that was not waited for yet

    def __repr__(self) -> str:
        return f"<Call {self.sid} from {self.from_} to {self.to}>"

    def answer(self) -> None:
        """Take the call; on the virtual clock, return when the app's side knows it too.

        Raises RefusedError (409) when it does not ring here.
        """
        self._do(Action="answer")
        self._clock.settle()

    def reject(self) -> None:
        """Do not take the call: the caller hears that the phone is busy. Raises RefusedError (409)."""
        self._do(Action="reject")

    def hangs_up(self) -> None:
        """End the call, or give up calling. Raises RefusedError (409) when it has ended already."""
        self._do(Action="hangup")

    def press(self, digits: str) -> None:
        """Press keys, and return when they are pressed; `w` waits half a second, `W` a whole one.

        If the phone still rings at the other end, it is waited for. Raises CallError when nobody answers, and
        RefusedError (409) when the call has ended.
        """
        __tracebackhide__ = True
        self._do_and_wait(Digits=digits)

    def says(self, text: str) -> None:
        """Say something, and return when it has been said.

        If the phone still rings at the other end, it is waited for. Raises CallError when nobody answers, and
        RefusedError (409) when the call has ended.
        """
        __tracebackhide__ = True
        self._do_and_wait(Speech=text)

    def hears(self, text: str = "", timeout: float = 60.0, *, kind: Kind | None = None) -> Line:
        """The next line of the transcript that contains `text`; lines are found in order, each once.

        Of every `kind` unless one is given, but for what the person says and for keys. No real time is lost on a
        virtual clock: when nothing is left to do, time jumps, `timeout` seconds ahead at most. Raises CallError.
        """
        __tracebackhide__ = True
        wait = waiting(self._clock, timeout)
        while True:
            shown = self._api.get(self._path)
            lines = [Line(**line) for line in shown["transcript"]]
            for place, line in enumerate(lines[self._next :], self._next):
                if text in line.text and (line.kind == kind if kind else line.kind not in OWN):
                    self._next = place + 1
                    return line
            if _has_ended(shown) or not wait():
                raise CallError(self._disappointment(text, kind, lines))

    def wait_until_ended(self, timeout: float = 60.0) -> str:
        """The status of the call when it has ended. Raises CallError when it goes on for longer than `timeout`."""
        __tracebackhide__ = True
        wait = waiting(self._clock, timeout)
        while not _has_ended(shown := self._api.get(self._path)):
            if not wait():
                raise CallError(f"{self!r} has not ended: it is {shown['status']}\n\n{self._story()}")
        return str(shown["status"])

    @property
    def status(self) -> str:
        """queued, ringing, in-progress, completed, busy, failed, no-answer or canceled."""
        return str(self._settled()["status"])

    @property
    def transcript(self) -> list[Line]:
        """All that was to be heard so far, in order.

        On the virtual clock this waits until nothing is under way, so that what is not there will not come by itself.
        """
        return [Line(**line) for line in self._settled()["transcript"]]

    @property
    def call_sid(self) -> str | None:
        """The SID of the app's Call, where there is one."""
        found: str | None = self._settled()["call_sid"]
        return found

    @property
    def duration(self) -> float | None:
        """How many seconds they talked; None until it has ended."""
        found: float | None = self._settled()["duration"]
        return found

    def _settled(self) -> dict[str, Any]:
        self._clock.settle()
        return self._api.get(self._path)

    def _do(self, **what: str) -> dict[str, Any]:
        return self._api.post(self._path, **what)

    def _do_and_wait(self, **what: str) -> None:
        __tracebackhide__ = True
        self._wait_for_answer()
        shown, wait = self._do(**what), waiting(self._clock, LONGEST_DOING)
        while shown["pending"]:
            if not wait():
                raise CallError(f"it was not done: {what}\n\n{self._story()}")
            shown = self._api.get(self._path)

    def _wait_for_answer(self) -> None:
        __tracebackhide__ = True
        wait = waiting(self._clock, LONGEST_RINGING)
        shown = self._api.get(self._path)
        while self.direction == "outbound" and shown["status"] in RINGS:
            if not wait():
                raise CallError(f"nobody answers {self!r}\n\n{self._story()}")
            shown = self._api.get(self._path)

    def _disappointment(self, text: str, kind: Kind | None, lines: list[Line]) -> str:
        what = f"nothing with {text!r}" if kind is None else f"no {kind} with {text!r}"
        seen = any(text in line.text for line in lines[: self._next])
        again = " again (each line is found once, in order)" if seen else ""
        return f"{what} is to be heard in {self!r}{again}\n\n{self._story()}"


def _has_ended(shown: Mapping[str, Any]) -> bool:
    return shown["status"] not in (*RINGS, "in-progress")
