"""A phone on the simulated network: the test is the person who holds it."""

import time
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from offhook.testing.calling import Api, segment, wire_name
from offhook.testing.clock import Clock
from offhook.testing.records import Number, Picture, Text

PATIENCE = 1.0  # real seconds: for what an app does by itself after Offhook has nothing left to do
GLANCE = 0.01  # real seconds between two looks at a phone


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
        """Make the phone lose, delay or hold what is sent to it: `power="off"`, `delay=30`, `outcome="undelivered"` …

        The traits are those of `POST /offhook/v1/Handsets/{address}`. Raises RefusedError for a value that is none.
        """
        self._api.post(self._place, **{wire_name(name): str(value).lower() for name, value in traits.items()})

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
        waiting = self._jumping(timeout) if self._clock.is_virtual else _sleeping(timeout)
        while True:
            inbox = self._texts()
            for place, text in enumerate(inbox):
                if text.direction == "inbound" and body in text.body and place not in self._found:
                    self._found.add(place)
                    return text
            if not waiting():
                raise NoSuchTextError(self._disappointment(body, inbox))

    def _texts(self) -> list[Text]:
        return [Text.of(shown) for shown in self._api.pages(self._path, "messages")]

    def _jumping(self, timeout: float) -> Callable[[], bool]:
        left, patience = timeout, PATIENCE

        def wait() -> bool:
            nonlocal left, patience
            jumped = self._clock.step(left)
            left -= jumped
            if not jumped:
                time.sleep(GLANCE)
                patience -= GLANCE
            return patience > 0

        return wait

    def _disappointment(self, body: str, inbox: list[Text]) -> str:
        seen = any(body in text.body for text in inbox if text.direction == "inbound")
        again = " again (each text is found once)" if seen else ""
        return f"no text with {body!r} came to {self.address}{again}\n\n{self._story()}"


def _sleeping(timeout: float) -> Callable[[], bool]:
    until = time.monotonic() + timeout

    def wait() -> bool:
        time.sleep(GLANCE)
        return time.monotonic() < until

    return wait
