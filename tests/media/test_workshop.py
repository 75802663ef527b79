"""Workers: started when needed, stopped when they hang, gone when we are."""

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from offhook.media import EngineMissingError, Passage, Script, SoundError, UnplayableError, Words, WorkerError, Workshop
from offhook.media import workshop as workshops
from offhook.storage import Blobs

PATIENCE = 30.0  # seconds for what should come soon


def runs(pid: int) -> bool:
    """Whether a process is there and does anything."""
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


async def until(condition) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.02)


@pytest.fixture
def hung(tmp_path, monkeypatch) -> Path:
    """An espeak-ng that never answers, first on the PATH; the file tells its process, once it runs."""
    program, told = tmp_path / "bin" / "espeak-ng", tmp_path / "pid"
    program.parent.mkdir()
    program.write_text(
        '#!/bin/sh\n[ "$1" = --version ] && exec echo hung\n'
        f"echo $$ > {told}.draft && mv {told}.draft {told}\nexec sleep 600\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    return told


def workers_of(workshop: Workshop) -> list[int]:
    return [worker._process.pid for worker in workshop._workers if worker.is_alive]


def test_nothing_is_started_before_it_is_needed(working):
    async def scenario(workshop):
        assert workers_of(workshop) == []
        await workshop.speak(Words("one"))
        await workshop.speak(Words("two"))
        return workers_of(workshop)

    (pid,) = working(scenario)
    assert not runs(pid)


def test_no_more_workers_than_allowed(working):
    async def scenario(workshop):
        sounds = await asyncio.gather(*(workshop.speak(Words(f"number {number}")) for number in range(12)))
        assert len({sound.path for sound in sounds}) == 12
        return len(workers_of(workshop))

    assert working(scenario, processes=2) == 2


def test_idle_workers_go(working, monkeypatch):
    monkeypatch.setattr(workshops, "IDLE", 0.05)

    async def scenario(workshop):
        await workshop.speak(Words("one"))
        await until(lambda: workers_of(workshop) == [])
        assert (await workshop.speak(Words("two"))).duration > 0

    working(scenario)


def test_a_hung_engine_is_stopped_and_the_next_job_done(working, hung):
    async def scenario(workshop):
        with pytest.raises(WorkerError, match="to speak took longer than 3 s and was stopped"):
            await workshop.speak(Words("never"))
        engine = int(hung.read_text()) if hung.exists() else None
        assert workers_of(workshop) == []
        done = await workshop.render(Script(1_000_000, (Passage(0, 500_000, "inbound", "beep"),)))
        assert done.path.exists()
        return engine

    engine = working(scenario, patience=3.0)
    assert engine is None or not runs(engine)


def test_a_job_that_is_called_off_ends_with_its_engine(working, hung):
    async def scenario(workshop):
        speaking = asyncio.create_task(workshop.speak(Words("never")))
        await until(hung.exists)
        engine = int(hung.read_text())
        assert runs(engine)
        speaking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await speaking
        await until(lambda: not runs(engine))

    working(scenario)


def test_closing_ends_what_is_under_way(tmp_path, blobs, hung):
    async def scenario():
        workshop = Workshop(tmp_path / "sound", blobs)
        speaking = asyncio.create_task(workshop.speak(Words("never")))
        await until(hung.exists)
        await workshop.close()
        with pytest.raises(WorkerError, match="ended with -9"):
            await speaking
        assert workers_of(workshop) == []
        await until(lambda: not runs(int(hung.read_text())))

    asyncio.run(scenario())


def test_when_we_are_killed_everything_ends(tmp_path, hung):
    program = """
        import asyncio, sys
        from pathlib import Path
        from offhook.media import Words, Workshop
        from offhook.storage import Blobs
        folder = Path(sys.argv[1])
        async def main():
            await Workshop(folder / "sound", Blobs(folder / "blobs")).speak(Words("never"))
        asyncio.run(main())
    """
    us = subprocess.Popen([sys.executable, "-c", textwrap.dedent(program), str(tmp_path)])
    try:
        asyncio.run(until(hung.exists))
        engine = int(hung.read_text())
        worker = int(Path(f"/proc/{engine}/stat").read_text().split()[3])
        assert runs(engine)
        assert runs(worker)
    finally:
        us.send_signal(signal.SIGKILL)
        us.wait()
    asyncio.run(until(lambda: not runs(engine) and not runs(worker)))


def test_a_worker_that_died_is_replaced(working):
    async def scenario(workshop):
        await workshop.speak(Words("one"))
        (pid,) = workers_of(workshop)
        os.kill(pid, signal.SIGKILL)
        await until(lambda: workers_of(workshop) == [])
        assert (await workshop.speak(Words("two"))).duration > 0
        assert workers_of(workshop) != [pid]

    working(scenario)


def test_the_loop_runs_on_while_minutes_are_rendered(working):
    async def scenario(workshop):
        minutes = tuple(Passage(at * 60_000_000, 30_000_000, "outbound", "music") for at in range(5))
        rendering, turns = asyncio.create_task(workshop.render(Script(300_000_000, minutes), "mp3")), 0
        while not rendering.done():
            await asyncio.sleep(0.005)
            turns += 1
        assert (await rendering).duration == 300_000_000
        return turns

    assert working(scenario) > 20


def test_nothing_heavy_is_imported_by_who_asks():
    program = "import sys, offhook.media; print({'numpy', 'soundfile', 'soxr', 'pocketsphinx'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_what_cannot_be_done_is_an_error_of_its_kind(working, monkeypatch, tmp_path):
    async def without_engine(workshop):
        with pytest.raises(EngineMissingError, match="espeak-ng is not installed"):
            await workshop.speak(Words("a"))

    async def without_recognizer(workshop):
        with pytest.raises(EngineMissingError, match="no speech_recognizer is set"):
            await workshop.recognize(bytes(16_000))

    async def too_long(workshop):
        with pytest.raises(SoundError, match="more than 16384"):
            await workshop.speak(Words(f"<speak>{'a' * 20_000}</speak>"))

    working(without_recognizer)
    working(too_long)
    monkeypatch.setenv("PATH", str(tmp_path))
    working(without_engine)


def test_speech_is_recognised_in_a_worker(working):
    async def scenario(workshop):
        sound = await workshop.speak(Words("support", "woman"))
        return await workshop.recognize(sound.path.read_bytes(), "en-US", "sales, Support, billing")

    assert working(scenario, recognizer="pocketsphinx").text == "Support"


def test_a_recognizer_that_hangs_is_stopped(working, monkeypatch, tmp_path):
    monkeypatch.setattr(workshops, "UNDERSTOOD", 2.0)
    told = tmp_path / "recognizer"

    async def scenario(workshop):
        with pytest.raises(WorkerError, match="to recognize took longer than 2 s"):
            await workshop.recognize(bytes(160))

    working(scenario, recognizer=f"sh -c 'echo $$ > {told}; exec sleep 600'", patience=2.0)
    assert not told.exists() or not runs(int(told.read_text()))


def test_a_decoded_file_tells_how_long_it_is(working, blobs: Blobs, sound_file):
    async def scenario(workshop):
        digest = await blobs.put(sound_file(2.5, 16_000))
        sound = await workshop.decode(digest, "audio/wav")
        assert sound.path.stat().st_size == 40_000
        return sound.duration

    assert working(scenario) == 2_500_000


def test_a_file_that_is_none_is_refused_with_a_reason(working, blobs):
    async def scenario(workshop):
        digest = await blobs.put(b"<html>not found</html>")
        with pytest.raises(UnplayableError, match="page or a document"):
            await workshop.decode(digest, "audio/mpeg")

    working(scenario)


def test_a_recording_is_as_long_as_its_script(working):
    async def scenario(workshop):
        script = Script(3_000_000, (Passage(0, 1_000_000, "outbound", "say", "Hello", "Polly.Hans"),))
        wave, mp3 = await workshop.render(script, "wav", 2), await workshop.render(script, "mp3")
        assert (wave.duration, mp3.duration) == (3_000_000, 3_000_000)
        assert wave.path.stat().st_size == 44 + 3 * 8_000 * 4
        assert wave.notices == ("Polly.Hans is spoken by espeak-ng",)

    working(scenario)
