"""Durations without sound."""

import io

import pytest

from offhook.media.script import Words, expected_duration, keys_duration, samples
from offhook.media.speech import Espeak
from offhook.media.tones import keys

SECOND = 1_000_000


@pytest.mark.parametrize(
    "text",
    [
        "Hello. Press 1 for sales, or 2 for support.",
        "Thank you for calling. Please leave a message after the beep.",
        "Your code is 4 8 1 5 1 6.",
        "Please hold while we connect you to the next available agent. Your call is important to us.",
        "An application error has occurred. Goodbye.",
    ],
)
def test_how_long_a_sentence_takes_is_known_about_without_speaking_it(text):
    sound = io.BytesIO()
    Espeak().speak(Words(text), sound)
    took = len(sound.getvalue()) / 16_000 * SECOND
    assert expected_duration(Words(text)) == pytest.approx(took, rel=0.25)


def test_tags_take_no_time():
    assert expected_duration(Words("<speak><p>Hello there</p></speak>")) == expected_duration(Words("Hello there"))
    assert expected_duration(Words(" ")) == 0


@pytest.mark.parametrize("digits", ["1", "123#", "1w2W3", ""])
def test_keys_take_as_long_as_they_sound(digits):
    assert len(keys(digits)) == samples(keys_duration(digits))


def test_a_w_is_half_a_second_and_a_capital_one_a_whole():
    assert keys_duration("wW") == SECOND * 3 // 2
