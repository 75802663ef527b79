"""What a call hears: `<Say>`, `<Play>` and `<Pause>`, by themselves or inside a `<Gather>`.

A loop of 0 goes on until the call ends, but not more often than a thousand times (Twilio's limit).
https://www.twilio.com/docs/voice/twiml/say https://www.twilio.com/docs/voice/twiml/play
"""

from collections.abc import Iterable

from offhook.carriers.calls import Silence, Sound, Speech, Tones
from offhook.products.voice.interpreter.effects import Load, Log
from offhook.products.voice.interpreter.session import Session, Steps, answer, play_out, seconds
from offhook.products.voice.interpreter.urls import absolute
from offhook.protocols.twiml import voice

MOST_LOOPS = 1000
Prompt = voice.Say | voice.Play | voice.Pause


def say(session: Session, verb: voice.Say) -> Steps[None]:
    """Speak."""
    yield from answer(session)
    yield from prompt(session, verb)


def play(session: Session, verb: voice.Play) -> Steps[None]:
    """Play a file, or press keys."""
    yield from answer(session)
    yield from prompt(session, verb)


def pause(session: Session, verb: voice.Pause) -> Steps[None]:
    """Wait. As the first verb of a call that came in it lets it ring meanwhile.

    https://www.twilio.com/docs/voice/twiml/pause
    """
    yield from prompt(session, verb)


def prompt(session: Session, verb: Prompt) -> Steps[None]:
    """Play a prompt as often as it is to be played."""
    yield Log(type(verb).__name__, _shown(verb), verb.line)
    sound = yield from sound_of(session, verb)
    if sound is None:
        return
    for _ in range(loops(verb)):
        yield from play_out(session, sound)


def prompts(session: Session, verbs: Iterable[Prompt]) -> Steps[None]:
    """Play prompts one after another."""
    for verb in verbs:
        yield from prompt(session, verb)


def sound_of(session: Session, verb: Prompt) -> Steps[Sound | None]:
    """What is to be played; None, with an alert, where it cannot be had or there is nothing."""
    if isinstance(verb, voice.Pause):
        return Silence(seconds(verb.length)) if verb.length else None
    if isinstance(verb, voice.Say):
        return _speech(verb)
    if verb.digits:
        return Tones(verb.digits)
    url = yield from absolute(session, verb.url, "Play", verb.line)
    if url is None:
        return None
    return (yield Load(url, is_music=session.aside))  # type: ignore[no-any-return]


def loops(verb: Prompt) -> int:
    """How often a prompt is played."""
    if isinstance(verb, voice.Pause):
        return 1
    return min(verb.loop, MOST_LOOPS) or MOST_LOOPS


def _speech(verb: voice.Say) -> Speech | None:
    return Speech(verb.text, verb.voice, verb.language) if verb.text.strip() else None


def _shown(verb: Prompt) -> str:
    if isinstance(verb, voice.Say):
        return verb.plain
    if isinstance(verb, voice.Pause):
        return f"{verb.length} s"
    return verb.url or verb.digits
