"""`<Dial>`: somebody else is called, and the two speak with each other.

Who picks up first of several is the one; the others are called off. What the app says to the one called (`url`) comes
before the two are brought together. When they have spoken, or nobody came, the document of the action says how the
caller goes on, and without one the next verb does.
https://www.twilio.com/docs/voice/twiml/dial
"""

from dataclasses import dataclass, field

from offhook.carriers.calls import Digit, Join, Leave
from offhook.products.voice.interpreter import conferencing, queueing, recording
from offhook.products.voice.interpreter.effects import (
    ChildAnswered,
    ChildEnded,
    ChildReady,
    Connect,
    Dial,
    DialStatus,
    HangUpChild,
    Kept,
    Log,
    News,
    Page,
    Parameters,
    Tell,
    Warn,
)
from offhook.products.voice.interpreter.session import HungUpError, Session, Steps, answer, seconds, wait
from offhook.products.voice.interpreter.urls import page
from offhook.protocols.twiml import voice

MOST_AT_ONCE = 10
Target = voice.Number | voice.Client | voice.Sip | voice.ApplicationNoun


@dataclass
class _Dialing:
    """What is known of those who are called."""

    verb: voice.Dial
    ringing: list[str] = field(default_factory=list)
    answered: str = ""
    is_connected: bool = False
    connected_at: int = 0
    status: DialStatus = "no-answer"
    duration: int = 0
    sid: str = ""  # of the call that the status is about
    recording: Kept | None = None


def dial(session: Session, verb: voice.Dial) -> Steps[Page | None]:
    """Dial; returns the action's document, None: the next verb."""
    yield Log("Dial", ", ".join(_shown(noun) for noun in verb.nouns), verb.line)
    if not verb.answer_on_bridge:
        yield from answer(session)
    for noun in verb.nouns:
        if isinstance(noun, voice.Conference):
            return (yield from conferencing.confer(session, verb, noun))
        if isinstance(noun, voice.Queue):
            return (yield from queueing.take(session, verb, noun))
    targets = [noun for noun in verb.nouns if isinstance(noun, Target)]
    if len(targets) > MOST_AT_ONCE:
        yield Warn(13223, f"<Dial> calls {MOST_AT_ONCE} at most at once", verb.line)
    dialing = _Dialing(verb)
    for group in _groups(verb, targets[:MOST_AT_ONCE]):
        yield from _call(session, dialing, group)
        if dialing.is_connected:
            break
    return (yield from _action(session, dialing))


def _groups(verb: voice.Dial, targets: list[Target]) -> list[list[Target]]:
    """Who is called together: all at once, or with `sequential` one after another."""
    if not targets:
        return []
    return [[target] for target in targets] if verb.sequential else [targets]


def _call(session: Session, dialing: _Dialing, targets: list[Target]) -> Steps[None]:
    """Call some at once, until one can be spoken with and that is over, or nobody comes."""
    verb = dialing.verb
    dialing.ringing, dialing.answered = [], ""
    for noun in targets:
        sid: str | None = yield Dial(noun, verb.caller_id or "", verb.record, verb)
        if sid is not None:
            dialing.ringing.append(sid)
        else:
            dialing.status = "failed"
    try:
        yield from _until_over(session, dialing, session.now + seconds(verb.timeout))
    except Exception as end:
        yield from _release(dialing)
        yield from recording.end_on_dial(dialing.recording)
        if isinstance(end, HungUpError):
            yield from _tell_of_hangup(session, dialing)
        raise
    yield from recording.end_on_dial(dialing.recording)


def _until_over(session: Session, dialing: _Dialing, give_up: int) -> Steps[None]:
    verb = dialing.verb
    while dialing.ringing or dialing.answered:
        until = _end_of_talk(dialing) if dialing.is_connected else None if dialing.answered else give_up
        news = yield from wait(session, until)
        if news is None:
            yield from _time_is_over(dialing)
            return
        if dialing.is_connected and verb.hangup_on_star and news == Digit("*"):
            yield HangUpChild(dialing.answered)
        yield from _note(session, dialing, news)


