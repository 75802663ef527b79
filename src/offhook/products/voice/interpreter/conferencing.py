"""`<Dial><Conference>`: several calls that hear each other.

The conference itself (who is in it, when it begins and ends) lives outside; here is what one leg does in it. Until the
conference begins one hears `waitUrl`, while held music, and otherwise the others. An announcement is heard in between,
wherever one is. Whatever is heard is made of other generators (`_attend` drives them): news of the conference that
change what there is to hear end them, others are taken note of.
https://www.twilio.com/docs/voice/twiml/conference
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from offhook.carriers.calls import Beep, Digit, Join, Leave, Play, SpeechEnded, SpeechStarted
from offhook.products.voice.interpreter import waiting
from offhook.products.voice.interpreter.conference_effects import (
    Announced,
    AnnouncementOver,
    Beeped,
    EnterConference,
    LeaveConference,
    Seat,
    SeatChanged,
    SeatLost,
    Speaks,
)
from offhook.products.voice.interpreter.effects import Log, News, Page, Parameters, Tell, Wait
from offhook.products.voice.interpreter.session import (
    DivertedError,
    DocumentError,
    HungUpError,
    Session,
    Steps,
    answer,
    seconds,
    wait,
)
from offhook.products.voice.interpreter.urls import absolute, page
from offhook.protocols.twiml import voice

ANSWERED = "answered"  # the DialCallStatus of whoever was in a conference


class _LeftError(Exception):
    """One takes part no longer."""


class _MovedError(Exception):
    """There is something else to hear now."""


@dataclass
class _Stay:
    """One leg's time in a conference."""

    verb: voice.Dial
    noun: voice.Conference
    seat: Seat
    until: int
    announcements: list[Announced] = field(default_factory=list)
    joined: Join | None = None  # how one is in the room
    is_announcing: bool = False

    @property
    def place(self) -> tuple[Literal["held", "waiting", "in"], Page | None]:
        """Where one is, and what there is to hear."""
        if self.seat.is_held:
            return "held", self.seat.music
        return ("in", None) if self.seat.is_begun else ("waiting", self.seat.wait)


def confer(session: Session, verb: voice.Dial, noun: voice.Conference) -> Steps[Page | None]:
    """Take part in a conference; returns the action's document, None: the next verb."""
    yield from answer(session)
    yield Log("Conference", noun.name, noun.line)
    callback = yield from _absolute(session, noun, noun.status_callback)
    recording_callback = yield from _absolute(session, noun, noun.recording_status_callback)
    seat: Seat | None = yield EnterConference(noun, callback, recording_callback)
    if seat is None:
        return (yield from _action(session, verb, "failed", None))
    stay = _Stay(verb, noun, seat, session.now + seconds(verb.time_limit))
    try:
        status = yield from _take_part(session, stay)
    except Exception as end:
        yield Leave()
        yield LeaveConference(_how(end))
        if isinstance(end, HungUpError):
            where = yield from _action(session, verb, ANSWERED, seat)
            if where is not None:
                yield Tell(where)
        raise
    yield Leave()
    yield LeaveConference()
    return (yield from _action(session, verb, status, seat))


def _absolute(session: Session, noun: voice.Conference, reference: str | None) -> Steps[str | None]:
    return (yield from absolute(session, reference, "Conference", noun.line)) if reference else None


def _how(end: Exception) -> Literal["hung-up", "diverted", "left"]:
    if isinstance(end, HungUpError):
        return "hung-up"
    return "diverted" if isinstance(end, DivertedError) else "left"


def _take_part(session: Session, stay: _Stay) -> Steps[str]:
    """Be there until the conference ends, this one is put out, leaves by the star key, or the time is over."""
    while True:
        try:
            yield from _sit(stay)
            if stay.announcements:
                yield from _announce(session, stay, stay.announcements.pop(0))
            else:
                yield from _hear(session, stay)
        except _MovedError:
            continue
        except _LeftError:
            return ANSWERED
        except DocumentError:
            return "failed"  # who cannot be told what to wait for does not get in


def _sit(stay: _Stay) -> Steps[None]:
    """Be in the room, or out of it, as the seat says."""
    seat = stay.seat
    wanted = Join(seat.sid, muted=seat.is_muted, coached=seat.coached) if stay.place[0] == "in" else None
    if wanted != stay.joined:
        stay.joined = wanted
        yield Leave() if wanted is None else wanted


