"""A phone on the simulated network: the test is the person who holds it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from offhook.testing.call import Call, CallError
from offhook.testing.calling import Api, RefusedError, segment, wire_name
from offhook.testing.clock import Clock
from offhook.testing.records import Number, Picture, Text
from offhook.testing.waiting import waiting


class NoSuchCodeError(AssertionError):
    """There is no code that counts; the message tells what happened instead."""


class NoSuchTextError(AssertionError):
    """The text that a test waits for did not come; the message tells what happened instead."""


class Handset:
    """A person's phone. `address` is a number in E.164, or `client:name`."""

    def __init__(self, api: Api, clock: Clock, address: str, found: set[int], story: Callable[[], str]) -> None:
        """`found` are the places in the inbox of texts that were waited for."""
        self.address = address
        self._clock = clock
        self._api = api
        self._story = story
        self._place = f"/offhook/v1/Handsets/{segment(address)}"
        self._path = f"{self._place}/Messages"
        self._found = found
        self._calls: dict[str, Call] = {}
        self._found_calls: set[str] = set()

    def __repr__(self) -> str:
        return f"<Handset {self.address}>"

    def text(self, to: str | Number, body: str = "", media_url: str | Sequence[str] = ()) -> Text:
        """The person texts `to`, with the files at `media_url` (one, or several).

        Raises RefusedError for a number that is none, a file that cannot be had, and while the phone is off.
        """
        urls = [media_url] if isinstance(media_url, str) else list(media_url)
        return Text.of(self._api.post(self._path, To=str(to), Body=body, MediaUrl=urls))

    def open(self, picture: Picture) -> bytes:
        """The bytes of a picture that the phone shows."""
        return self._api.content(urlsplit(picture.url).path)

    def behave(self, **traits: str | float | bool) -> None:
        """Make the phone lose, delay or hold texts, refuse or answer calls: `power="off"`, `delay=30`, `answers="busy"`

        The traits are those of `POST /offhook/v1/Handsets/{address}`. Raises RefusedError for a value that is none.
        """
        self._api.post(self._place, **{wire_name(name): _written(value) for name, value in traits.items()})

    def has_line(self, **facts: str | float | bool) -> None:
        """Say what Lookup finds out about the line: `type="mobile"`, `carrier_name="Hooli"`, `sim_swapped="never"`, …

        The facts are those of `POST /offhook/v1/Handsets/{address}/Line`. Raises RefusedError for a value that is none.
        """
        self._api.post(f"{self._place}/Line", **{wire_name(name): _written(value) for name, value in facts.items()})

    def reset(self) -> None:
        """Make the phone behave by default again. Raises RefusedError (404) when it does already."""
        self._api.delete(self._place)

    @property
    def inbox(self) -> list[Text]:
        """What the phone shows, both directions, oldest first.

        On the virtual clock this waits until nothing is under way, so that what is not there will not come by itself.
        """
        self._clock.settle()
        return self._texts()

    def wait_for(self, body: str, timeout: float = 60.0) -> Text:
        """The next text to this phone that contains `body`; each text is found once.

        On the virtual clock no real time is lost: when nothing is left to do, time jumps to the next timer, `timeout`
        seconds ahead at most. On the real clock it waits so long. Raises NoSuchTextError, an AssertionError that tells
        what the phone shows and how the app was asked and answered.
        """
        __tracebackhide__ = True
        wait = waiting(self._clock, timeout)
        while True:
            inbox = self._texts()
            for place, text in enumerate(inbox):
                if text.direction == "inbound" and body in text.body and place not in self._found:
                    self._found.add(place)
                    return text
            if not wait():
                raise NoSuchTextError(self._disappointment(body, inbox))

    def latest_code(self) -> str:
        """The code that was sent to this phone last, by text or in a call, while it counts.

        Raises NoSuchCodeError when there is none, or somebody came back with it.
        """
        __tracebackhide__ = True
        self._clock.settle()
        try:
            code: str = self._api.get(f"{self._place}/LatestCode")["code"]
        except RefusedError as refused:
            if refused.status != 404:
                raise
            raise NoSuchCodeError(f"no code counts for {self.address}\n\n{self._story()}") from refused
        return code

    def call(self, to: str | Number) -> Call:
        """The person calls `to`. What comes of it is in the call that is returned.

        Raises RefusedError for a number that is none, and while the phone is off or has a call already.
        """
        return self._call(self._api.post(f"{self._place}/Calls", To=str(to)))

    def incoming_call(self, timeout: float = 60.0) -> Call:
        """The next call to this phone, whether it rings or was answered; each call is found once.

        Time goes by as for `wait_for`. Raises CallError when nobody calls.
        """
        __tracebackhide__ = True
        wait = waiting(self._clock, timeout)
        while True:
            for call in self._all_calls():
                if call.direction == "inbound" and call.sid not in self._found_calls:
                    self._found_calls.add(call.sid)
                    return call
            if not wait():
                raise CallError(f"nobody called {self.address}\n\n{self._story()}")

    @property
    def calls(self) -> list[Call]:
        """All calls of this phone, both directions, oldest first. Waits until nothing is under way."""
        self._clock.settle()
        return self._all_calls()

    def _all_calls(self) -> list[Call]:
        return [self._call(shown) for shown in self._api.pages(f"{self._place}/Calls", "calls")]

    def _call(self, shown: Mapping[str, Any]) -> Call:
        """The same object each time, so that it knows what was found in it."""
        if shown["sid"] not in self._calls:
            self._calls[shown["sid"]] = Call(self._api, self._clock, self._place, shown, self._story)
        return self._calls[shown["sid"]]

    def _texts(self) -> list[Text]:
        return [Text.of(shown) for shown in self._api.pages(self._path, "messages")]

    def _disappointment(self, body: str, inbox: list[Text]) -> str:
        seen = any(body in text.body for text in inbox if text.direction == "inbound")
        again = " again (each text is found once)" if seen else ""
        return f"no text with {body!r} came to {self.address}{again}\n\n{self._story()}"


def _written(value: str | float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
