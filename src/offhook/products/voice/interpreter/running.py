"""Carrying out documents, one after another, until the call ends.

Each verb is a generator; one that returns a `Page` leads to the next document, one that returns None to the next verb.
At the end of a document the call is hung up. A document that fails is replaced by the fallback's, once; without one
the caller hears that there was an application error, and the call ends.
"""

from collections.abc import Callable
from typing import Any

from offhook.carriers.calls import HangUp, Reject, Speech
from offhook.products.voice.interpreter import dialing, gathering, prompting, queueing, recording
from offhook.products.voice.interpreter.effects import (
    CallStatus,
    Document,
    Finish,
    Log,
    Page,
    Parameters,
    Read,
    Send,
    Warn,
    Where,
)
from offhook.products.voice.interpreter.session import (
    DivertedError,
    DocumentError,
    Ending,
    HungUpError,
    RejectedError,
    Session,
    Steps,
    answer,
    play_out,
    seconds,
)
from offhook.products.voice.interpreter.urls import absolute, page
from offhook.protocols.twiml import voice

MOST_DOCUMENTS = 100  # one after another, while nobody has listened for a second
LONGEST_CALL = 24 * 60 * 60  # seconds; the longest that Twilio lets a call be
LOOPED = 11215
DIAL_OUT_OF_DIAL = 13201
APPLICATION_ERROR = "We are sorry, an application error has occurred. Goodbye."

Next = Page | Ending | None  # another document, the end of all, the next verb


def run(session: Session, where: Where | None) -> Steps[None]:
    """Carry out documents from `where` on; None: nobody takes the call. Ends with `Finish`."""
    status: CallStatus = "completed"
    if session.ends_at is None:
        session.ends_at = session.now + seconds(LONGEST_CALL)
    while True:
        try:
            yield from _to_the_end(session, where)
            yield HangUp()
        except DivertedError as diversion:
            where = diversion.where
            continue
        except HungUpError as end:
            status = ending(session, end)
            yield HangUp()
        except RejectedError as refusal:
            yield Reject("busy" if refusal.reason == "busy" else "rejected")
            status = "busy" if refusal.reason == "busy" else "no-answer"
        yield Finish(status)
        return


def ending(session: Session, end: HungUpError) -> CallStatus:
    """The status of a call that ended so: one that was answered is completed, whatever was wished for."""
    return "completed" if session.is_answered and end.status != "failed" else end.status


def _to_the_end(session: Session, where: Where | None) -> Steps[None]:
    if where is None:
        raise RejectedError("rejected")
    try:
        yield from follow(session, where)
        yield from answer(session)  # whatever a document says but <Reject>, the call is answered
    except DocumentError as problem:
        yield from _fall_back(session, problem)


def _fall_back(session: Session, problem: DocumentError) -> Steps[None]:
    """A document could not be carried out: ask the fallback, or say that there was an error."""
    fallback = session.fallback
    if fallback is None:
        yield from _apologise(session)
        return
    why: Parameters = (("ErrorCode", str(problem.code)), ("ErrorUrl", problem.url))
    try:
        yield from follow(session, Page(fallback.url, fallback.method, why))
    except DocumentError:
        yield from _apologise(session)


def _apologise(session: Session) -> Steps[None]:
    yield from answer(session)
    yield Log("Error", APPLICATION_ERROR)
    yield from play_out(session, Speech(APPLICATION_ERROR))


def follow(session: Session, where: Where) -> Steps[Ending]:
    """Carry out a document, and those it leads to, until one ends. Raises DocumentError."""
    following: Where = where
    documents, since = 0, session.waited
    while True:
        if session.waited >= since + seconds(1):
            documents, since = 0, session.waited
        documents += 1
        if documents > MOST_DOCUMENTS:
            url = following.url if isinstance(following, Page) else ""
            message = f"{MOST_DOCUMENTS} documents led to one another and none said anything: is it a loop?"
            yield Warn(LOOPED, message, is_error=True)
            raise DocumentError(LOOPED, message, url)
        document: Document = yield Read(following)
        session.url, session.method = document.url, document.method
        ending = yield from _carry_out(session, document)
        if isinstance(ending, str):
            return ending
        following = ending


