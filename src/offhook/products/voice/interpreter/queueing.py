"""`<Enqueue>`, `<Leave>` and `<Dial><Queue>`: callers who wait, and who takes them.

Who waits hears the documents of `waitUrl` again and again, and may leave by `<Leave>`, by hanging up, or because
somebody takes them out. Afterwards the document of the action says how it goes on, or else the next verb does.
https://www.twilio.com/docs/voice/twiml/enqueue https://www.twilio.com/docs/voice/twiml/queue
"""

from dataclasses import dataclass
from typing import Literal

from offhook.carriers.calls import Digit, Join
from offhook.carriers.calls import Leave as LeaveRoom
from offhook.products.voice.interpreter import recording, waiting
from offhook.products.voice.interpreter.effects import (
    AskQueue,
    Dequeued,
    DequeuerGone,
    DialStatus,
    EnterQueue,
    Kept,
    LeaveQueue,
    Log,
    MemberCame,
    MemberGone,
    Page,
    Parameters,
    Place,
    ReleaseMember,
    Standing,
    TakeFromQueue,
    Tell,
    Warn,
)
from offhook.products.voice.interpreter.session import (
    DivertedError,
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
from offhook.products.voice.queue import LONGEST_NAME
from offhook.protocols.twiml import voice

NOT_SUPPORTED = 12200
NAME_TOO_LONG, DIALED_NAME_TOO_LONG, FULL = 14205, 14213, 14207

Result = Literal[
    "bridged",
    "bridging-in-process",
    "error",
    "hangup",
    "leave",
    "queue-full",
    "redirected",
    "redirected-from-bridged",
    "system-error",
]


@dataclass
class _Stay:
    """A caller's time in a queue, and behind it with whoever took the caller out."""

    verb: voice.Enqueue
    place: Place
    left: int | None = None  # when somebody took this one out
    result: Result = "bridging-in-process"
    is_bridged: bool = False


def enqueue(session: Session, verb: voice.Enqueue) -> Steps[Page | None]:
    """Stand in a queue; returns the action's document, None: the next verb."""
    yield from answer(session)
    yield Log("Enqueue", verb.name, verb.line)
    if (problem := _problem("Enqueue", verb.name, NAME_TOO_LONG, verb.line)) is not None:
        yield problem
        return (yield from _action(session, verb, (("QueueResult", "error"),)))
    place: Place | None = yield EnterQueue(verb)
    if place is None:
        yield Warn(FULL, f"<Enqueue>: the queue {verb.name!r} is full", verb.line)
        return (yield from _action(session, verb, (("QueueResult", "queue-full"),)))
    stay = _Stay(verb, place)
    try:
        yield from _stay(session, stay)
    except (HungUpError, DivertedError) as end:
        yield from _break_off(session, stay, end)
        raise
    yield Log("Dequeued", stay.result, verb.line)
    return (yield from _action(session, verb, _parameters(session, stay)))


def _problem(verb: str, name: str, too_long: int, line: int) -> Warn | None:
    """What is wrong with a queue's name."""
    if not name:
        return Warn(NOT_SUPPORTED, f"<{verb}> of TaskRouter is not supported yet: it was passed over", line)
    if len(name) > LONGEST_NAME:
        return Warn(
            too_long, f"<{verb}>: the queue's name has more than {LONGEST_NAME} characters", line, is_error=True
        )
    return None


def _stay(session: Session, stay: _Stay) -> Steps[None]:
    dequeued = yield from _stand(session, stay)
    stay.left = session.now
    if dequeued is not None:
        yield from _talk(session, stay, dequeued)


def _stand(session: Session, stay: _Stay) -> Steps[Dequeued | None]:
    """Wait until somebody takes this call out; None: it has left by itself."""
    verb = stay.verb
    session.waited_for.append((Dequeued,))
    try:
        yield from waiting.rounds(session, verb.wait_url, verb.wait_method, lambda: _told(session, stay))
        stay.result = "leave"
    except DocumentError:  # the alert has been written
        stay.result = "error"
    except NewsError as interruption:
        if isinstance(interruption.news, Dequeued):
            return interruption.news
        raise
    finally:
        session.waited_for.pop()
    return None if (yield LeaveQueue(unless_taken=True)) else (yield from _expect(session))


def _expect(session: Session) -> Steps[Dequeued]:
    """This call was about to leave when somebody took it out, and is told so now."""
    while True:
        news = yield from wait(session)
        if isinstance(news, Dequeued):
            return news


def _talk(session: Session, stay: _Stay, dequeued: Dequeued) -> Steps[None]:
    """Hear what is said before, and speak with whoever took this call out until they are done."""
    stay.result = "bridging-in-process"
    session.waited_for.append((DequeuerGone,))
    try:
        if dequeued.where is not None:
            yield from _whisper(session, dequeued.where)
        stay.result, stay.is_bridged = "bridged", True
        yield Log("Connected", dequeued.by, stay.verb.line)
        yield Join(dequeued.room)
        while True:
            yield from wait(session)
    except NewsError as interruption:
        if not isinstance(interruption.news, DequeuerGone):
            raise
    finally:
        session.waited_for.pop()
    yield LeaveRoom()
    yield LeaveQueue()


def _whisper(session: Session, where: Page) -> Steps[None]:
    try:
        yield from waiting.aside(session, where)
    except DocumentError:
        return  # the alert has been written


def _break_off(session: Session, stay: _Stay, end: HungUpError | DivertedError) -> Steps[None]:
    """The caller is gone, or the app wants something else done: it is told so, and nobody asks what then."""
    if isinstance(end, DivertedError):
        stay.result = "redirected-from-bridged" if stay.is_bridged else "redirected"
        yield LeaveRoom()
    else:
        stay.result = "bridged" if stay.is_bridged else "hangup"
    yield LeaveQueue()
    yield Log("Dequeued", stay.result, stay.verb.line)
    where = yield from _action(session, stay.verb, _parameters(session, stay))
    if where is not None:
        yield Tell(where)


def _told(session: Session, stay: _Stay) -> Steps[Parameters]:
    """What a `waitUrl` is told."""
    standing: Standing | None = yield AskQueue()
    told: Parameters = (("QueueSid", stay.place.sid), ("QueueTime", _waited(session, stay)))
    if standing is None:
        return told
    return (
        *told,
        ("QueuePosition", str(standing.position)),
        ("CurrentQueueSize", str(standing.size)),
        ("MaxQueueSize", str(standing.most)),
        ("AvgQueueTime", str(standing.average)),
    )


def _parameters(session: Session, stay: _Stay) -> Parameters:
    """What the action is told."""
    return (("QueueResult", stay.result), ("QueueSid", stay.place.sid), ("QueueTime", _waited(session, stay)))


def _waited(session: Session, stay: _Stay) -> str:
    """For how many seconds this call has been in the queue, or was."""
    until = session.now if stay.left is None else stay.left
    return str((until - stay.place.since) // seconds(1))


def _action(session: Session, verb: voice.Enqueue, told: Parameters) -> Steps[Page | None]:
    return (yield from page(session, verb.action, verb.method, told, "Enqueue", verb.line))


@dataclass
class _Turn:
    """One who takes callers from a queue, and the caller who came."""

    verb: voice.Dial
    status: DialStatus = "no-answer"
    sid: str = ""
    since: int = 0  # when the caller came
    recording: Kept | None = None


def take(session: Session, verb: voice.Dial, noun: voice.Queue) -> Steps[Page | None]:
    """Speak with the first of a queue, or wait for one; returns the action's document, None: the next verb."""
    yield from answer(session)
    turn = _Turn(verb)
    if not (yield from _begin(session, noun)):
        turn.status = "failed"
        return (yield from _action_of_dial(session, turn))
    try:
        yield from _speak(session, turn)
    except Exception as end:
        yield from _release(turn)
        if isinstance(end, HungUpError):
            where = yield from _action_of_dial(session, turn)
            if where is not None:
                yield Tell(where)
        raise
    yield from _release(turn)
    return (yield from _action_of_dial(session, turn))


def _begin(session: Session, noun: voice.Queue) -> Steps[bool]:
    """Ask for the first of the queue; False when there is no such queue."""
    if (problem := _problem("Queue", noun.name, DIALED_NAME_TOO_LONG, noun.line)) is not None:
        yield problem
        return False
    where = yield from page(session, noun.url, noun.method, (), "Queue", noun.line)
    is_there: bool = yield TakeFromQueue(noun, where)
    return is_there


def _speak(session: Session, turn: _Turn) -> Steps[None]:
    verb = turn.verb
    until = session.now + seconds(verb.timeout)
    while (news := (yield from wait(session, until))) is not None:
        if isinstance(news, MemberCame) and not turn.sid:
            turn.status, turn.sid, turn.since = "answered", news.sid, session.now
            until = session.now + seconds(verb.time_limit)
            yield Log("Connected", news.sid, verb.line)
            yield Join(news.room)
            turn.recording = yield from recording.begin_on_dial(verb)
        elif isinstance(news, MemberGone) or (verb.hangup_on_star and news == Digit("*")):
            return


def _release(turn: _Turn) -> Steps[None]:
    yield ReleaseMember()
    yield LeaveRoom()
    yield from recording.end_on_dial(turn.recording)


def _action_of_dial(session: Session, turn: _Turn) -> Steps[Page | None]:
    told: Parameters = (("DialCallStatus", turn.status),)
    if turn.sid:
        duration = str((session.now - turn.since) // seconds(1))
        told += (("DialCallSid", turn.sid), ("DialCallDuration", duration), ("DialBridged", "true"))
    told += recording.parameters_on_dial(turn.recording)
    return (yield from page(session, turn.verb.action, turn.verb.method, told, "Dial", turn.verb.line))
