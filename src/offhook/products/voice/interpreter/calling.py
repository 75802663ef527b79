"""Calls that go out: they ring until somebody answers, and then documents are carried out as on any other.

A call that was made for another one (`<Dial>`) says what the app wants said to whom it reached, and then the two are
brought together; it ends with the other unless the app has given it something else to do.
"""

from dataclasses import dataclass

from offhook.carriers.calls import (
    Answered,
    Detected,
    Detection,
    Ended,
    HangUp,
    Join,
    Leave,
    Refusal,
    Refused,
    Ringing,
    Tones,
)
from offhook.kit.clock import SECOND
from offhook.products.voice.interpreter import running
from offhook.products.voice.interpreter.effects import (
    CallStatus,
    ChildAnswered,
    ChildEnded,
    ChildReady,
    ChildRings,
    Connected,
    Diverted,
    Finish,
    Found,
    Limited,
    Picked,
    Rang,
    Report,
    StartRecording,
    Stopped,
    Wait,
    Where,
)
from offhook.products.voice.interpreter.session import (
    DivertedError,
    DocumentError,
    HungUpError,
    Session,
    Steps,
    play_out,
    seconds,
    wait,
)


@dataclass(frozen=True, slots=True)
class Plan:
    """How a call goes out. `timeout` and `time_limit` are in seconds.

    With `detection` it is to be found out who answers, and what is said `waits` for that or does not.
    """

    where: Where | None
    timeout: float = 60
    send_digits: str = ""
    detection: Detection | None = None
    detection_timeout: int = 30 * SECOND
    waits: bool = True
    records: bool = False
    time_limit: float | None = None


def call(session: Session, plan: Plan) -> Steps[None]:
    """Call somebody, and carry out the app's documents."""
    where = plan.where
    try:
        if not (yield from reach(session, plan)):
            return
    except DivertedError as diversion:
        where = diversion.where
    yield from running.run(session, where)


def call_for(session: Session, plan: Plan, sid: str) -> Steps[None]:
    """Call somebody for another call; `sid` is this one's."""
    try:
        if not (yield from reach(session, plan, sid)):
            return
        if plan.where is not None:
            session.whispers = True
            yield from running.follow(session, plan.where)
            session.whispers = False
        yield Report(ChildReady(sid))
        yield from _talk(session)
    except DivertedError as diversion:
        session.whispers = False
        yield Leave()
        yield Report(ChildEnded(sid, "completed", (session.now - session.answered_at) // SECOND))
        yield from running.run(session, diversion.where)
    except HungUpError as end:
        yield HangUp()
        yield Finish(running.ending(session, end))
    except DocumentError:
        yield HangUp()
        yield Finish("completed")


def _talk(session: Session) -> Steps[None]:
    while True:
        news = yield from wait(session)
        if isinstance(news, Connected):
            yield Join(news.room)


def reach(session: Session, plan: Plan, child: str = "") -> Steps[bool]:
    """Let it ring until somebody answers; False, and the call is finished, when nobody does.

    Raises DivertedError when the app wants something else done while keys are pressed or it is found out who answers.
    """
    try:
        refusal = yield from _ring(session, session.now + seconds(plan.timeout), child)
        if refusal is None:
            yield from _begin(session, plan, child)
            return True
        yield Finish(refusal)
    except HungUpError as end:
        yield HangUp()
        yield Finish(_called_off(session, end))
    return False


def _called_off(session: Session, end: HungUpError) -> CallStatus:
    if session.is_answered:
        return running.ending(session, end)
    return "canceled" if end.status == "completed" else end.status


def _ring(session: Session, until: int, child: str) -> Steps[Refusal | None]:
    """Wait for an answer; returns why there is none. What the app wants done instead must wait for it, too."""
    while True:
        try:
            news = yield from wait(session, until)
        except DivertedError:
            continue
        if news is None:
            yield HangUp()
            return "no-answer"
        if isinstance(news, Refused):
            return news.reason
        if isinstance(news, Ringing):
            yield Rang()
            if child:
                yield Report(ChildRings(child))
        elif isinstance(news, Answered):
            return None


def _begin(session: Session, plan: Plan, child: str) -> Steps[None]:
    """Somebody has answered: what comes before the first document."""
    session.time_limit = session.time_limit or plan.time_limit or running.LONGEST_CALL
    session.answered()
    yield Picked()
    if child:
        yield Report(ChildAnswered(child))
    if plan.records:
        yield StartRecording("OutboundAPI")
    if plan.detection is not None and plan.waits:
        yield from _detect(session)
    if plan.send_digits:
        yield from play_out(session, Tones(plan.send_digits))


def _detect(session: Session) -> Steps[None]:
    """Wait until it is known who has answered."""
    while True:
        news = yield Wait()
        if isinstance(news, Detected):
            yield Found(news.answered_by)
            return
        if isinstance(news, Diverted):
            raise session.diverted(news)
        if isinstance(news, Limited):
            session.limit(news.time_limit)
        if isinstance(news, Ended | Stopped):
            raise HungUpError
