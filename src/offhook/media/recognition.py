"""Engines that understand speech. They run in a worker and are given what was said as raw samples.

Two of them: pocketsphinx, which comes with the extra `offhook[pocketsphinx]` and picks one of the phrases that an app
hints at; and any program of the operator's, which is given a WAV file and answers with text.
"""

import json
import os
import re
import subprocess
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import soxr

from offhook.media.errors import EngineMissingError, SoundError
from offhook.media.jobs import Heard
from offhook.media.programs import recognizer_command
from offhook.media.rendering import wave_header
from offhook.media.script import RATE

SPHINX_RATE = 16_000
MOST_HINTS = 500  # Twilio's limit
LONGEST_ANSWER = 10_000  # characters
SURE = 1.0
SILENT = 100  # of 32,767: quieter than this, nothing was said


class Recognizer(Protocol):
    """Makes text of speech: mono samples of 16 bits at `RATE`, a language tag, and phrases that are expected."""

    def recognize(self, pcm: bytes, language: str, hints: Sequence[str]) -> Heard:
        """Raises SoundError."""
        ...


def recognizer(setting: str | None) -> Recognizer:
    """The engine that the setting `speech_recognizer` names. Raises EngineMissingError."""
    if not setting:
        raise EngineMissingError("no speech_recognizer is set, so speech is not understood")
    command = recognizer_command(setting)
    return Program(command) if command else Pocketsphinx()


def phrases(hints: str) -> list[str]:
    """Twilio's `hints`: phrases with commas between them. Classes (`$OOV_CLASS_…`) say nothing to these engines."""
    parts = (" ".join(part.split()) for part in hints.split(","))
    return [part for part in parts if part and not part.startswith("$")][:MOST_HINTS]


class Program:
    """A program of the operator's. Its standard input is a WAV file; what it prints is the text.

    It may also print a JSON object with `text` and `confidence`. Language and hints are in its environment, as
    OFFHOOK_LANGUAGE and OFFHOOK_HINTS, one phrase a line.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command

    def recognize(self, pcm: bytes, language: str, hints: Sequence[str]) -> Heard:
        """Raises SoundError if it fails."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("OFFHOOK_")}
        environment |= {"OFFHOOK_LANGUAGE": language, "OFFHOOK_HINTS": "\n".join(hints)}
        wave = wave_header(len(pcm) // 2, 1) + pcm
        done = subprocess.run(self._command, input=wave, capture_output=True, env=environment, check=False)  # noqa: S603
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip().splitlines() or ["it does not say why"]
            raise SoundError(f"{self._command[0]} ended with {done.returncode}: {said[-1][:200]}")
        return answer(done.stdout.decode(errors="replace"))


def answer(printed: str) -> Heard:
    """What a program understood, by what it printed: text, or a JSON object with `text` and perhaps `confidence`."""
    text = printed.strip()[:LONGEST_ANSWER]
    if text.startswith("{"):
        try:
            found = json.loads(text)
            said, confidence = " ".join(str(found["text"]).split()), float(found.get("confidence", SURE))
        except (ValueError, KeyError, TypeError) as problem:
            raise SoundError(f"the recognizer printed no JSON object with a text: {text[:100]}") from problem
        return Heard(said, min(max(confidence, 0.0), 1.0) if said else 0.0)
    said = " ".join(text.split())
    return Heard(said, SURE if said else 0.0)


class Pocketsphinx:
    """pocketsphinx with a grammar of the hinted phrases; without hints, free dictation. American English only."""

    def __init__(self) -> None:
        from pocketsphinx import Decoder  # an extra, which need not be installed

        self._decoder: Any = Decoder(samprate=SPHINX_RATE, cmn="batch", loglevel="FATAL")

    def recognize(self, pcm: bytes, language: str, hints: Sequence[str]) -> Heard:
        """Raises SoundError for another language."""
        if not language.lower().startswith("en"):
            raise SoundError(f"pocketsphinx understands English only, not {language}")
        sound = np.frombuffer(pcm, "<i2")
        if not len(sound) or np.abs(sound.astype(np.int32)).max() < SILENT:
            return Heard("")
        spellings = self._spellings(hints)
        if spellings:
            self._decoder.add_jsgf_string("hints", grammar(list(spellings)))
        self._decoder.activate_search("hints" if spellings else "_default")
        heard = self._decode(soxr.resample(sound, RATE, SPHINX_RATE).tobytes())
        return _completed(heard, spellings) if spellings else heard

    def _decode(self, raw: bytes) -> Heard:
        self._decoder.start_utt()
        self._decoder.process_raw(raw, full_utt=True)
        self._decoder.end_utt()
        found = self._decoder.hyp()
        if found is None or not found.hypstr:
            return Heard("")
        sure = [part.prob for part in self._decoder.seg() if not part.word.startswith("<")]
        return Heard(found.hypstr, round(min([*sure, 1.0]), 3))

    def _spellings(self, hints: Sequence[str]) -> dict[str, str]:
        """The phrases whose words it can pronounce, as it writes them and as they were given."""
        plain = {" ".join(re.findall(r"[a-z']+", hint.lower())): hint for hint in hints}
        return {
            text: hint for text, hint in plain.items() if text and all(map(self._decoder.lookup_word, text.split()))
        }


def _completed(heard: Heard, spellings: dict[str, str]) -> Heard:
    """The phrase as the app wrote it. Of one that was broken off, half as sure, if only one begins like that."""
    if heard.text in spellings:
        return Heard(spellings[heard.text], heard.confidence)
    longer = [hint for text, hint in spellings.items() if heard.text and text.startswith(heard.text + " ")]
    return Heard(longer[0], heard.confidence / 2) if len(longer) == 1 else Heard("")


def grammar(known: Sequence[str]) -> str:
    """A grammar of phrases, in the Java Speech Grammar Format."""
    return f"#JSGF V1.0; grammar hints; public <phrase> = {' | '.join(f'( {phrase} )' for phrase in known)} ;"
