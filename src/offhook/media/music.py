"""Music to wait with, which belongs to nobody: made here, from a chord progression, the same each time.

Eight bars of soft plucked chords over a bass, 96 beats a minute, twenty seconds; the tails of the last notes sound into
the beginning, so that it can be repeated without a seam.
"""

import numpy as np
import numpy.typing as npt

from offhook.media.script import RATE
from offhook.media.tones import Samples

BEAT = RATE * 60 // 96  # samples
BARS = (  # semitones from A below middle C: the bass, then the chord
    (-12, (3, 7, 10, 14)),
    (-9, (3, 7, 12, 15)),
    (-16, (0, 5, 8, 12)),
    (-14, (2, 5, 10, 14)),
    (-12, (3, 7, 10, 15)),
    (-9, (3, 7, 10, 12)),
    (-16, (0, 3, 8, 12)),
    (-17, (-1, 2, 7, 11)),
)
PATTERN = (0, 2, 1, 3, 2, 1, 3, 2)  # which note of the chord, each half beat
LOUD = 9_000
A3 = 220.0


def hold_music() -> Samples:
    """The whole loop."""
    wave = np.zeros(len(BARS) * 4 * BEAT)
    for bar, (bass, chord) in enumerate(BARS):
        start = bar * 4 * BEAT
        _pluck(wave, start, bass, 1.0)
        _pluck(wave, start + 2 * BEAT, bass, 0.7)
        for half, which in enumerate(PATTERN):
            _pluck(wave, start + half * BEAT // 2, chord[which], 0.55 if half % 2 else 0.7)
    loudest = float(np.abs(wave).max())
    return (wave * (LOUD / loudest)).astype(np.int16)


def _pluck(wave: npt.NDArray[np.float64], start: int, semitones: int, loudness: float) -> None:
    """Add a note: four partials, the higher ones weaker and shorter. Past the end it goes on at the beginning."""
    moments = np.arange(4 * BEAT) / RATE
    frequency = A3 * 2 ** (semitones / 12)
    note = np.zeros(len(moments))
    for partial, strength in ((1, 1.0), (2, 0.4), (3, 0.18), (4, 0.08)):
        note += strength * np.sin(2 * np.pi * frequency * partial * moments) * np.exp(-moments * (1.6 + partial))
    note *= loudness * np.minimum(1.0, moments / 0.008)
    places = (start + np.arange(len(note))) % len(wave)
    wave[places] += note
