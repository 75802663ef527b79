"""`<Enqueue>`, `<Leave>` and `<Dial><Queue>`: callers who wait, and who takes them.

Who waits hears the documents of `waitUrl` again and again, and may leave by `<Leave>`, by hanging up, or because
somebody takes them out. Afterwards the document of the action says how it goes on, or else the next verb does.
https://www.twilio.com/docs/voice/twiml/enqueue https://www.twilio.com/docs/voice/twiml/queue
"""

from offhook.carriers.calls import Digit, Join
from offhook.carriers.calls import Leave as LeaveRoom
from offhook.products.voice.interpreter import waiting
from offhook.products.voice.interpreter.effects import (
    Dequeued,
    DequeuerGone,
    EnterQueue,
    LeaveQueue,
    Log,
    MemberCame,
    MemberGone,
    Page,
    Parameters,
    Place,
    ReleaseMember,
    TakeFromQueue,
    Tell,
)
from offhook.products.voice.interpreter.session import (
    DivertedError,
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


def enqueue(session: Session, verb: voice.Enqueue) -> Steps[Page | None]:
    """Stand in a queue; returns the action's document, None: the next verb."""
    yield from answer(session)
    yield Log("Enqueue", verb.name, verb.line)
    place: Place | None = yield EnterQueue(verb)
    if place is None:
        return (yield from _action(session, verb, "queue-full", None))
    try:
        result = yield from _stand(session, verb, place)
    except HungUpError:
        yield LeaveQueue("hangup")
        where = yield from _action(session, verb, "hangup", place)
        if where is not None:
            yield Tell(where)
        raise
    except DivertedError:
        yield LeaveQueue("redirected")
        where = yield from _action(session, verb, "redirected", place)
        if where is not None:
            yield Tell(where)
        raise
    return (yield from _action(session, verb, result, place))


def _stand(session: Session, verb: voice.Enqueue, place: Place) -> Steps[str]:
    """Wait until somebody takes this call out, or its documents say `<Leave>`; returns Twilio's word for how it was."""
    session.waited_for.append((Dequeued,))
    try:
        left = yield from waiting.listen(session, verb.wait_url, verb.wait_method, place)
    except NewsError as interruption:
        if not isinstance(interruption.news, Dequeued):
            raise
        dequeued = interruption.news
    else:
        yield LeaveQueue(left)
        return left
    finally:
        session.waited_for.pop()
    return (yield from _talk(session, dequeued))


def _talk(session: Session, dequeued: Dequeued) -> Steps[str]:
    session.waited_for.append((DequeuerGone,))
    try:
        if dequeued.where is not None:
            yield from waiting.aside(session, dequeued.where)
        yield Join(dequeued.room)
        while True:
            yield from wait(session)
    except NewsError as interruption:
        if not isinstance(interruption.news, DequeuerGone):
            raise
    finally:
        session.waited_for.pop()
    yield LeaveRoom()
    return "bridged"


def _action(session: Session, verb: voice.Enqueue, result: str, place: Place | None) -> Steps[Page | None]:
    told: Parameters = (("QueueResult", result),)
    if place is not None:
        told += (("QueueSid", place.sid), ("QueueTime", str((session.now - place.since) // seconds(1))))
    return (yield from page(session, verb.action, verb.method, told, "Enqueue", verb.line))


def take(session: Session, verb: voice.Dial, noun: voice.Queue) -> Steps[Page | None]:
    """Speak with the first of a queue, or wait for one; returns the action's document, None: the next verb."""
    yield from answer(session)
    is_there = yield TakeFromQueue(noun)
    status = "failed"
    if is_there:
        status = yield from _speak(session, verb)
    told: Parameters = (("DialCallStatus", status),)
    return (yield from page(session, verb.action, verb.method, told, "Dial", verb.line))


def _speak(session: Session, verb: voice.Dial) -> Steps[str]:
    status, until = "no-answer", session.now + seconds(verb.timeout)
    try:
        while True:
            news = yield from wait(session, until)
            if isinstance(news, MemberCame):
                status, until = "answered", session.now + seconds(verb.time_limit)
                yield Join(news.room)
            elif news is None or isinstance(news, MemberGone) or (verb.hangup_on_star and news == Digit("*")):
                break
    except Exception:
        yield ReleaseMember()
        yield LeaveRoom()
        raise
    yield ReleaseMember()
    yield LeaveRoom()
    return status
