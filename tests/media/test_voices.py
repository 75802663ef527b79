"""Twilio's voices and languages become espeak-ng's, and what is only near is told."""

import subprocess

import pytest

from offhook.media import voices
from offhook.media.voices import choose


@pytest.mark.parametrize(
    ("voice", "language", "name"),
    [
        ("", "", "en-us"),
        ("man", "en", "en-us"),
        ("woman", "en-GB", "en-gb+f2"),
        ("alice", "fr-FR", "fr-fr+f3"),
        ("man", "es-MX", "es-419"),
        ("man", "pt-BR", "pt-br"),
        ("man", "zh-HK", "yue"),
        ("man", "nb-NO", "nb"),
    ],
)
def test_what_espeak_speaks_as_asked_has_no_notice(voice, language, name):
    assert choose(voice, language) == voices.Voice(name)


def test_a_voice_of_pollys_brings_its_language_and_its_sex():
    assert choose("Polly.Joanna", "").name.startswith("en-us+f")
    assert choose("Polly.Matthew-Neural", "").name.startswith("en-us+m")
    assert choose("Polly.Vitoria", "").name.startswith("pt-br+f")
    assert choose("Polly.Joanna-Generative", "").name == choose("Polly.Joanna", "en-US").name
    assert choose("Polly.Joanna", "").notices == ("Polly.Joanna is spoken by espeak-ng",)


def test_a_voice_of_googles_brings_its_language():
    assert choose("Google.de-DE-Wavenet-C", "").name.startswith("de+")
    assert choose("Google.en-AU-Standard-A", "").notices == (
        "Google.en-AU-Standard-A is spoken by espeak-ng",
        "en-AU is spoken as en-gb",
    )


def test_the_language_that_is_named_wins():
    assert choose("Polly.Aditi", "hi-IN").name.startswith("hi+f")


def test_voices_and_languages_that_nobody_knows_are_told():
    assert choose("Polly.Nobody", "").notices == ("there is no voice Polly.Nobody; another one of espeak-ng speaks",)
    assert choose("", "tlh-XX") == voices.Voice("en-us", ("espeak-ng does not speak tlh-XX; it is read as en-us",))
    assert choose("", "de-AT") == voices.Voice("de", ("de-AT is spoken as de",))


def test_every_tag_is_one_that_the_program_speaks():
    listed = subprocess.run(["espeak-ng", "--voices"], capture_output=True, text=True, check=True).stdout
    spoken = {line.split()[1] for line in listed.splitlines()[1:]}
    named = voices.KNOWN | set(voices.EXACT.values()) | set(voices.NEAR.values())
    assert named - spoken == set()


def test_every_variant_is_one_that_the_program_has():
    for variant in {*voices.WOMEN, *voices.MEN, *voices.BASIC.values()} - {""}:
        done = subprocess.run(["espeak-ng", "-q", "-v", f"en-us+{variant}", "a"], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, ""), variant
