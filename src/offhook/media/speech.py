"""Engines that speak. They run in a worker, write raw samples, and know Twilio's names of voices by `voices`.

espeak-ng is a program of its own, under the GPL: it is started for each text and asked over its standard input, so that
no line of it is in our process. A text never stands on its command line, and no shell is involved.
"""

import os
import struct
import subprocess
import tempfile
from pathlib import Path
from typing import IO, BinaryIO, Protocol

import numpy as np
import soxr

from offhook.media import ssml, voices
from offhook.media.errors import SoundError
from offhook.media.programs import ESPEAK, speech_engine
from offhook.media.script import LONGEST_TEXT, RATE, SECOND, Words, samples
from offhook.media.shelf import Shelf, key_of

LONGEST = 10 * 60 * SECOND  # of one text
LONGEST_MARKUP = 16_384  # characters of SSML
BLOCK = 32_768  # bytes
HEADER = 44  # bytes of a WAV file before its samples


class Synthesizer(Protocol):
    """Makes sound of words. `identity` changes whenever the same words would sound different."""

    identity: str

    def notices(self, words: Words) -> tuple[str, ...]:
        """What about these words can only be approximated."""
        ...

    def speak(self, words: Words, into: BinaryIO) -> None:
        """Write raw samples at `RATE`. Raises SoundError."""
        ...


class Espeak:
    """espeak-ng, on this machine."""

    def __init__(self, program: str = ESPEAK) -> None:
        """Raises EngineMissingError if it is not installed."""
        self._program, self.identity = speech_engine(program)

    def notices(self, words: Words) -> tuple[str, ...]:
        """What about these words can only be approximated."""
        cut = (
            (f"only the first {LONGEST_TEXT} characters are spoken",)
            if len(_shortened(words)) < len(words.text)
            else ()
        )
        return voices.choose(words.voice, words.language).notices + ssml.rebuild(_shortened(words)).notices + cut

    def speak(self, words: Words, into: BinaryIO) -> None:
        """Write raw samples at `RATE`; it ends after `LONGEST`. Raises SoundError."""
        voice = voices.choose(words.voice, words.language).name
        markup = ssml.rebuild(_shortened(words)).text
        command = [self._program, "--stdin", "--stdout", "-m", "-b", "1", "-v", voice]
        with tempfile.TemporaryFile() as text, tempfile.TemporaryFile() as complaints:
            text.write(markup.encode())
            text.seek(0)
            with subprocess.Popen(  # noqa: S603 - the program that `which` found; the words are on its standard input
                command, stdin=text, stdout=subprocess.PIPE, stderr=complaints, env=_environment()
            ) as process:
                is_whole = process.stdout is not None and _resample(process.stdout, into)
                if not is_whole:
                    process.kill()
            if is_whole and process.returncode:
                raise SoundError(f"{ESPEAK} ended with {process.returncode}: {_last_line(complaints)}")


def spoken(shelf: Shelf, engine: Synthesizer, words: Words) -> Path:
    """The sound of words, from the shelf or made now: a file of raw samples. Raises SoundError."""
    key = key_of("speech", engine.identity, words.voice, words.language, words.text)
    if found := shelf.find(key, "pcm"):
        return found
    with shelf.draft() as draft:
        with draft.open("wb") as file:
            engine.speak(words, file)
        return shelf.keep(draft, key, "pcm")


def _shortened(words: Words) -> str:
    """The text as far as it is spoken. Raises SoundError for SSML that is too long, since it cannot be cut."""
    if not words.text.lstrip().startswith("<"):
        return words.text[:LONGEST_TEXT]
    if len(words.text) > LONGEST_MARKUP:
        raise SoundError(f"the SSML has {len(words.text)} characters, more than {LONGEST_MARKUP}")
    return words.text


def _environment() -> dict[str, str]:
    """What a speech engine needs to know of the machine, and no secrets."""
    kept = ("PATH", "HOME", "TMPDIR", "ESPEAK_DATA_PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
    return {name: os.environ[name] for name in kept if name in os.environ} | {"LC_ALL": "C.UTF-8"}


def _resample(wave: IO[bytes], into: BinaryIO) -> bool:
    """Turn a WAV file that is still being written into raw samples; False if it is longer than `LONGEST`."""
    header = wave.read(HEADER)
    if len(header) < HEADER:
        return True
    stream = soxr.ResampleStream(struct.unpack_from("<I", header, 24)[0], RATE, 1, dtype="int16")
    left = samples(LONGEST)
    while left > 0:
        raw = wave.read(BLOCK)
        is_last = len(raw) < BLOCK
        part = stream.resample_chunk(np.frombuffer(raw[: len(raw) & ~1], "<i2"), last=is_last)[:left]
        into.write(part.astype("<i2").tobytes())
        left -= len(part)
        if is_last:
            return True
    return False


def _last_line(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    lines = complaints.read(4096).decode(errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "it does not say why")
