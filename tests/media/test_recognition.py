"""What people say is understood: by pocketsphinx among hints, or by a program of the operator's."""

import io
import sys

import pytest

from offhook.media.errors import EngineMissingError, SoundError
from offhook.media.recognition import Pocketsphinx, Program, answer, phrases, recognizer
from offhook.media.script import Words
from offhook.media.speech import Espeak


def said(text: str, voice: str = "woman") -> bytes:
    sound = io.BytesIO()
    Espeak().speak(Words(text, voice), sound)
    return sound.getvalue()


@pytest.fixture(scope="module")
def pocketsphinx() -> Pocketsphinx:
    return Pocketsphinx()


@pytest.mark.parametrize("phrase", ["check my balance", "pay a bill", "Speak to an agent"])
def test_pocketsphinx_tells_the_hinted_phrases_apart(pocketsphinx, phrase):
    hints = ["check my balance", "pay a bill", "Speak to an agent"]
    heard = pocketsphinx.recognize(said(phrase), "en-US", hints)
    assert heard.text == phrase
    assert 0 < heard.confidence <= 1


def test_what_was_said_before_does_not_matter(pocketsphinx):
    alone = Pocketsphinx().recognize(said("yes"), "en-US", ["yes", "no"])
    pocketsphinx.recognize(said("pay a bill"), "en-US", ["pay a bill", "no"])
    assert pocketsphinx.recognize(said("yes"), "en-US", ["yes", "no"]) == alone


def test_silence_is_nothing(pocketsphinx):
    assert pocketsphinx.recognize(bytes(16_000), "en-US", ["yes", "no"]).text == ""
    assert pocketsphinx.recognize(b"", "en-US", ["yes"]).text == ""


def test_words_that_it_cannot_pronounce_are_no_hints(pocketsphinx):
    assert pocketsphinx.recognize(said("support"), "en-US", ["xqzzt", "support", "sales; | <x>"]).text == "support"


def test_another_language_is_refused(pocketsphinx):
    with pytest.raises(SoundError, match="English only, not fr-FR"):
        pocketsphinx.recognize(said("oui"), "fr-FR", ["oui"])


def test_twilios_hints_are_phrases_with_commas():
    assert phrases(" sales,  customer   support ,,$OOV_CLASS_DIGIT_SEQUENCE, 24/7 ") == [
        "sales",
        "customer support",
        "24/7",
    ]
    assert len(phrases(",".join("a" * 1000))) == 500


def test_a_program_is_given_a_wav_file_the_language_and_the_hints(tmp_path, monkeypatch):
    monkeypatch.setenv("OFFHOOK_AUTH_TOKEN", "s" * 32)
    script = tmp_path / "recognize.py"
    script.write_text(
        "import json, os, sys, wave\n"
        "sound = wave.open(sys.stdin.buffer)\n"
        "told = [os.environ['OFFHOOK_LANGUAGE'], *os.environ['OFFHOOK_HINTS'].splitlines(), *sys.argv[1:]]\n"
        "told += [str(sound.getframerate()), str(sound.getnframes()), str('OFFHOOK_AUTH_TOKEN' in os.environ)]\n"
        "print(json.dumps({'text': ' '.join(told), 'confidence': 0.5}))\n"
    )
    engine = recognizer(f"{sys.executable} {script} '--model x'")
    heard = engine.recognize(bytes(16_000), "en-GB", ["yes", "no thanks"])
    assert heard.text == "en-GB yes no thanks --model x 8000 8000 False"
    assert heard.confidence == 0.5


@pytest.mark.parametrize(
    ("printed", "text", "confidence"),
    [
        ("hello\nworld\n", "hello world", 1.0),
        ("", "", 0.0),
        ('{"text": "hi"}', "hi", 1.0),
        ('{"text": "", "confidence": 1}', "", 0.0),
        ('{"text": "hi", "confidence": 7}', "hi", 1.0),
    ],
)
def test_a_program_answers_with_text_or_json(printed, text, confidence):
    assert (answer(printed).text, answer(printed).confidence) == (text, confidence)


@pytest.mark.parametrize("printed", ["{", '{"words": []}', '{"text": "a", "confidence": "much"}'])
def test_json_without_a_text_is_refused(printed):
    with pytest.raises(SoundError, match="no JSON object with a text"):
        answer(printed)


def test_a_program_that_fails_is_quoted():
    with pytest.raises(SoundError, match="ended with 4: no model"):
        Program(["sh", "-c", "echo no model >&2; exit 4"]).recognize(b"", "en-US", [])


@pytest.mark.parametrize(
    ("setting", "reason"),
    [(None, "no speech_recognizer is set"), ("/nowhere/x y", "there is no program"), ("'", "is no command")],
)
def test_a_recognizer_that_is_not_there_is_told(setting, reason):
    with pytest.raises(EngineMissingError, match=reason):
        recognizer(setting)
