"""What is to be heard on a call of the simulated network: sounds as text, and how long each lasts.

Nothing really sounds there. A sound is its kind, its words, keys or URL, and the time that it takes on the product's
clock, so that a timeout runs out where it would with real people and real voices.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from offhook.carriers.calls import Beep, File, Silence, Sound, Speech, Tones
from offhook.kit.clock import SECOND

Kind = Literal["say", "play", "beep", "music", "silence", "digits", "person"]

CHARACTERS = 15  # that a voice speaks in a second
SHORTEST_SPEECH = SECOND // 2
BEEP = SECOND // 2
TONE = SECOND // 4  # of a key that we press; a person's takes no time
PAUSES = {"w": SECOND // 2, "W": SECOND}
_ALIAS = re.compile(r'<sub\b[^>]*\balias="([^"]*)"[^>]*>.*?</sub>', re.DOTALL)
_BREAK = re.compile(r"</?(?:break|p|s|speak)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Heard:
    """Something to be heard, for `duration`. `text` is the words, the keys, the seconds of silence, or a file's URL.

    `keys` are the keys that are pressed in it, each with its moment counted from the begin.
    """

    kind: Kind
    text: str
    duration: int
    voice: str = ""
    language: str = ""
    digest: str = ""
    keys: tuple[tuple[int, str], ...] = ()

    @property
    def is_speech(self) -> bool:
        """Whether somebody, or something, speaks."""
        return self.kind in ("say", "person")


def played(sound: Sound) -> Heard:
    """What is to be heard when this is played to a leg."""
    match sound:
        case Speech(text, voice, language):
            return Heard("say", words(text), speaking_time(text), voice, language)
        case File(url, _, digest, duration, is_music):
            return Heard("music" if is_music else "play", url, duration, digest=digest)
        case Tones(digits):
            return tones(digits, TONE)
        case Silence(duration):
            return Heard("silence", f"{duration / SECOND:g}", duration)
        case Beep():
            return Heard("beep", "", BEEP)


def spoken(text: str) -> Heard:
    """What is to be heard when a person says this."""
    return Heard("person", text, speaking_time(text))


def tones(digits: str, each: int) -> Heard:
    """What is to be heard when these keys are pressed, each for so long; `w` waits half a second, `W` a whole one."""
    keys = tuple(_keys(digits, each))
    last = sum(PAUSES.get(key, each) for key in digits)
    return Heard("digits", digits, last, keys=keys)


def _keys(digits: str, each: int) -> Iterator[tuple[int, str]]:
    at = 0
    for key in digits:
        if key not in PAUSES:
            yield at, key
        at += PAUSES.get(key, each)


def speaking_time(text: str) -> int:
    """How long it takes to say `text` (SSML counts without its tags): an estimate, in microseconds."""
    return max(SHORTEST_SPEECH, len(words(text)) * SECOND // CHARACTERS)


def words(text: str) -> str:
    """The words of a text to be spoken: those of SSML without its tags."""
    if not text.lstrip().startswith("<speak"):
        return text
    text = _TAG.sub("", _BREAK.sub(" ", _ALIAS.sub(r"\1", text)))
    return _SPACE.sub(" ", html.unescape(text)).strip()
