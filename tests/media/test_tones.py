"""Tones, heard by Goertzel's algorithm."""

import pytest

from offhook.media.tones import beep, keys, ringing
from tests.media.tones import DTMF, RATE, goertzel, level, loudest, pressed, seconds


@pytest.mark.parametrize("key", sorted(DTMF))
def test_each_key_is_its_two_frequencies(key):
    assert pressed(keys(key)) == key


def test_keys_are_told_apart_and_pauses_are_silent():
    assert pressed(keys("1123w#*0")) == "1123#*0"
    assert level(keys("W")) == 0
    assert len(keys("W")) == RATE


def test_letters_that_are_no_keys_are_silent():
    assert level(keys("x")) == 0


def test_the_beep_is_one_kilohertz():
    heard = beep(500_000)
    assert len(heard) == RATE // 2
    assert loudest(heard, range(300, 3_400, 50)) == 1_000


def test_the_ring_is_two_tones_for_two_seconds_of_six():
    heard = ringing()
    assert len(heard) == 6 * RATE
    both = goertzel(seconds(heard, 0.5, 1.5), 440), goertzel(seconds(heard, 0.5, 1.5), 480)
    assert min(both) > 100 * goertzel(seconds(heard, 0.5, 1.5), 900)
    assert level(seconds(heard, 2, 6)) == 0