def _hear(session: Session, stay: _Stay) -> Steps[None]:
    """Hear what there is to hear from one's place; ends when that is something else. Raises DocumentError."""
    place = stay.place
    where, instead = place
    if where == "in":
        steps = _idle(session)
    elif where == "waiting" and instead is None and stay.noun.wait_url is not None:
        steps = _wait_music(session, stay)
    else:
        steps = _music(session, instead)
    yield from _attend(session, stay, steps, lambda: bool(stay.announcements) or stay.place != place)


def _idle(session: Session) -> Steps[None]:
    while True:
        yield from wait(session)


def _music(session: Session, where: Page | None) -> Steps[None]:
    """Hear a document again and again: None is Twilio's music, an empty URL silence."""
    yield from waiting.listen(session, None if where is None else where.url, "POST" if where is None else where.method)
    yield from _idle(session)


def _wait_music(session: Session, stay: _Stay) -> Steps[None]:
    """Hear what the document wants heard before the conference begins, once; then, or without URL, silence."""
    if stay.noun.wait_url:
        url = yield from absolute(session, stay.noun.wait_url, "Conference", stay.noun.line)
        if url is not None:
            yield from waiting.aside(session, Page(url, stay.noun.wait_method))
    yield from _idle(session)


def _announce(session: Session, stay: _Stay, announced: Announced) -> Steps[None]:
    failure: str | None = None
    stay.is_announcing = True
    try:
        yield from _attend(session, stay, waiting.aside(session, announced.where), lambda: False)
    except DocumentError as problem:
        failure = str(problem)  # the alert has been written
    finally:
        stay.is_announcing = False
    yield AnnouncementOver(announced.number, failure)


def _attend(session: Session, stay: _Stay, steps: Steps[Any], is_moved: Callable[[], bool]) -> Steps[Any]:
    """Carry out `steps`, and take note of what comes from the conference meanwhile.

    Raises what they raise, _LeftError when one takes part no longer, _MovedError as soon as `is_moved`. Both go through
    `steps` first, so that a sound is stopped.
    """
    result: Any = None
    problem: Exception | None = None
    while True:
        try:
            effect = steps.send(result) if problem is None else steps.throw(problem)
        except StopIteration as end:
            return end.value
        result = problem = None
        try:
            result = (yield from _wait(session, stay, effect, is_moved)) if isinstance(effect, Wait) else (yield effect)
        except (DocumentError, _LeftError, _MovedError) as interruption:
            problem = interruption


def _wait(session: Session, stay: _Stay, effect: Wait, is_moved: Callable[[], bool]) -> Steps[News | None]:
    """The next news that are not the conference's. Raises _LeftError, _MovedError."""
    is_last = effect.until is None or stay.until <= effect.until
    while True:
        news: News | None = yield Wait(stay.until if is_last else effect.until)
        if news is None and is_last:
            raise _LeftError
        if isinstance(news, SeatChanged | SeatLost | Announced | Beeped):
            yield from _note(session, stay, news)
            if is_moved():
                raise _MovedError
            continue
        if stay.verb.hangup_on_star and news == Digit("*"):
            raise _LeftError
        if isinstance(news, SpeechStarted | SpeechEnded) and stay.joined is not None and not stay.seat.is_muted:
            yield Speaks(isinstance(news, SpeechStarted))
        return news


def _note(session: Session, stay: _Stay, news: SeatChanged | SeatLost | Announced | Beeped) -> Steps[None]:
    """Take note of news of the conference; what comes from one that was left before is passed over."""
    if (news.seat.sid if isinstance(news, SeatChanged) else news.sid) != stay.seat.sid:
        return
    if isinstance(news, SeatLost):
        raise _LeftError
    if isinstance(news, SeatChanged):
        stay.seat = news.seat
        yield from _sit(stay)
    elif isinstance(news, Announced):
        stay.announcements.append(news)
    elif stay.joined is not None and not stay.is_announcing:
        session.played += 1
        yield Play(session.played, Beep())


def _action(session: Session, verb: voice.Dial, status: str, seat: Seat | None) -> Steps[Page | None]:
    told: Parameters = (("DialCallStatus", status),)
    if seat is not None:
        told += (("ConferenceSid", seat.sid),)
    return (yield from page(session, verb.action, verb.method, told, "Dial", verb.line))
