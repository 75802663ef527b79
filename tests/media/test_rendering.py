"""A script becomes a recording: everything at its place, and exactly as long as it lasts."""

import asyncio

import pytest
import soundfile

from offhook.media import HOLD_MUSIC, RING_TONE, EngineMissingError, Passage, Script, SoundError
from offhook.media.rendering import Rendered, Sources, render
from offhook.media.shelf import Shelf
from offhook.media.speech import Espeak
from tests.media.tones import RATE, goertzel, level, loudest, pressed, read_wav, seconds

S = 1_000_000


@pytest.fixture
def made(tmp_path, blobs):
    """Renders a script with the engine that is there."""

    def make(script: Script, format="wav", channels: int = 1) -> Rendered:
        paths = {passage.digest: blobs.path(passage.digest) for passage in script.passages if passage.digest}
        try:
            engine = Espeak()
        except EngineMissingError as problem:
            engine = str(problem)
        return render(script, Sources(Shelf(tmp_path / "sound"), paths, engine), format, channels)

    return make


@pytest.fixture
def rendered(made):
    """Renders a script: the samples of the WAV file, a column for each channel, and the notices."""

    def render(script: Script, channels: int = 1):
        done = made(script, "wav", channels)
        samples = read_wav(done.path)
        assert samples.shape == (script.duration * RATE // S, channels)
        return samples, done.notices

    return render


def test_each_passage_is_where_it_belongs_and_silence_between(rendered):
    script = Script(
        10 * S,
        (
            Passage(1 * S, 2 * S, "outbound", "say", "Please press a key."),
            Passage(4 * S, S // 2, "outbound", "beep"),
            Passage(5 * S, 2 * S, "inbound", "digits", "147#"),
            Passage(8 * S, 1 * S, "inbound", "person", "Hello"),
        ),
    )
    both, notices = rendered(script)
    heard = both[:, 0]
    assert notices == ()
    assert level(seconds(heard, 0, 1)) == 0
    assert level(seconds(heard, 1, 2.5)) > 500
    assert loudest(seconds(heard, 4.1, 4.4), range(300, 3_400, 50)) == 1_000
    assert pressed(seconds(heard, 5, 7)) == "147#"
    assert level(seconds(heard, 7, 8)) == 0
    assert level(seconds(heard, 8, 8.8)) > 500
    assert level(seconds(heard, 9.5, 10)) == 0


def test_in_two_channels_each_side_has_its_own(rendered):
    script = Script(3 * S, (Passage(0, S, "inbound", "digits", "1"), Passage(S, S, "outbound", "digits", "2")))
    two, _ = rendered(script, 2)
    assert (pressed(two[:, 0]), pressed(two[:, 1])) == ("1", "2")
    one, _ = rendered(script, 1)
    assert pressed(one[:, 0]) == "12"


def test_who_speaks_and_what_is_said_to_them_are_different_voices(rendered):
    def of(kind):
        return rendered(Script(2 * S, (Passage(0, 2 * S, "inbound", kind, "Hello there"),)))[0].tobytes()

    assert of("say") != of("person")


def test_speech_is_heard_to_its_end_if_there_is_room(rendered):
    text = "This sentence takes much longer than half a second."
    say = Passage(0, S // 2, "outbound", "say", text)
    heard, _ = rendered(Script(6 * S, (say,)))
    assert level(seconds(heard[:, 0], 1, 2)) > 500
    followed, _ = rendered(Script(6 * S, (say, Passage(1 * S, S, "outbound", "beep"))))
    assert loudest(seconds(followed[:, 0], 1.2, 1.8), range(300, 3_400, 50)) == 1_000
    assert level(seconds(followed[:, 0], 2.1, 6)) == 0
    interrupted, _ = rendered(Script(6 * S, (Passage(0, S // 2, "outbound", "say", text, is_cut=True),)))
    assert level(seconds(interrupted[:, 0], 0.5, 6)) == 0


def test_what_sounds_at_once_is_added_and_does_not_wrap_around(rendered):
    music = Passage(0, 2 * S, "outbound", "music")
    key = Passage(0, 2 * S, "inbound", "digits", "5")
    together, _ = rendered(Script(2 * S, (music, key)))
    assert goertzel(together[:1200, 0], 770) > 20 * goertzel(rendered(Script(2 * S, (music,)))[0][:1200, 0], 770)
    loud, _ = rendered(Script(S, (music,) * 12))
    assert abs(loud[:, 0].astype(int)).max() == 32_768 or abs(loud[:, 0].astype(int)).max() == 32_767
    assert abs(loud[1:, 0].astype(int) - loud[:-1, 0].astype(int)).max() < 40_000


def test_a_file_is_played_once_and_music_again_and_again(rendered, blobs, sound_file):
    digest = asyncio.run(blobs.put(sound_file(1.0)))
    once, _ = rendered(Script(5 * S, (Passage(0, 5 * S, "outbound", "play", "http://x", digest=digest),)))
    assert loudest(seconds(once[:, 0], 0, 1), range(300, 800, 20)) == 440
    assert level(seconds(once[:, 0], 1, 5)) == 0
    again, _ = rendered(Script(5 * S, (Passage(0, 5 * S, "outbound", "music", "http://x", digest=digest),)))
    assert level(seconds(again[:, 0], 4, 5)) > 1_000
    cut, _ = rendered(Script(5 * S, (Passage(0, S // 2, "outbound", "play", "http://x", digest=digest),)))
    assert level(seconds(cut[:, 0], 0.5, 5)) == 0


def test_what_cannot_be_had_is_silent_and_told(rendered, blobs):
    page = asyncio.run(blobs.put(b"<html>"))
    script = Script(
        4 * S,
        (
            Passage(0, S, "outbound", "play", "http://gone", digest="0" * 64),
            Passage(S, S, "outbound", "play", "http://page", digest=page),
            Passage(2 * S, S, "outbound", "beep"),
            Passage(3 * S, S, "outbound", "say", "Hallo", "Polly.Hans"),
        ),
    )
    heard, notices = rendered(script)
    assert level(seconds(heard[:, 0], 0, 2)) == 0
    assert level(seconds(heard[:, 0], 2, 4)) > 500
    assert [notice.partition(":")[0] for notice in notices] == [
        "play at 0.0 s is silent",
        "play at 1.0 s is silent",
        "Polly.Hans is spoken by espeak-ng",
    ]


def test_without_an_engine_the_words_are_silent_and_that_is_told(rendered, monkeypatch, tmp_path):
    script = Script(2 * S, (Passage(0, S, "outbound", "say", "Hello"), Passage(S, S, "outbound", "beep")))
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tmp_path))
        heard, notices = rendered(script)
    assert level(seconds(heard[:, 0], 0, 1)) == 0
    assert level(seconds(heard[:, 0], 1, 2)) > 500
    assert "apt-get install espeak-ng" in notices[0]
    assert level(seconds(rendered(script)[0][:, 0], 0, 1)) > 500  # and with it, the silent one is not taken for it


@pytest.mark.parametrize("channels", [1, 2])
def test_mp3_has_the_same_sound(made, channels):
    path = made(Script(4 * S, (Passage(S, 2 * S, "inbound", "digits", "159"),)), "mp3", channels).path
    samples, rate = soundfile.read(path, dtype="int16", always_2d=True)
    assert path.read_bytes()[:2] == b"\xff\xe3" or path.read_bytes()[:3] == b"ID3"
    assert (rate, samples.shape[1]) == (RATE, channels)
    assert len(samples) == pytest.approx(4 * RATE, abs=0.3 * RATE)
    assert pressed(samples[:, 0], quiet=2_000) == "159"  # MP3 smears what begins suddenly
    assert channels == 1 or level(samples[:, 1]) < 5
    assert path.stat().st_size * 8 / 4 == pytest.approx(32_000 * channels, rel=0.1)


def test_the_same_script_is_rendered_once(made):
    first = made(HOLD_MUSIC).path.stat()
    again = made(HOLD_MUSIC).path.stat()
    assert first.st_ino == again.st_ino


def test_music_and_ring_are_scripts_of_ours(rendered):
    music, _ = rendered(HOLD_MUSIC)
    assert level(music[:, 0]) > 500
    ring, _ = rendered(RING_TONE)
    assert level(seconds(ring[:, 0], 0, 2)) > 1_000
    assert level(seconds(ring[:, 0], 2, 6)) == 0


def test_an_empty_recording_is_an_empty_file(rendered):
    assert len(rendered(Script(0))[0]) == 0


def test_what_lies_outside_of_the_recording_is_not_heard(rendered):
    script = Script(S, (Passage(-S, S // 2, "inbound", "beep"), Passage(2 * S, S, "inbound", "beep")))
    assert level(rendered(script)[0]) == 0


def test_what_began_before_the_recording_is_heard_from_where_it_had_come_to(rendered):
    keys = Passage(-S // 2, 2 * S, "inbound", "digits", "123456")  # four a second
    assert pressed(rendered(Script(2 * S, (keys,)))[0][:, 0]) == "3456"
    ring, _ = rendered(Script(6 * S, (Passage(-S, 8 * S, "inbound", "ringing"),)))
    assert level(seconds(ring[:, 0], 0, 0.9)) > 1_000
    assert level(seconds(ring[:, 0], 1.1, 4.9)) == 0
    assert level(seconds(ring[:, 0], 5.1, 6)) > 1_000


def test_an_hour_takes_its_time_on_the_disk_only_where_there_is_sound(made):
    found = made(Script(3600 * S, (Passage(1800 * S, S, "inbound", "beep"),))).path.stat()
    assert found.st_size == 44 + 3600 * RATE * 2
    assert found.st_blocks * 512 < 1_000_000


def test_a_recording_without_end_is_refused(made):
    with pytest.raises(SoundError, match="at most 24 hours"):
        made(Script(25 * 3600 * S))
