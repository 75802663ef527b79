"""Listening to samples with other arithmetic than what made them."""

import math
import wave
from pathlib import Path

import numpy as np

RATE = 8_000
DTMF = {
    key: (row, column)
    for row, keys in zip((697, 770, 852, 941), ("123A", "456B", "789C", "*0#D"), strict=True)
    for column, key in zip((1209, 1336, 1477, 1633), keys, strict=True)
}
QUIET = 200  # of 32,767


def goertzel(samples, frequency: float) -> float:
    """The power of one frequency in some samples (Goertzel's algorithm)."""
    coefficient, before, last = 2 * math.cos(2 * math.pi * frequency / RATE), 0.0, 0.0
    for sample in samples:
        before, last = last, float(sample) + coefficient * last - before
    return before * before + last * last - coefficient * before * last


def loudest(samples, frequencies) -> float:
    """Which of some frequencies is the loudest."""
    return max(frequencies, key=lambda frequency: goertzel(samples, frequency))


def pressed(samples, quiet: float = QUIET) -> str:
    """The keys that are heard: a 20 ms window each, told apart by the silence between them."""
    heard, before = "", ""
    for at in range(0, len(samples) - 160, 160):
        window = samples[at : at + 160]
        key = ""
        if level(window) > quiet:
            pair = (loudest(window, (697, 770, 852, 941)), loudest(window, (1209, 1336, 1477, 1633)))
            key = next(name for name, tones in DTMF.items() if tones == pair)
        if key and key != before:
            heard += key
        before = key
    return heard


def level(samples) -> float:
    """How loud samples are: the root of the mean square."""
    return float(np.sqrt(np.mean(np.square(np.asarray(samples, float))))) if len(samples) else 0.0


def read_wav(path: Path):
    """The samples of a WAV file, by the standard library: a column for each channel."""
    with wave.open(str(path)) as file:
        assert (file.getframerate(), file.getsampwidth()) == (RATE, 2)
        raw = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        return raw.reshape(-1, file.getnchannels())


def seconds(samples, start: float, end: float):
    """A part of some samples."""
    return samples[int(start * RATE) : int(end * RATE)]