def _carry_out(session: Session, document: Document) -> Steps[Page | Ending]:
    verbs = document.script.verbs
    if verbs and isinstance(verbs[0], voice.Reject) and not session.is_answered and session.is_inbound:
        raise RejectedError(verbs[0].reason)
    for verb in verbs:
        leads_to = yield from _verbs(session)[type(verb)](session, verb)
        if leads_to is not None:
            return leads_to  # type: ignore[no-any-return]
    return "ended"


def _hangup(session: Session, verb: voice.Hangup) -> Steps[Next]:
    yield from answer(session)
    yield Log("Hangup", "", verb.line)
    raise HungUpError


def _reject(session: Session, verb: voice.Reject) -> Steps[Next]:
    """Behind other verbs, or on a call of our own, it ends the call."""
    yield Log("Reject", verb.reason, verb.line)
    if session.is_inbound and not session.is_answered:
        raise RejectedError(verb.reason)
    raise HungUpError


def _redirect(session: Session, verb: voice.Redirect) -> Steps[Next]:
    yield Log("Redirect", verb.url, verb.line)
    url = yield from absolute(session, verb.url, "Redirect", verb.line)
    if url is None:
        raise DocumentError(11100, f"<Redirect> leads to {verb.url!r}, which is no URL", session.url)
    return Page(url, verb.method)


def _leave(session: Session, verb: voice.Leave) -> Steps[Next]:
    yield Log("Leave", "", verb.line)
    return "left"


def _sms(session: Session, verb: voice.Sms) -> Steps[Next]:
    yield Log("Sms", verb.body, verb.line)
    callback = None
    if verb.status_callback:
        callback = yield from absolute(session, verb.status_callback, "Sms", verb.line)
    sid: str | None = yield Send(verb, callback)
    told: Parameters = (("SmsSid", sid or ""), ("SmsStatus", "sent" if sid else "invalid"))
    return (yield from page(session, verb.action, verb.method, told, "Sms", verb.line))


def _unsupported(session: Session, verb: voice.Unsupported) -> Steps[Next]:
    yield Warn(12200, f"<{verb.name}> is not supported yet: it was passed over", verb.line)
    return None


def _misplaced(session: Session, verb: Any) -> Steps[Next]:
    yield Warn(12200, f"<{type(verb).__name__}> cannot be used while somebody waits: it was passed over", verb.line)
    return None


def _dial_out_of_dial(session: Session, verb: voice.Dial) -> Steps[Next]:
    message = "<Dial> cannot be used for whom a <Dial> has called: it was passed over"
    yield Warn(DIAL_OUT_OF_DIAL, message, verb.line, is_error=True)
    return None


VERBS: dict[type, Callable[[Session, Any], Steps[Any]]] = {
    voice.Say: prompting.say,
    voice.Play: prompting.play,
    voice.Pause: prompting.pause,
    voice.Gather: gathering.gather,
    voice.Record: recording.record,
    voice.Dial: dialing.dial,
    voice.Enqueue: queueing.enqueue,
    voice.Leave: _leave,
    voice.Redirect: _redirect,
    voice.Hangup: _hangup,
    voice.Reject: _reject,
    voice.Sms: _sms,
    voice.Unsupported: _unsupported,
}
NOT_ASIDE = {voice.Record: _misplaced, voice.Dial: _misplaced, voice.Enqueue: _misplaced, voice.Reject: _misplaced}
ASIDE = {**VERBS, **NOT_ASIDE}
WHISPERED = {**VERBS, voice.Dial: _dial_out_of_dial}


def _verbs(session: Session) -> dict[type, Callable[[Session, Any], Steps[Any]]]:
    if session.aside:
        return ASIDE
    return WHISPERED if session.whispers else VERBS
