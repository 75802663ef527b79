"""What every verb works on: one leg's state, how to wait for news, and the ways out of a document.

The interpreter is made of generators. Each yields effects and is sent their results; a verb calls another generator
with `yield from`. It never asks what time it is: whoever drives it writes `now` before it goes on.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from offhook.carriers.calls import Answer, Detected, Ended, Play, Played, Sound, Stop
from offhook.kit.clock import SECOND
from offhook.products.voice.interpreter.effects import (
    CallStatus,
    Diverted,
    Fallback,
    Found,
    Limited,
    News,
    Picked,
    Stopped,
    Wait,
    Where,
)

T = TypeVar("T")
Steps = Generator[Any, Any, T]


class HungUpError(Exception):
    """The far side has hung up, or the call is to end; what a verb still owes its app comes on the way out."""

    def __init__(self, status: CallStatus = "completed") -> None:
        super().__init__(status)
        self.status = status


class DivertedError(Exception):
    """The app wants another document carried out now."""

    def __init__(self, where: Where) -> None:
        super().__init__(str(where))
        self.where = where


class DocumentError(Exception):
    """A document cannot be had, or makes no sense; `code` is Twilio's. The alert has been written."""

    def __init__(self, code: int, message: str, url: str) -> None:
        super().__init__(message)
        self.code = code
        self.url = url


class RejectedError(Exception):
    """The document does not want the call answered."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NewsError(Exception):
    """News came that somebody further out waits for (`Session.waited_for`)."""

    def __init__(self, news: News) -> None:
        super().__init__(str(news))
        self.news = news


Ending = Literal["ended", "left"]  # a document came to its end, or said `<Leave>`


@dataclass
class Session:
    """One leg, while documents say what is done with it. `follow` carries out documents (see `running`)."""

    now: int
    room: str  # where this leg and those called for it meet
    is_inbound: bool
    is_answered: bool
    follow: "Callable[[Session, Where], Steps[Ending]]"
    ends_at: int | None = None  # when its time is over
    answered_at: int = 0
    waited: int = 0  # how long the far side has listened, or was listened to
    fallback: Fallback | None = None
    url: str = ""  # of the document that is carried out, and how it was asked for
    method: str = "POST"
    played: int = 0  # sounds so far
    waited_for: list[tuple[type, ...]] = field(default_factory=list)
    overheard: list[News] | None = None  # where what comes during a sound is noted, if somebody wants it
    aside: bool = False  # what is carried out is something to listen to, not what the call does
    whispers: bool = False  # what is carried out is for whom a <Dial> has reached, before they are brought together
    time_limit: float | None = None  # seconds from the answer on

    def answered(self) -> None:
        """The call has been answered: its time begins."""
        self.is_answered, self.answered_at = True, self.now
        if self.time_limit is not None:
            self.limit(self.time_limit)

    def limit(self, time_limit: float) -> None:
        """From its answer on the call may last so many seconds."""
        self.time_limit = time_limit
        if self.is_answered:
            self.ends_at = self.answered_at + seconds(time_limit)

    def diverted(self, news: Diverted) -> DivertedError:
        """The app wants something else done: where that leads."""
        self.fallback = news.fallback or self.fallback
        return DivertedError(news.where)


def answer(session: Session) -> Steps[None]:
    """Pick up, unless that was done."""
    if not session.is_answered:
        session.answered()
        yield Answer()
        yield Picked()


def wait(session: Session, until: int | None = None) -> Steps[News | None]:
    """The next news, or None at the moment `until`.

    Raises HungUpError, DivertedError, or NewsError for news of a kind that somebody further out waits for.
    """
    while True:
        end, began = session.ends_at, session.now
        is_last = end is not None and (until is None or end <= until)
        news = yield Wait(end if is_last else until)
        session.waited += session.now - began
        if isinstance(news, Detected):  # what is said did not wait for it
            yield Found(news.answered_by, is_late=True)
        elif isinstance(news, Limited):
            session.limit(news.time_limit)
        else:
            break
    if news is None and is_last:
        raise HungUpError
    if isinstance(news, Ended):
        raise HungUpError
    if isinstance(news, Stopped):
        raise HungUpError(news.status)
    if isinstance(news, Diverted):
        raise session.diverted(news)
    if any(isinstance(news, kinds) for kinds in session.waited_for):
        raise NewsError(news)
    return news  # type: ignore[no-any-return]


def play(session: Session, sound: Sound) -> Steps[int]:
    """Begin a sound; returns its number."""
    session.played += 1
    yield Play(session.played, sound)
    return session.played


def play_out(session: Session, sound: Sound) -> Steps[None]:
    """Play a sound to its end; keys and words meanwhile are lost. News for somebody further out stops it."""
    number = yield from play(session, sound)
    try:
        while (news := (yield from wait(session))) != Played(number):
            if session.overheard is not None and news is not None:
                session.overheard.append(news)
    except Exception:
        yield Stop()
        raise


def seconds(number: float) -> int:
    """Microseconds of so many seconds."""
    return round(number * SECOND)
