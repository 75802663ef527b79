"""The process that does what is long or dangerous: decodes strangers' files, starts engines, renders recordings.

It is the leader of a group of its own, in which everything that it starts is too. When whoever gave it work is gone,
the pipe ends and the whole group is killed, engine and all, even in the middle of a job.
"""

import os
import queue
import resource
import signal
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, assert_never

from offhook.media.errors import EngineMissingError, SoundError, UnplayableError
from offhook.media.jobs import (
    LENGTH,
    Answer,
    Decode,
    Failed,
    Heard,
    Job,
    Made,
    Recognize,
    Render,
    Setup,
    Speak,
    frame,
    read_job,
)
from offhook.media.recognition import Recognizer, phrases, recognizer
from offhook.media.rendering import Sources, decoded, render
from offhook.media.script import duration_of
from offhook.media.shelf import Shelf
from offhook.media.speech import Espeak, Synthesizer, spoken

MOST_MEMORY = 512 * 1024 * 1024  # bytes of data, while strangers' files are read
POLITENESS = 5  # nice: serving comes first


def main() -> None:
    """Answer jobs from standard input until it ends."""
    os.nice(POLITENESS)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    jobs, answers = _pipes()
    waiting: queue.SimpleQueue[Setup | Job] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(jobs, waiting), daemon=True).start()
    setup = waiting.get()
    if not isinstance(setup, Setup):
        raise TypeError("the first frame sets the worker up")
    bench = Bench(setup)
    while True:
        job = waiting.get()
        if not isinstance(job, Setup):
            answers.write(frame(bench.answer(job)))


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two ends that were given. Nothing else may read or write there, so what libraries print goes nowhere."""
    jobs, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    return jobs, answers


def _read(jobs: BinaryIO, waiting: "queue.SimpleQueue[Setup | Job]") -> None:
    """Take jobs in; at the end of the pipe, end this process and all that it has started."""
    while len(head := jobs.read(LENGTH.size)) == LENGTH.size:
        waiting.put(read_job(jobs.read(LENGTH.unpack(head)[0])))
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(0)


class Bench:
    """Does one job after the other. Engines are looked for when they are first needed."""

    def __init__(self, setup: Setup) -> None:
        self._shelf = Shelf(Path(setup.folder), setup.most_bytes)
        self._setting = setup.recognizer

    def answer(self, job: Job) -> Answer:
        """Do a job; whatever goes wrong is an answer too."""
        try:
            return self._do(job)
        except EngineMissingError as problem:
            return Failed("missing", str(problem))
        except UnplayableError as problem:
            return Failed("unplayable", str(problem))
        except (SoundError, OSError, MemoryError) as problem:
            return Failed("sound", str(problem) or type(problem).__name__)
        except Exception:  # noqa: BLE001 - told to the other side with all that is known
            return Failed("bug", traceback.format_exc())

    def _do(self, job: Job) -> Answer:
        match job:
            case Speak():
                return self._speak(job)
            case Decode():
                with _bounded():
                    return _made(decoded(self._shelf, Path(job.path), job.digest, job.content_type))
            case Render():
                return self._render(job)
            case Recognize():
                return self._recognize(job)
        assert_never(job)

    def _speak(self, job: Speak) -> Made:
        path = spoken(self._shelf, self._engine, job.words)
        return _made(path, self._engine.notices(job.words))

    def _render(self, job: Render) -> Made:
        engine: Synthesizer | str
        try:
            engine = self._engine
        except EngineMissingError as problem:
            engine = str(problem)
        sources = Sources(self._shelf, {digest: Path(path) for digest, path in job.files.items()}, engine)
        with _bounded():
            done = render(job.script, sources, job.format, job.channels)
        return Made(str(done.path), job.script.duration, done.notices)

    def _recognize(self, job: Recognize) -> Heard:
        return self._recognizer.recognize(job.pcm, job.language, phrases(job.hints))

    @cached_property
    def _engine(self) -> Synthesizer:
        return Espeak()

    @cached_property
    def _recognizer(self) -> Recognizer:
        return recognizer(self._setting)


def _made(path: Path, notices: tuple[str, ...] = ()) -> Made:
    return Made(str(path), duration_of(path.stat().st_size // 2), notices)


@contextmanager
def _bounded() -> Iterator[None]:
    """No more memory than a decoder may need; what recognizers need is their operator's business."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (hard, hard))


if __name__ == "__main__":
    main()
