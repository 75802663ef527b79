"""What is to be heard, as plain values: words, and a script of passages that becomes a recording.

All sound here is mono PCM of 16 bits, little-endian, at `RATE`. Moments and durations are microseconds.
"""

import re
from dataclasses import dataclass
from typing import Literal

RATE = 8_000  # samples a second, the telephone's
SECOND = 1_000_000
LONGEST_TEXT = 4_096  # characters of one piece of speech; Twilio's limit for <Say>
LONGEST_SCRIPT = 24 * 3600 * SECOND  # Twilio records no longer than that
MOST_PASSAGES = 50_000  # in one script

KEY_TIME, KEY_GAP = 150_000, 100_000
PAUSES = {"w": SECOND // 2, "W": SECOND}  # among keys: half a second, a whole one
SHORTEST_SPEECH = 600_000
BREATH, STOP = 350_000, 400_000  # once; at each stop before the end
PER_LETTER = 46_000
PER_LETTER_OF = {
    "cmn": 330_000,
    "yue": 330_000,
    "zh": 330_000,
    "ja": 400_000,
    "ko": 150_000,
    "ar": 95_000,
    "he": 95_000,
}
PER_DIGIT, PER_DIGIT_OF_NUMBER = 200_000, 450_000  # more than a letter

Track = Literal["inbound", "outbound"]
Kind = Literal["say", "person", "play", "music", "beep", "digits", "ringing"]
Format = Literal["wav", "mp3"]


@dataclass(frozen=True, slots=True)
class Words:
    """Words to be spoken: plain text, or SSML in `<speak>`. `voice` and `language` are Twilio's names.

    The voice `person` is one that no app has: of the people on the other end.
    """

    text: str
    voice: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a script: what is to be heard from `at` on. `text` is the words, or the keys.

    What began before the recording has a negative `at`, and is heard from where it had come to.

    Speech that takes longer than `duration` is heard to its end, if nothing else begins on its track before; with
    `is_cut` it breaks off. `play` and `music` are the file of the blob store under `digest`, and `music` without one is
    ours; it is repeated until `duration` is over, as `ringing` is.
    """

    at: int
    duration: int
    track: Track
    kind: Kind
    text: str = ""
    voice: str = ""
    language: str = ""
    digest: str = ""
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    """A recording that is still to be made; silence where there is no passage. It lasts exactly `duration`."""

    duration: int
    passages: tuple[Passage, ...] = ()


def samples(duration: int) -> int:
    """How many samples a duration has."""
    return duration * RATE // SECOND


def duration_of(count: int) -> int:
    """How long so many samples last."""
    return count * SECOND // RATE


def keys_duration(digits: str) -> int:
    """How long it takes to press some keys; `w` and `W` are pauses."""
    return sum(PAUSES.get(key, KEY_TIME + KEY_GAP) for key in digits)


def expected_duration(words: Words) -> int:
    """About how long words take to be spoken, without speaking them: for whoever cannot wait for the sound.

    Measured with espeak-ng: within a quarter for sentences of plain text.
    """
    text = " ".join(re.sub(r"<[^>]*>", " ", words.text).split())
    if not text:
        return 0
    letters = len(text) * PER_LETTER_OF.get(words.language.lower().partition("-")[0], PER_LETTER)
    stops = len(re.findall(r"[.,;:!?](?=\s)|[。、！？](?=.)", text)) * STOP
    digits = sum(PER_DIGIT if len(run) == 1 else len(run) * PER_DIGIT_OF_NUMBER for run in re.findall(r"\d+", text))
    return max(BREATH + letters + stops + digits, SHORTEST_SPEECH)


HOLD_MUSIC = Script(20 * SECOND, (Passage(0, 20 * SECOND, "outbound", "music"),))  # ours, once through, without a seam
RING_TONE = Script(6 * SECOND, (Passage(0, 6 * SECOND, "outbound", "ringing"),))  # one cycle
