"""What the process that serves says to its workers, and what they answer: frames of JSON on a pipe.

A frame is four bytes of length, big-endian, and one of these.
"""

import struct
from typing import Literal

import msgspec

from offhook.media.script import Format, Script, Words

LENGTH = struct.Struct(">I")


class Setup(msgspec.Struct, frozen=True, tag=True):
    """The first frame: where sounds are kept, and the setting `speech_recognizer`."""

    folder: str
    most_bytes: int
    recognizer: str | None


class Speak(msgspec.Struct, frozen=True, tag=True):
    """Speak these words."""

    words: Words


class Decode(msgspec.Struct, frozen=True, tag=True):
    """Decode a file of the blob store."""

    path: str
    digest: str
    content_type: str


class Render(msgspec.Struct, frozen=True, tag=True):
    """Make a recording of a script; `files` has the path of each digest."""

    script: Script
    format: Format
    channels: int
    files: dict[str, str]


class Recognize(msgspec.Struct, frozen=True, tag=True):
    """Understand what was said."""

    pcm: bytes
    language: str
    hints: str


class Made(msgspec.Struct, frozen=True, tag=True):
    """A sound is on the shelf."""

    path: str
    duration: int
    notices: tuple[str, ...] = ()


class Heard(msgspec.Struct, frozen=True, tag=True):
    """What was understood, empty if nothing was, and how sure that is, from 0 to 1."""

    text: str
    confidence: float = 0.0


class Failed(msgspec.Struct, frozen=True, tag=True):
    """It could not be done. `bug` is none of the user's making."""

    kind: Literal["missing", "unplayable", "sound", "bug"]
    text: str


Job = Speak | Decode | Render | Recognize
Answer = Made | Heard | Failed
_jobs: msgspec.json.Decoder[Setup | Job] = msgspec.json.Decoder(Setup | Job)
_answers: msgspec.json.Decoder[Answer] = msgspec.json.Decoder(Answer)


def frame(content: Setup | Job | Answer) -> bytes:
    """One frame."""
    raw = msgspec.json.encode(content)
    return LENGTH.pack(len(raw)) + raw


def read_job(raw: bytes) -> Setup | Job:
    """What a frame asks for."""
    return _jobs.decode(raw)


def read_answer(raw: bytes) -> Answer:
    """What a frame answers."""
    return _answers.decode(raw)
