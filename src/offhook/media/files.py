"""Sound files that somebody else made: what they are by their first bytes, and their sound, decoded with suspicion.

Runs in a worker only: decoders are C code, and the file comes from a stranger. A header's word is not taken for
anything: the duration is what was really decoded, and it stops at a limit whatever the file promises.

Kinds: those that Twilio plays, https://www.twilio.com/docs/voice/twiml/play#supported-audio-file-types
"""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
import soxr

from offhook.media.errors import UnplayableError
from offhook.media.script import RATE, SECOND, samples
from offhook.media.tones import Samples

LARGEST = 40 * 1024 * 1024  # bytes
LONGEST = 2 * 3600 * SECOND
BLOCK = 65_536  # frames
MOST_CHANNELS = 8
RATES = range(2_000, 192_001)
HEADERLESS = {
    "audio/ulaw": "ulaw",
    "audio/x-ulaw": "ulaw",
    "audio/mulaw": "ulaw",
    "audio/basic": "ulaw",
    "audio/gsm": "gsm",
    "audio/x-gsm": "gsm",
}
SUBTYPES = {"ulaw": "ULAW", "gsm": "GSM610"}
HEAD = 67  # bytes that are looked at
GSM_FRAME, GSM_MAGIC = 33, 0xD  # bytes; the upper half of each frame's first byte
PLAYED = "mp3, wav, aiff, gsm and ulaw are played"


def sniff(head: bytes, content_type: str = "") -> str:
    """What a file is by its first bytes: `wav`, `mp3`, `aiff`; `ulaw` and `gsm`, which have no header, by their type.

    Raises UnplayableError for everything else.
    """
    if head[:4] in (b"RIFF", b"RIFX", b"RF64") and head[8:12] == b"WAVE":
        return "wav"
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return "aiff"
    if head[:3] == b"ID3" or _begins_frame(head):
        return "mp3"
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type in HEADERLESS and head and head.lstrip()[:1] != b"<":
        return "gsm" if _is_gsm(head) else HEADERLESS[media_type]
    raise UnplayableError(f"it is no sound that can be played ({_likeness(head)}); {PLAYED}")


def decode(path: Path, content_type: str, into: Path) -> None:
    """Write the sound of a file as raw samples at `RATE`. Raises UnplayableError."""
    size = path.stat().st_size
    if size > LARGEST:
        raise UnplayableError(f"it has {size} bytes, more than {LARGEST}")
    with path.open("rb") as file:
        kind = sniff(file.read(HEAD), content_type)
    most = samples(LONGEST)
    with into.open("wb") as out, _opened(path, kind) as sound:
        for block in _resampled(sound):
            out.write(block.astype("<i2").tobytes())
            if out.tell() > 2 * most:
                raise UnplayableError(f"it is longer than {LONGEST // SECOND // 3600} hours")
        if out.tell() == 0:
            raise UnplayableError("there is no sound in it")


class _Straight(soundfile.SoundFile):  # type: ignore[misc]  # it has no types
    """A file that is read from beginning to end. Otherwise a seek follows each read, which in a pipe loses samples."""

    def seekable(self) -> bool:
        return False


@contextmanager
def _opened(path: Path, kind: str) -> Iterator[_Straight]:
    """A file as libsndfile reads it. What goes wrong inside is the file's fault."""
    shape: dict[str, Any] = {}
    if kind in SUBTYPES:
        shape = {"format": "RAW", "subtype": SUBTYPES[kind], "samplerate": RATE, "channels": 1}
    source = _poured(path) if kind == "mp3" else nullcontext(path)
    try:
        with source as given, _Straight(given, closefd=False, **shape) as sound:
            if sound.channels > MOST_CHANNELS or sound.samplerate not in RATES:
                raise UnplayableError(f"it has {sound.channels} channels of {sound.samplerate} samples a second")
            yield sound
    except soundfile.LibsndfileError as problem:
        raise UnplayableError(f"it looks like {kind} and cannot be decoded: {problem.error_string}") from problem


@contextmanager
def _poured(path: Path) -> Iterator[int]:
    """A file as the reading end of a pipe.

    Of an MP3 file that it can seek in, libsndfile guesses the length by the first frame and stops there. One of
    variable bitrate without a table of contents would be cut short; from a pipe it is read to its end.
    """
    reading, writing = os.pipe()
    pouring = threading.Thread(target=_pour, args=(path, writing))
    pouring.start()
    try:
        yield reading
    finally:
        os.close(reading)
        pouring.join()


def _pour(path: Path, writing: int) -> None:
    with path.open("rb") as file, suppress(BrokenPipeError), os.fdopen(writing, "wb") as pipe:
        shutil.copyfileobj(file, pipe)


def _resampled(sound: _Straight) -> Iterator[Samples]:
    """The frames as one channel at `RATE`, block by block."""
    stream = None if sound.samplerate == RATE else soxr.ResampleStream(sound.samplerate, RATE, 1, dtype="int16")
    while True:
        frames = sound.read(BLOCK, dtype="int16", always_2d=True)
        mono = frames[:, 0] if sound.channels == 1 else frames.mean(axis=1).astype(np.int16)
        is_last = len(frames) < BLOCK
        yield stream.resample_chunk(mono, last=is_last) if stream else mono
        if is_last:
            return


def _begins_frame(head: bytes) -> bool:
    """Whether an MPEG audio frame of layer III starts here: eleven set bits, and no reserved value in what follows."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    version, layer, bitrate, rate = head[1] >> 3 & 3, head[1] >> 1 & 3, head[2] >> 4, head[2] >> 2 & 3
    return version != 1 and layer == 1 and bitrate not in (0, 15) and rate != 3


def _is_gsm(head: bytes) -> bool:
    return len(head) > GSM_FRAME and all(byte >> 4 == GSM_MAGIC for byte in head[::GSM_FRAME])


def _likeness(head: bytes) -> str:
    start = head.lstrip()[:1]
    if not head:
        return "it is empty"
    if start == b"<":
        return "it begins like a page or a document"
    if start in (b"{", b"["):
        return "it begins like JSON"
    return f"it begins with {head[:4].hex(' ')}"
