"""Files of strangers: what they are, how long they really are, and what is refused."""

import io
import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile

from offhook.media import files
from offhook.media.errors import UnplayableError
from tests.media.tones import RATE, loudest


def played(content: bytes, tmp_path: Path, content_type: str = "") -> np.ndarray:
    given, into = tmp_path / "given", tmp_path / "decoded"
    given.write_bytes(content)
    files.decode(given, content_type, into)
    return np.fromfile(into, "<i2")


@pytest.mark.parametrize(
    ("how", "content_type"),
    [
        ({"format": "WAV", "subtype": "PCM_16"}, "audio/wav"),
        ({"format": "WAV", "subtype": "ULAW"}, "application/octet-stream"),
        ({"format": "WAV", "subtype": "PCM_24", "rate": 44_100, "channels": 2}, "audio/x-wav"),
        ({"format": "WAV", "subtype": "GSM610"}, "audio/wav"),
        ({"format": "AIFF", "subtype": "PCM_16", "rate": 22_050}, "audio/aiff"),
        ({"format": "RAW", "subtype": "ULAW"}, "audio/basic; rate=8000"),
        ({"format": "RAW", "subtype": "GSM610"}, "audio/gsm"),
    ],
)
def test_what_twilio_plays_is_played(how, content_type, sound_file, tmp_path):
    heard = played(sound_file(1.0, **how), tmp_path, content_type)
    assert len(heard) == pytest.approx(RATE, abs=320)
    assert loudest(heard, range(200, 1_500, 20)) == 440


@pytest.mark.parametrize(("rate", "channels"), [(44_100, 2), (8_000, 1), (48_000, 1)])
def test_mp3_is_played(rate, channels, sound_file, tmp_path):
    heard = played(sound_file(2.0, rate, channels, "MP3", subtype="MPEG_LAYER_III"), tmp_path, "audio/mpeg")
    assert len(heard) == pytest.approx(2 * RATE, abs=0.3 * RATE)
    assert loudest(heard[RATE // 2 : RATE], range(200, 1_500, 20)) == 440


def test_an_mp3_without_its_first_bytes_is_played(sound_file, tmp_path):
    whole = sound_file(2.0, format="MP3", subtype="MPEG_LAYER_III")
    begin = next(at for at in range(200, len(whole)) if files._begins_frame(whole[at : at + 4]))
    assert len(played(whole[begin:], tmp_path)) > RATE


def test_an_mp3_of_variable_bitrate_without_a_table_of_contents_is_played_to_its_end(tmp_path):
    silence, noise = np.zeros(5 * RATE), np.random.default_rng(0).normal(0, 8_000, 5 * RATE).clip(-32_000, 32_000)
    file = io.BytesIO()
    shape = {"format": "MP3", "subtype": "MPEG_LAYER_III", "bitrate_mode": "VARIABLE"}
    with soundfile.SoundFile(file, "w", RATE, 1, **shape) as writing:
        writing.write(np.concatenate([silence, noise, silence]).astype(np.int16))
    without = file.getvalue().replace(b"Xing", bytes(4)).replace(b"Info", bytes(4))
    assert len(soundfile.SoundFile(io.BytesIO(without)).read()) < 12 * RATE  # what libsndfile alone would make of it
    assert len(played(without, tmp_path)) == pytest.approx(15 * RATE, abs=0.3 * RATE)


def test_no_sample_of_a_long_mp3_is_lost(sound_file, tmp_path):
    heard = played(sound_file(120.0, format="MP3", subtype="MPEG_LAYER_III"), tmp_path)
    assert len(heard) == pytest.approx(120 * RATE, abs=0.1 * RATE)


def test_an_mp3_with_a_tag_is_played(sound_file, tmp_path):
    tag = b"ID3\x04\x00\x00" + bytes([0, 0, 0x10, 0]) + bytes(0x10 << 7)
    assert len(played(tag + sound_file(1.0, format="MP3", subtype="MPEG_LAYER_III"), tmp_path)) > 0.9 * RATE


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is empty"),
        (b"<!doctype html><p>Not found", "it begins like a page or a document"),
        (b'  {"error": 404}', "it begins like JSON"),
        (b"\x89PNG\r\n\x1a\n", "89 50 4e 47"),
        (b"fLaC" + bytes(60), "66 4c 61 43"),
        (b"RIFF\x10\x00\x00\x00AVI LIST", "52 49 46 46"),
    ],
)
def test_what_is_no_sound_is_refused_with_a_reason(content, reason, tmp_path):
    with pytest.raises(UnplayableError) as refused:
        played(content, tmp_path, "audio/mpeg")
    assert reason in str(refused.value)
    assert "mp3, wav, aiff, gsm and ulaw are played" in str(refused.value)


def test_a_page_that_says_it_is_ulaw_is_refused(tmp_path):
    with pytest.raises(UnplayableError):
        played(b"<html>", tmp_path, "audio/basic")


def test_a_header_that_promises_more_than_there_is_gets_what_there_is(sound_file, tmp_path):
    lying = bytearray(sound_file(1.0))
    struct.pack_into("<I", lying, 4, 0x7FFFFFFF)
    struct.pack_into("<I", lying, 40, 0x7FFFFFF0)
    assert len(played(bytes(lying), tmp_path)) == RATE


def test_an_mp3_that_promises_hours_is_as_long_as_it_sounds(sound_file, tmp_path):
    lying = bytearray(sound_file(1.0, format="MP3", subtype="MPEG_LAYER_III"))
    at = max(lying.find(b"Xing"), lying.find(b"Info"))
    assert at > 0
    struct.pack_into(">I", lying, at + 8, 0x00FFFFFF)
    assert len(played(bytes(lying), tmp_path)) < 1.5 * RATE


@pytest.mark.parametrize(
    ("at", "form", "value"), [(22, "<H", 60_000), (24, "<I", 4_000_000_000), (24, "<I", 0), (22, "<H", 64)]
)
def test_a_header_that_makes_no_sense_is_refused(at, form, value, sound_file, tmp_path):
    lying = bytearray(sound_file(0.2))
    struct.pack_into(form, lying, at, value)
    with pytest.raises(UnplayableError):
        played(bytes(lying), tmp_path)


def test_a_header_alone_is_refused(sound_file, tmp_path):
    with pytest.raises(UnplayableError, match="no sound in it"):
        played(sound_file(0.0), tmp_path)


def test_what_is_too_large_is_not_opened(tmp_path):
    given = tmp_path / "large"
    with given.open("wb") as file:
        file.truncate(files.LARGEST + 1)
    with pytest.raises(UnplayableError, match=r"more than 41943040"):
        files.decode(given, "audio/wav", tmp_path / "decoded")


def test_decoding_stops_when_it_gets_too_long(monkeypatch, sound_file, tmp_path):
    monkeypatch.setattr(files, "LONGEST", 10_000_000)
    content = sound_file(60.0)
    with pytest.raises(UnplayableError, match="longer than"):
        played(content, tmp_path)
    assert (tmp_path / "decoded").stat().st_size < len(content) / 2


def test_random_bytes_never_do_more_than_be_refused(tmp_path, sound_file):
    random = np.random.default_rng(1)
    whole = sound_file(0.5, format="MP3", subtype="MPEG_LAYER_III")
    for _ in range(60):
        broken = bytearray(whole)
        for at in random.integers(4, len(broken), 40):
            broken[at] = random.integers(256)
        try:
            assert len(played(bytes(broken), tmp_path)) < 20 * RATE
        except UnplayableError as refused:
            assert str(refused)  # noqa: PT017 - either is right
