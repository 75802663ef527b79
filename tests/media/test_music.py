"""The music to wait with."""

import numpy as np

from offhook.media.music import hold_music
from tests.media.tones import RATE, level


def test_the_music_is_the_same_each_time_never_silent_and_never_too_loud():
    music = hold_music()
    assert np.array_equal(music, hold_music())
    assert len(music) == 20 * RATE
    assert np.abs(music.astype(int)).max() <= 9_000
    assert min(level(part) for part in np.split(music, 80)) > 100


def test_the_end_of_the_music_leads_into_its_beginning():
    music = hold_music().astype(int)
    usual = np.abs(np.diff(music)).max()
    assert abs(music[0] - music[-1]) <= usual
