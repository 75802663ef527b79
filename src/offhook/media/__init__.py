"""Sound: speech, strangers' files, recordings, tones, recognition. It knows nothing of calls.

Everything is asked of a `Workshop`, which does it in other processes, so that nothing heavy is imported here and
nothing that a file or an engine does can hurt the process that serves.
"""

from offhook.media.errors import EngineMissingError, SoundError, UnplayableError, WorkerError
from offhook.media.jobs import Heard
from offhook.media.programs import INSTALL_ESPEAK, recognizer_command, speech_engine
from offhook.media.script import (
    HOLD_MUSIC,
    RATE,
    RING_TONE,
    Format,
    Passage,
    Script,
    Words,
    expected_duration,
    keys_duration,
)
from offhook.media.workshop import Sound, Workshop

__all__ = [
    "HOLD_MUSIC",
    "INSTALL_ESPEAK",
    "RATE",
    "RING_TONE",
    "EngineMissingError",
    "Format",
    "Heard",
    "Passage",
    "Script",
    "Sound",
    "SoundError",
    "UnplayableError",
    "Words",
    "WorkerError",
    "Workshop",
    "expected_duration",
    "keys_duration",
    "recognizer_command",
    "speech_engine",
]
