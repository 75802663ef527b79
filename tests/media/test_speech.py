"""espeak-ng speaks, and nothing that is said can make it do anything else."""

import io
import subprocess
from pathlib import Path

import numpy as np
import pytest

from offhook.media import speech
from offhook.media.errors import EngineMissingError, SoundError
from offhook.media.script import LONGEST_TEXT, Words
from offhook.media.shelf import Shelf
from offhook.media.speech import Espeak, spoken
from tests.media.tones import RATE, level


def say(text: str, voice: str = "", language: str = "") -> np.ndarray:
    sound = io.BytesIO()
    Espeak().speak(Words(text, voice, language), sound)
    return np.frombuffer(sound.getvalue(), "<i2")


def test_words_become_sound():
    heard = say("Hello, this is a test.")
    assert RATE < len(heard) < 4 * RATE
    assert level(heard) > 500


def test_voices_and_languages_sound_different():
    ways = [("man", ""), ("woman", ""), ("person", ""), ("Polly.Matthew", ""), ("man", "fr-FR"), ("man", "en-GB")]
    assert len({say("Hello there", *way).tobytes() for way in ways}) == len(ways)


def test_a_pause_in_ssml_is_heard():
    assert len(say('<speak>one <break time="3s"/> two</speak>')) - len(say("one two")) == pytest.approx(
        3 * RATE, rel=0.1
    )


def test_digits_in_ssml_are_read_one_by_one():
    one_by_one = say('<speak><say-as interpret-as="telephone">1999</say-as></speak>')
    assert abs(len(one_by_one) - len(say("1 9 9 9"))) < abs(len(one_by_one) - len(say("1999")))


def test_pauses_without_end_come_to_an_end(monkeypatch):
    monkeypatch.setattr(speech, "LONGEST", 30_000_000)
    pauses = 'and <break time="10s"/> ' * 300
    assert len(say(f"<speak>{pauses}</speak>")) == 30 * RATE


def test_a_text_that_is_too_long_is_cut_and_that_is_told():
    words = Words("a" * (LONGEST_TEXT + 1))
    assert Espeak().notices(words) == ("only the first 4096 characters are spoken",)
    with pytest.raises(SoundError, match="more than 16384"):
        say(f"<speak>{'a' * 20_000}</speak>")


def test_no_file_is_opened_and_no_program_started_for_a_document(tmp_path):
    wave, trap = tmp_path / "secret.wav", tmp_path / "bin" / "sox"
    wave.write_text("secret")
    trap.parent.mkdir()
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/called\n")
    trap.chmod(0o755)
    document = f'<speak>a<audio src="{wave}"/></speak>'
    environment = {"PATH": f"{trap.parent}:/usr/bin:/bin"}
    command = ["espeak-ng", "--stdin", "--stdout", "-m"]
    subprocess.run(command, input=document.encode(), capture_output=True, env=environment, check=True)
    assert (tmp_path / "called").exists()  # what espeak-ng does with the document as it is
    (tmp_path / "called").unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", environment["PATH"])
        say(document)
    assert not (tmp_path / "called").exists()


def test_the_engine_is_told_no_secrets_and_no_words_on_its_command_line(tmp_path, monkeypatch):
    monkeypatch.setenv("OFFHOOK_AUTH_TOKEN", "s" * 32)
    program = tmp_path / "espeak-ng"
    program.write_text(
        f'#!/bin/sh\n[ "$1" = --version ] && exec echo spy\n(env; echo "$@"; echo STDIN; cat) > {tmp_path}/seen\n'
    )
    program.chmod(0o755)
    Espeak(str(program)).speak(Words("my words; `touch x`"), io.BytesIO())
    before, _, after = (tmp_path / "seen").read_text().partition("STDIN")
    assert "s" * 32 not in before
    assert "words" not in before
    assert "my words" in after


def test_an_engine_that_fails_is_quoted(tmp_path):
    program = tmp_path / "espeak-ng"
    program.write_text("#!/bin/sh\necho the voice is gone >&2\nexit 3\n")
    program.chmod(0o755)
    with pytest.raises(SoundError, match="ended with 3: the voice is gone"):
        Espeak(str(program)).speak(Words("x"), io.BytesIO())


def test_without_the_program_it_is_said_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineMissingError, match="apt-get install espeak-ng"):
        Espeak()


class Counting:
    """An engine that counts."""

    identity = "counting"

    def __init__(self) -> None:
        self.count = 0

    def notices(self, words: Words) -> tuple[str, ...]:
        return ()

    def speak(self, words: Words, into) -> None:
        self.count += 1
        into.write(words.text.encode())


def test_the_same_words_are_spoken_once(tmp_path: Path):
    shelf, engine = Shelf(tmp_path), Counting()
    first = spoken(shelf, engine, Words("a", "man", "en"))
    assert spoken(shelf, engine, Words("a", "man", "en")) == first
    assert engine.count == 1
    for other in (Words("b", "man", "en"), Words("a", "woman", "en"), Words("a", "man", "fr")):
        spoken(shelf, engine, other)
    assert engine.count == 4
