"""How long sounds last, and what words there are in SSML."""

import pytest

from offhook.carriers.calls import Beep, File, Silence, Speech, Tones
from offhook.carriers.simulator.hearing import Heard, played, speaking_time, spoken, tones, words
from offhook.kit.clock import SECOND


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("", 0.5), ("Hi", 0.5), ("a" * 15, 1), ("a" * 150, 10), ("<speak>" + "a" * 15 + "<break/></speak>", 1)],
)
def test_speaking_takes_its_time(text, seconds):
    assert speaking_time(text) == seconds * SECOND


@pytest.mark.parametrize(
    ("ssml", "heard"),
    [
        ("a < b", "a < b"),
        ("<speak>Hello, <emphasis>world</emphasis>!</speak>", "Hello, world!"),
        ("<speak>One<break time='1s'/>two &amp; three</speak>", "One two & three"),
        ('<speak><sub alias="World Wide Web">WWW</sub> here</speak>', "World Wide Web here"),
        ("<speak><p>First.</p><p>Second.</p></speak>", "First. Second."),
    ],
)
def test_the_words_of_ssml(ssml, heard):
    assert words(ssml) == heard


@pytest.mark.parametrize(
    ("sound", "heard"),
    [
        (Speech("Hello there, you", "alice", "en-GB"), Heard("say", "Hello there, you", 1_066_666, "alice", "en-GB")),
        (File("http://a/b.wav", "audio/wav", "d1", 7), Heard("play", "http://a/b.wav", 7, digest="d1")),
        (File("http://a/b.wav", "audio/wav", "d1", 7, True), Heard("music", "http://a/b.wav", 7, digest="d1")),
        (Silence(2_500_000), Heard("silence", "2.5", 2_500_000)),
        (Beep(), Heard("beep", "", 500_000)),
        (Tones("1wW#"), Heard("digits", "1wW#", 2_000_000, keys=((0, "1"), (1_750_000, "#")))),
    ],
)
def test_what_is_heard_of_a_sound(sound, heard):
    assert played(sound) == heard


def test_a_person_presses_keys_at_once_and_speaks():
    assert tones("12w3", 0).keys == ((0, "1"), (0, "2"), (500_000, "3"))
    assert spoken("Hi") == Heard("person", "Hi", 500_000)
