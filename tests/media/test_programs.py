"""Whether programs of others are here."""

import sys

import pytest

from offhook.media.errors import EngineMissingError
from offhook.media.programs import recognizer_command, speech_engine


def test_the_engine_says_its_name_and_version():
    path, version = speech_engine()
    assert path.endswith("espeak-ng")
    assert version.startswith("eSpeak NG text-to-speech: 1.")


def test_a_command_is_split_like_a_shell_does_and_no_further():
    assert recognizer_command(f"{sys.executable} 'a b' $HOME;x") == [sys.executable, "a b", "$HOME;x"]


def test_pocketsphinx_needs_no_command(monkeypatch):
    assert recognizer_command("pocketsphinx") == []
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.delitem(sys.modules, "pocketsphinx", raising=False)
    with pytest.raises(EngineMissingError, match=r"pip install 'offhook\[pocketsphinx\]'"):
        recognizer_command("pocketsphinx")
