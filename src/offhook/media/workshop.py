"""Where sound is made: asked from the event loop, done in worker processes, which start with the first job.

A job that takes too long is stopped with everything it has started, and the next one gets a new worker. Workers that
nobody needs go away. Time here is the machine's: how long sound takes to be made has nothing to do with the product's
clock.
"""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from offhook.media.errors import EngineMissingError, SoundError, UnplayableError, WorkerError
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
    read_answer,
)
from offhook.media.script import SECOND, Format, Script, Words
from offhook.media.shelf import MOST_BYTES
from offhook.storage import Blobs

WORKER = (sys.executable, "-m", "offhook.media.worker")
PATIENCE = 30.0  # seconds for one job
RENDERED = 20  # times faster than it sounds, at least, for long recordings
UNDERSTOOD = 120.0  # seconds; an operator's recognizer may be large
IDLE = 30.0  # seconds after which a worker goes


@dataclass(frozen=True, slots=True)
class Sound:
    """A file that was made, and how long it sounds (microseconds). `notices` say what is not as it was asked for.

    It is not kept for ever: open it soon, and ask again if it is gone.
    """

    path: Path
    duration: int
    notices: tuple[str, ...] = ()


class Workshop:
    """Speech, files, recordings and recognition. `close` it at the end."""

    def __init__(
        self,
        folder: Path,
        blobs: Blobs,
        *,
        recognizer: str | None = None,
        processes: int = 2,
        patience: float = PATIENCE,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        """Keeps up to `most_bytes` of sounds in `folder`; `recognizer` is the setting `speech_recognizer`."""
        self._setup = Setup(str(folder.absolute()), most_bytes, recognizer)
        self._blobs = blobs
        self._patience = patience
        self._slots = asyncio.Semaphore(processes)
        self._idle: list[_Worker] = []
        self._workers: set[_Worker] = set()
        self._sweeper: asyncio.TimerHandle | None = None

    async def speak(self, words: Words) -> Sound:
        """Words as raw samples (mono, 16 bits, little-endian, 8 kHz).

        Raises EngineMissingError without espeak-ng, SoundError otherwise.
        """
        return await self._make(Speak(words))

    async def decode(self, digest: str, content_type: str = "") -> Sound:
        """A file of the blob store as raw samples. Raises UnplayableError, and WorkerError if it broke the decoder."""
        return await self._make(Decode(str(self._blobs.path(digest).absolute()), digest, content_type))

    async def render(self, script: Script, format: Format = "wav", channels: int = 1) -> Sound:
        """A script as a WAV (16 bits, 8 kHz) or MP3 file, in one channel or two. Raises SoundError."""
        digests = {passage.digest for passage in script.passages if passage.digest}
        files = {digest: str(self._blobs.path(digest).absolute()) for digest in digests}
        job = Render(script, format, channels, files)
        return await self._make(job, self._patience + script.duration / SECOND / RENDERED)

    async def recognize(self, pcm: bytes, language: str = "en-US", hints: str = "") -> Heard:
        """What was said: raw samples, a language tag, Twilio's `hints`.

        Raises EngineMissingError if no recognizer is set or it is not installed, SoundError otherwise.
        """
        answer = await self._do(Recognize(pcm, language, hints), max(self._patience, UNDERSTOOD))
        if isinstance(answer, Heard):
            return answer
        raise _error(answer)

    async def close(self) -> None:
        """End all workers, and what they are at."""
        if self._sweeper is not None:
            self._sweeper.cancel()
        await asyncio.gather(*(worker.end() for worker in [*self._workers]))
        self._idle.clear()

    async def _make(self, job: Job, patience: float | None = None) -> Sound:
        answer = await self._do(job, patience or self._patience)
        if isinstance(answer, Made):
            return Sound(Path(answer.path), answer.duration, answer.notices)
        raise _error(answer)

    async def _do(self, job: Job, patience: float) -> Answer:
        async with self._slots, self._worker() as worker:
            try:
                async with asyncio.timeout(patience):
                    return await worker.ask(job)
            except TimeoutError:
                what = type(job).__name__.lower()
                raise WorkerError(f"to {what} took longer than {patience:g} s and was stopped") from None

    @asynccontextmanager
    async def _worker(self) -> AsyncIterator["_Worker"]:
        """A worker for one job. It goes back when the job is done, and ends when it is not."""
        worker = await self._ready_worker()
        try:
            yield worker
        except BaseException:
            await worker.end()
            raise
        self._idle.append(worker)
        self._sweep_later()

    async def _ready_worker(self) -> "_Worker":
        while self._idle:
            if (worker := self._idle.pop()).is_alive:
                return worker
        self._workers = {worker for worker in self._workers if worker.is_alive}
        worker = await _Worker.start(self._setup)
        self._workers.add(worker)
        return worker

    def _sweep_later(self) -> None:
        if self._sweeper is not None:
            self._sweeper.cancel()
        self._sweeper = asyncio.get_running_loop().call_later(IDLE, self._sweep)

    def _sweep(self) -> None:
        for worker in self._idle:
            worker.kill()
        self._idle.clear()


class _Worker:
    """One process. It does one job at a time."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        if process.stdin is None or process.stdout is None:
            raise ValueError("a worker is spoken to over pipes")
        self._process, self._jobs, self._answers = process, process.stdin, process.stdout

    @classmethod
    async def start(cls, setup: Setup) -> "_Worker":
        """Start a process in a session of its own, and tell it where it works."""
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *WORKER, stdin=pipe, stdout=pipe, env=_environment(), start_new_session=True
        )
        worker = cls(process)
        worker._jobs.write(frame(setup))
        return worker

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.returncode is None

    async def ask(self, job: Job) -> Answer:
        """Raises WorkerError if the process ends before it answers."""
        try:
            self._jobs.write(frame(job))
            await self._jobs.drain()
            head = await self._answers.readexactly(LENGTH.size)
            return read_answer(await self._answers.readexactly(*LENGTH.unpack(head)))
        except (asyncio.IncompleteReadError, ConnectionError):
            code = await self._process.wait()
            raise WorkerError(f"the process that was to {type(job).__name__.lower()} ended with {code}") from None

    def kill(self) -> None:
        """End it and all that it has started."""
        if self.is_alive:
            os.killpg(self._process.pid, signal.SIGKILL)

    async def end(self) -> None:
        """End it, and wait until it is gone."""
        self.kill()
        await self._process.wait()


def _environment() -> dict[str, str]:
    """Our own secrets are none of a worker's business; one thread each is enough for its arithmetic."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OFFHOOK_")}
    return kept | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def _error(answer: Answer) -> SoundError:
    """The error that an answer stands for."""
    if not isinstance(answer, Failed):
        return WorkerError(f"a worker answered {type(answer).__name__} to something else")
    kinds = {"missing": EngineMissingError, "unplayable": UnplayableError, "bug": WorkerError}
    return kinds.get(answer.kind, SoundError)(answer.text)
