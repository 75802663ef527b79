"""`<Dial><Conference>`: several calls that hear each other.

Who comes before the conference begins hears what `waitUrl` says. The conference itself (who is in it, when it begins
and ends) lives outside; here is what one leg does in it: wait, take part, be held, hear announcements, leave.
https://www.twilio.com/docs/voice/twiml/conference
"""

from dataclasses import dataclass, field

from offhook.carriers.calls import Digit, Join, Leave
from offhook.products.voice.interpreter import waiting
from offhook.products.voice.interpreter.effects import (
    Announced,
    EnterConference,
    HoldMusic,
    LeaveConference,
    Log,
    News,
    Page,
    Parameters,
    Seat,
    SeatChanged,
    SeatLost,
    Tell,
)
from offhook.products.voice.interpreter.session import (
    DocumentError,
    HungUpError,
    NewsError,
    Session,
    Steps,
    answer,
    seconds,
    wait,
)
from offhook.products.voice.interpreter.urls import page
from offhook.protocols.twiml import voice

WANTED = (SeatChanged, SeatLost, HoldMusic, Announced)


@dataclass
class _Stay:
    """One leg's time in a conference."""

    verb: voice.Dial
    noun: voice.Conference
    seat: Seat
    until: int
    hold: Page | None = None
    announcements: list[Page] = field(default_factory=list)
    is_in: bool = False  # is in the room


def confer(session: Session, verb: voice.Dial, noun: voice.Conference) -> Steps[Page | None]:
    """Take part in a conference; returns the action's document, None: the next verb."""
    yield from answer(session)
    yield Log("Conference", noun.name, noun.line)
    seat: Seat | None = yield EnterConference(noun)
    if seat is None:  # it is full
        return (yield from _action(session, verb, "failed", None))
    stay = _Stay(verb, noun, seat, session.now + seconds(verb.time_limit))
    try:
        status = yield from _take_part(session, stay)
    except Exception as end:
        yield Leave()
        yield LeaveConference()
        if isinstance(end, HungUpError):
            where = yield from _action(session, verb, "completed", seat)
            if where is not None:
                yield Tell(where)
        raise
    yield Leave()
    yield LeaveConference()
    return (yield from _action(session, verb, status, seat))


def _take_part(session: Session, stay: _Stay) -> Steps[str]:
    """Be there until the conference ends, this one is put out, leaves by the star key, or the time is over."""
    session.waited_for.append(WANTED)
    try:
        while True:
            try:
                yield from _hear(session, stay)
                return "completed"
            except NewsError as interruption:
                if not isinstance(interruption.news, WANTED):
                    raise
                if isinstance(interruption.news, SeatLost):
                    return "completed"
                _note(stay, interruption.news)
    finally:
        session.waited_for.pop()


def _note(stay: _Stay, news: News) -> None:
    if isinstance(news, SeatChanged):
        stay.seat = news.seat
    elif isinstance(news, HoldMusic):
        stay.hold = news.where
    elif isinstance(news, Announced):
        stay.announcements.append(news.where)


def _sit(stay: _Stay) -> Steps[None]:
    """Be in the room, or out of it, as the seat says."""
    seat = stay.seat
    if seat.is_begun and not seat.is_held:
        stay.is_in = True
        yield Join(seat.sid, muted=seat.is_muted, coached=seat.coached)
    elif stay.is_in:
        stay.is_in = False
        yield Leave()


def _hear(session: Session, stay: _Stay) -> Steps[None]:
    """Hear what there is to hear from one's seat; returns when the far side or the time says it is enough."""
    yield from _sit(stay)
    while stay.announcements:
        yield from _announce(session, stay.announcements.pop(0))
    if not stay.seat.is_begun:
        yield from waiting.listen(session, stay.noun.wait_url, stay.noun.wait_method)
    elif stay.seat.is_held:
        yield from waiting.music(session, stay.hold)
    else:
        yield from _listen(session, stay)


def _listen(session: Session, stay: _Stay) -> Steps[None]:
    while (news := (yield from wait(session, stay.until))) is not None:
        if stay.verb.hangup_on_star and news == Digit("*"):
            return


def _announce(session: Session, where: Page) -> Steps[None]:
    try:
        yield from waiting.aside(session, where)
    except DocumentError:
        return  # the alert has been written


def _action(session: Session, verb: voice.Dial, status: str, seat: Seat | None) -> Steps[Page | None]:
    told: Parameters = (("DialCallStatus", status),)
    if seat is not None:
        told += (("ConferenceSid", seat.sid),)
    return (yield from page(session, verb.action, verb.method, told, "Dial", verb.line))
