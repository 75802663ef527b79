"""Tones of the telephone: the beep, the keys, the ring. Arrays of 16-bit samples at `RATE`.

DTMF frequencies: ITU-T Q.23. The ring is North America's: 440 and 480 Hz, two seconds of six.
"""

import numpy as np
import numpy.typing as npt

from offhook.media.script import KEY_GAP, KEY_TIME, PAUSES, RATE, SECOND, samples

Samples = npt.NDArray[np.int16]
LOUD = 6_000  # of 32,767; the sum of two tones stays below half
FADE = 40  # samples, 5 ms: a tone that begins at once clicks
BEEP = 1_000  # Hz
RING, RING_TIME, RING_CYCLE = (440.0, 480.0), 2 * SECOND, 6 * SECOND

_ROWS, _COLUMNS = (697.0, 770.0, 852.0, 941.0), (1209.0, 1336.0, 1477.0, 1633.0)
KEYS = {
    key: (_ROWS[row], _COLUMNS[column])
    for row, keys in enumerate(("123A", "456B", "789C", "*0#D"))
    for column, key in enumerate(keys)
}


def tone(frequencies: tuple[float, ...], count: int) -> Samples:
    """So many samples of one or more frequencies (Hz) at once, faded in and out."""
    moments = np.arange(count) / RATE
    wave = np.zeros(count)
    for frequency in frequencies:
        wave += np.sin(2 * np.pi * frequency * moments)
    ramp = np.minimum(1.0, (np.minimum(np.arange(count), np.arange(count)[::-1]) + 1) / FADE)
    return (wave * ramp * LOUD).astype(np.int16)


def silence(count: int) -> Samples:
    """So many samples of nothing."""
    return np.zeros(count, np.int16)


def beep(duration: int) -> Samples:
    """The beep after which people speak."""
    return tone((float(BEEP),), samples(duration))


def keys(digits: str) -> Samples:
    """Keys that are pressed one after the other; `w` is half a second of silence, `W` a whole one."""
    parts = [silence(0)]
    for key in digits:
        if key in PAUSES:
            parts.append(silence(samples(PAUSES[key])))
        else:
            pressed = KEYS.get(key.upper())
            parts.append(tone(pressed, samples(KEY_TIME)) if pressed else silence(samples(KEY_TIME)))
            parts.append(silence(samples(KEY_GAP)))
    return np.concatenate(parts)


def ringing() -> Samples:
    """One cycle of the ring, the silence after it included."""
    return np.concatenate([tone(RING, samples(RING_TIME)), silence(samples(RING_CYCLE - RING_TIME))])
