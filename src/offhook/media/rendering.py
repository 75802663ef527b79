"""A script becomes a recording: each passage laid where it belongs, on a track that lasts exactly as long as it shall.

Runs in a worker. The track is a file in memory's clothes (`memmap`), so an hour takes no more memory than a minute, and
a long silence no more disk. What cannot be had (a file that is gone, an engine that is not installed) is left silent
and told in a notice: the rest of a recording is worth more than none.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt
import soundfile

from offhook.media import files, tones
from offhook.media.errors import EngineMissingError, SoundError
from offhook.media.music import hold_music
from offhook.media.script import (
    LONGEST_SCRIPT,
    LONGEST_TEXT,
    MOST_PASSAGES,
    RATE,
    SECOND,
    Format,
    Passage,
    Script,
    Words,
    samples,
)
from offhook.media.shelf import Shelf, key_of
from offhook.media.speech import Synthesizer, spoken
from offhook.media.tones import Samples
from offhook.media.voices import PERSON

HEADER = 44  # bytes
BLOCK = 10 * RATE  # frames
LOOPED = ("music", "ringing")
ACCEPTED_BEFORE = "audio/basic"  # what a file without a header is, if it could be played once
LONGEST_BEEP = 5 * SECOND
COMPRESSION = {1: 0.5, 2: 0.0}  # of MP3, by channels: at 8 kHz LAME makes 32 kbit/s of the one and 64 of the other
MADE_BY = "1"  # to be raised when the same script would sound different


@dataclass(frozen=True, slots=True)
class Sources:
    """Where sound comes from: the shelf, the blob store's files by digest, and the engine, or why there is none."""

    shelf: Shelf
    files: Mapping[str, Path]
    engine: Synthesizer | str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished file, and what is not as the script says; that is told when it is made, not each time it is found."""

    path: Path
    notices: tuple[str, ...]


def render(script: Script, sources: Sources, format: Format = "wav", channels: int = 1) -> Rendered:
    """Make a WAV (16 bits, `RATE`) or MP3 file of a script: one channel, or two with the inbound track on the first.

    Raises SoundError for a script that is too long.
    """
    if script.duration > LONGEST_SCRIPT or len(script.passages) > MOST_PASSAGES:
        raise SoundError(f"a recording lasts at most {LONGEST_SCRIPT // 3_600_000_000} hours")
    engine = sources.engine if isinstance(sources.engine, str) else sources.engine.identity
    key = key_of("recording", MADE_BY, engine, str(channels), msgspec.json.encode(script))
    notices: dict[str, None] = {}
    path = sources.shelf.find(key, format)
    if path is None:
        path = sources.shelf.find(key, "wav") or _wave(script, sources, channels, key, notices)
        path = path if format == "wav" else _mp3(path, sources.shelf, key)
    return Rendered(path, tuple(notices))


def decoded(shelf: Shelf, path: Path, digest: str, content_type: str = "") -> Path:
    """The raw samples of a file of the blob store, from the shelf or decoded now. Raises UnplayableError."""
    key = key_of("file", digest)
    if found := shelf.find(key, "pcm"):
        return found
    with shelf.draft() as draft:
        files.decode(path, content_type, draft)
        return shelf.keep(draft, key, "pcm")


def _wave(script: Script, sources: Sources, channels: int, key: str, notices: dict[str, None]) -> Path:
    frames = samples(script.duration)
    with sources.shelf.draft() as draft:
        with draft.open("wb") as file:
            file.write(wave_header(frames, channels))
            file.truncate(HEADER + frames * channels * 2)
        if frames:
            track = np.memmap(draft, "<i2", "r+", offset=HEADER, shape=(frames, channels))
            _lay_all(script, track, sources, notices)
            track.flush()
        return sources.shelf.keep(draft, key, "wav")


def wave_header(frames: int, channels: int) -> bytes:
    """The beginning of a WAV file of 16-bit samples at `RATE`."""
    size, width = frames * channels * 2, channels * 2
    riff = struct.pack("<4sI4s", b"RIFF", size + HEADER - 8, b"WAVE")
    shape = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, channels, RATE, RATE * width, width, 16)
    return riff + shape + struct.pack("<4sI", b"data", size)


def _lay_all(script: Script, track: npt.NDArray[np.int16], sources: Sources, notices: dict[str, None]) -> None:
    two = track.shape[1] == 2
    for passage, until in _with_ends(script):
        channel = 1 if two and passage.track == "outbound" else 0
        try:
            sound = _sound(passage, sources, notices)
        except SoundError as problem:
            notices[f"{passage.kind} at {passage.at / 1e6:.1f} s is silent: {problem}"] = None
            continue
        start = samples(passage.at)
        lane = track[max(start, 0) : max(samples(until), 0), channel]
        _lay(lane, sound, max(-start, 0), is_looped=passage.kind in LOOPED)


def _with_ends(script: Script) -> Iterator[tuple[Passage, int]]:
    """Each passage, and until when it may be heard: speech to its end, if nothing on its track comes before."""
    following = {"inbound": script.duration, "outbound": script.duration}
    ends: list[tuple[Passage, int]] = []
    for passage in sorted(script.passages, key=lambda passage: passage.at, reverse=True):
        end = min(max(passage.at + passage.duration, passage.at), script.duration)
        if passage.kind in ("say", "person") and not passage.is_cut:
            end = max(end, following[passage.track])
        ends.append((passage, end))
        following[passage.track] = passage.at
    yield from reversed(ends)


def _lay(lane: npt.NDArray[np.int16], sound: Samples, skipped: int, *, is_looped: bool) -> None:
    """Add a sound, but for its first samples, to a part of a track; as often as it fits if it is repeated."""
    at, length = 0, len(lane) if is_looped else min(len(lane), len(sound) - skipped)
    while at < length and len(sound):
        begin = (skipped + at) % len(sound)
        part = sound[begin : begin + min(BLOCK, length - at)]
        place = lane[at : at + len(part)]
        place[:] = np.clip(place.astype(np.int32) + part, -32_768, 32_767)
        at += len(part)


def _sound(passage: Passage, sources: Sources, notices: dict[str, None]) -> Samples:
    """What a passage sounds like. Raises SoundError."""
    match passage.kind:
        case "beep":
            return tones.beep(min(passage.duration, LONGEST_BEEP))
        case "digits":
            return tones.keys(passage.text[:LONGEST_TEXT])
        case "ringing":
            return tones.ringing()
        case "say" | "person":
            return _speech(passage, sources, notices)
        case _:
            return _file(passage, sources) if passage.digest else hold_music()


def _speech(passage: Passage, sources: Sources, notices: dict[str, None]) -> Samples:
    voice = passage.voice or (PERSON if passage.kind == "person" else "")
    words = Words(passage.text, voice, passage.language)
    if isinstance(sources.engine, str):
        raise EngineMissingError(sources.engine)
    notices.update(dict.fromkeys(sources.engine.notices(words)))
    return _mapped(spoken(sources.shelf, sources.engine, words))


def _file(passage: Passage, sources: Sources) -> Samples:
    path = sources.files.get(passage.digest)
    if path is None or not path.exists():
        raise SoundError(f"its file is gone ({passage.text or passage.digest})")
    return _mapped(decoded(sources.shelf, path, passage.digest, ACCEPTED_BEFORE))


def _mapped(path: Path) -> Samples:
    return np.memmap(path, "<i2", "r") if path.stat().st_size else tones.silence(0)


def _mp3(wave: Path, shelf: Shelf, key: str) -> Path:
    with shelf.draft() as draft, soundfile.SoundFile(wave) as source:
        shape = {"samplerate": RATE, "channels": source.channels, "format": "MP3", "subtype": "MPEG_LAYER_III"}
        rate = {"bitrate_mode": "CONSTANT", "compression_level": COMPRESSION[source.channels]}
        with soundfile.SoundFile(draft, "w", **shape, **rate) as target:
            for block in source.blocks(
                BLOCK, dtype="float32"
            ):  # of 16-bit stereo, libsndfile 1.2.2 makes noise (#1106)
                target.write(block)
        return shelf.keep(draft, key, "mp3")
