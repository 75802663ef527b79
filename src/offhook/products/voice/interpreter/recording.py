"""`<Record>`: what the far side says after a beep, until a key, silence, the longest time or the end of the call.

Nothing said: the document goes on behind the verb. Otherwise it goes on with the action's document, which is this one
again where no action is given; when the caller has hung up, the action hears of it all the same.
https://www.twilio.com/docs/voice/twiml/record
"""

from offhook.carriers.calls import Beep, Digit, SpeechEnded, SpeechStarted
from offhook.products.voice.interpreter.effects import (
    Discard,
    EndRecording,
    Kept,
    Log,
    Page,
    Parameters,
    StartRecording,
    Tell,
)
from offhook.products.voice.interpreter.session import HungUpError, Session, Steps, answer, play_out, seconds, wait
from offhook.products.voice.interpreter.urls import action
from offhook.protocols.twiml import voice

SHORTEST = 1  # seconds; what is shorter is no recording
HANGUP = "hangup"


def record(session: Session, verb: voice.Record) -> Steps[Page | None]:
    """Record, and go on with the action's document; None: with the next verb, because nothing was said."""
    yield from answer(session)
    yield Log("Record", "", verb.line)
    if verb.play_beep:
        yield from play_out(session, Beep())
    speaks: bool = yield Discard()
    kept: Kept = yield StartRecording("RecordVerb", verb, "inbound")
    try:
        kept.digits, spoke = yield from _listen(session, verb, speaks)
    except Exception as end:
        kept.duration = yield EndRecording(kept.sid)
        if isinstance(end, HungUpError):
            yield from _tell_of_hangup(session, verb, kept)
        raise
    is_empty = not spoke and not kept.digits
    kept.duration = yield EndRecording(kept.sid, is_absent=is_empty)
    if is_empty:
        return None
    return (yield from _action(session, verb, kept))


def _listen(session: Session, verb: voice.Record, speaks: bool) -> Steps[tuple[str, bool]]:
    """Wait for the end; returns the key that ended it ("" for none), and whether anything was said.

    People speak into the end of a beep: then the far side `speaks` already.
    """
    end, silent_since, spoke = session.now + seconds(verb.max_length), session.now, speaks
    while True:
        quiet = end if speaks or not verb.timeout else min(end, silent_since + seconds(verb.timeout))
        news = yield from wait(session, quiet)
        if news is None:
            return "", spoke
        if isinstance(news, SpeechStarted):
            speaks = spoke = True
        elif isinstance(news, SpeechEnded):
            speaks, spoke, silent_since = False, True, session.now
        elif isinstance(news, Digit) and news.digit in verb.finish_on_key:
            return news.digit, spoke


def _action(session: Session, verb: voice.Record, kept: Kept) -> Steps[Page | None]:
    return (yield from action(session, verb.action, verb.method, parameters(kept), "Record", verb.line))


def _tell_of_hangup(session: Session, verb: voice.Record, kept: Kept) -> Steps[None]:
    kept.digits = HANGUP
    where = yield from _action(session, verb, kept)
    if where is not None and kept.duration >= SHORTEST:
        yield Tell(where)


def parameters(kept: Kept) -> Parameters:
    """What an action is told of a recording."""
    return (
        ("RecordingUrl", kept.url),
        ("RecordingSid", kept.sid),
        ("RecordingDuration", str(kept.duration)),
        ("Digits", kept.digits),
    )


def begin_on_dial(verb: voice.Dial) -> Steps[Kept | None]:
    """Record two who speak with each other, if their `<Dial>` wants that."""
    if verb.record in ("", "do-not-record"):
        return None
    channels = 2 if verb.record.endswith("-dual") else 1
    return (yield StartRecording("DialVerb", verb, verb.recording_track, channels))  # type: ignore[no-any-return]


def end_on_dial(kept: Kept | None) -> Steps[None]:
    """They are done."""
    if kept is not None:
        kept.duration = yield EndRecording(kept.sid)


def parameters_on_dial(kept: Kept | None) -> Parameters:
    """What the action of a `<Dial>` is told of the recording."""
    return () if kept is None else (("RecordingUrl", kept.url), ("RecordingSid", kept.sid))
