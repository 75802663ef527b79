"""`<Gather>`: keys and words from the far side, while prompts are played.

The first key or word ends the prompts. Keys are taken until `numDigits` of them have come, until the key that ends
the input, or until `timeout` seconds have passed since the last one; words until the far side has spoken. Which of
the two comes first decides what is waited for.
https://www.twilio.com/docs/voice/twiml/gather
"""

from dataclasses import dataclass

from offhook.carriers.calls import Digit, Ignore, Listen, SpeechEnded, SpeechStarted
from offhook.products.voice.interpreter import prompting
from offhook.products.voice.interpreter.effects import Discard, Log, News, Page, Parameters, Tell
from offhook.products.voice.interpreter.session import NewsError, Session, Steps, answer, seconds, wait
from offhook.products.voice.interpreter.urls import action, page
from offhook.protocols.twiml import voice

LONGEST_SPEECH = 60  # seconds


@dataclass
class _Input:
    """What has come so far."""

    digits: str = ""
    finished_on: str = ""
    speech: SpeechEnded | None = None
    is_done: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.digits and not self.finished_on and self.speech is None


def gather(session: Session, verb: voice.Gather) -> Steps[Page | None]:
    """Gather, and go on with the action's document; None: with the next verb, because nothing came."""
    yield from answer(session)
    yield Log("Gather", " ".join(sorted(verb.input)), verb.line)
    yield Discard()
    if "speech" in verb.input:
        yield Listen(verb.language, verb.hints)
    found = yield from _take(session, verb, (yield from _prompt(session, verb)))
    if "speech" in verb.input:
        yield Ignore()
    if found.is_empty and not verb.action_on_empty_result:
        return None
    yield Log("Gathered", found.digits or (found.speech.text or "" if found.speech else ""), verb.line)
    return (yield from action(session, verb.action, verb.method, _parameters(verb, found), "Gather", verb.line))


def digits(session: Session, verb: voice.Gather) -> Steps[str]:
    """The keys that are pressed, without a document to go on with."""
    yield Discard()
    found = yield from _take(session, verb, (yield from _prompt(session, verb)))
    return found.digits


def _prompt(session: Session, verb: voice.Gather) -> Steps[list[News]]:
    """Play the prompts; returns the input that came meanwhile. The first of it ends them, unless `bargeIn` is false."""
    kinds = _kinds(verb)
    overheard: list[News] = []
    session.waited_for.append(kinds if verb.barge_in else ())
    session.overheard = overheard
    try:
        yield from prompting.prompts(session, verb.prompts)
    except NewsError as interruption:
        if not isinstance(interruption.news, kinds):
            raise
        overheard.append(interruption.news)
    finally:
        session.waited_for.pop()
        session.overheard = None
    return overheard


def _kinds(verb: voice.Gather) -> tuple[type, ...]:
    """The news that are input."""
    keys: tuple[type, ...] = (Digit,) if "dtmf" in verb.input else ()
    words: tuple[type, ...] = (SpeechStarted, SpeechEnded) if "speech" in verb.input else ()
    return keys + words


def _take(session: Session, verb: voice.Gather, overheard: list[News]) -> Steps[_Input]:
    """Take input until it is complete or nothing comes any more; some was `overheard` already."""
    found, until = _Input(), session.now + seconds(verb.timeout)
    for news in overheard:
        until = yield from _note(session, verb, found, news, until)
    while not found.is_done:
        coming = yield from wait(session, until)
        if coming is None:
            break
        until = yield from _note(session, verb, found, coming, until)
    return found


def _note(session: Session, verb: voice.Gather, found: _Input, news: News, until: int) -> Steps[int]:
    """Note input; returns until when more is waited for, which is as before for what is none."""
    patience: float
    if not isinstance(news, _kinds(verb)):
        return until
    if isinstance(news, Digit):
        _note_key(verb, found, news.digit)
        patience = verb.timeout
    elif isinstance(news, SpeechStarted):
        patience = _longest_speech(verb)
    else:
        patience = yield from _note_words(session, verb, found, news)
    return session.now + seconds(patience)


def _note_key(verb: voice.Gather, found: _Input, key: str) -> None:
    if key == verb.finish_on_key:
        found.finished_on, found.is_done = key, True
        return
    found.digits += key
    found.is_done = verb.num_digits is not None and len(found.digits) >= verb.num_digits


def _note_words(session: Session, verb: voice.Gather, found: _Input, news: News) -> Steps[float]:
    """Note words; returns how many seconds more of them are waited for. `speechTimeout` lets one pause in between."""
    if not isinstance(news, SpeechEnded) or not news.text or found.digits or found.is_done:
        return verb.timeout
    yield from _tell_partial(session, verb, news)
    found.speech = news if found.speech is None else SpeechEnded(f"{found.speech.text} {news.text}", news.confidence)
    if isinstance(verb.speech_timeout, int):
        return verb.speech_timeout
    found.is_done = True
    return 0


def _tell_partial(session: Session, verb: voice.Gather, news: SpeechEnded) -> Steps[None]:
    if verb.partial_callback:
        told: Parameters = (("UnstableSpeechResult", news.text or ""), ("SequenceNumber", "0"))
        where = yield from page(session, verb.partial_callback, verb.partial_method, told, "Gather", verb.line)
        if where is not None:
            yield Tell(where)


def _longest_speech(verb: voice.Gather) -> float:
    return verb.max_speech_time or LONGEST_SPEECH


def _parameters(verb: voice.Gather, found: _Input) -> Parameters:
    """What the action is told: keys, or words and how sure the recogniser is of them."""
    if found.speech is not None:
        return (
            ("SpeechResult", found.speech.text or ""),
            ("Confidence", f"{found.speech.confidence:.8g}"),
            ("Language", verb.language),
        )
    finished = (("FinishedOnKey", found.finished_on),) if found.finished_on or "dtmf" in verb.input else ()
    return (("Digits", found.digits), *finished)