def _note(session: Session, dialing: _Dialing, news: News) -> Steps[None]:
    if isinstance(news, ChildAnswered) and news.sid in dialing.ringing:
        dialing.ringing.remove(news.sid)
        for sid in dialing.ringing:
            yield HangUpChild(sid, "canceled")
        dialing.ringing, dialing.answered = [], news.sid
    elif isinstance(news, ChildReady) and news.sid == dialing.answered and not dialing.is_connected:
        yield from _connect(session, dialing)
    elif isinstance(news, ChildEnded) and news.sid == dialing.answered:
        is_talked = dialing.is_connected
        dialing.status = "completed" if is_talked else "no-answer"
        dialing.duration, dialing.sid, dialing.answered = news.duration, news.sid, ""
        if is_talked:
            yield Leave()
    elif isinstance(news, ChildEnded) and news.sid in dialing.ringing:
        dialing.ringing.remove(news.sid)
        dialing.status, dialing.sid = news.status, news.sid


def _connect(session: Session, dialing: _Dialing) -> Steps[None]:
    verb = dialing.verb
    yield from answer(session)
    dialing.is_connected, dialing.connected_at = True, session.now
    yield Log("Connected", dialing.answered, verb.line)
    yield Join(session.room)
    yield Connect(dialing.answered)
    dialing.recording = yield from recording.begin_on_dial(verb)


def _end_of_talk(dialing: _Dialing) -> int:
    return dialing.connected_at + seconds(dialing.verb.time_limit)


def _time_is_over(dialing: _Dialing) -> Steps[None]:
    """Nobody came in time, or they have spoken long enough."""
    if dialing.is_connected:
        yield HangUpChild(dialing.answered)
        yield Leave()
        dialing.status, dialing.sid, dialing.answered = "completed", dialing.answered, ""
        dialing.duration = round(dialing.verb.time_limit)
        return
    for sid in dialing.ringing:
        yield HangUpChild(sid, "no-answer")
    dialing.status, dialing.sid, dialing.ringing = "no-answer", dialing.ringing[-1], []


def _release(dialing: _Dialing) -> Steps[None]:
    """The caller is gone, or does something else: those who were called are let go."""
    for sid in dialing.ringing:
        yield HangUpChild(sid, "canceled")
    if dialing.answered:
        yield HangUpChild(dialing.answered)
    if dialing.is_connected:
        yield Leave()
    if called := dialing.answered or "".join(dialing.ringing[-1:]):
        dialing.status, dialing.sid = "completed" if dialing.is_connected else "canceled", called
    dialing.ringing, dialing.answered = [], ""


def _action(session: Session, dialing: _Dialing) -> Steps[Page | None]:
    verb = dialing.verb
    return (yield from page(session, verb.action, verb.method, _parameters(dialing), "Dial", verb.line))


def _tell_of_hangup(session: Session, dialing: _Dialing) -> Steps[None]:
    if dialing.is_connected:
        dialing.duration = (session.now - dialing.connected_at) // seconds(1)
    where = yield from _action(session, dialing)
    if where is not None:
        yield Tell(where)


def _parameters(dialing: _Dialing) -> Parameters:
    """What the action is told of the call that was made."""
    told: list[tuple[str, str]] = [("DialCallStatus", dialing.status)]
    if dialing.sid:
        told.append(("DialCallSid", dialing.sid))
    if dialing.is_connected:
        told.append(("DialCallDuration", str(dialing.duration)))
    told.append(("DialBridged", "true" if dialing.is_connected else "false"))
    return (*told, *recording.parameters_on_dial(dialing.recording))


def _shown(noun: object) -> str:
    for name in ("number", "identity", "uri", "name", "sid"):
        if hasattr(noun, name):
            return str(getattr(noun, name))
    return type(noun).__name__
