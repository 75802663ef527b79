"""A unit on its way through a database's writer, and how its caller learns what became of it."""

import asyncio
from collections import deque
from typing import NamedTuple

import structlog

from offhook.runtime import Work
from offhook.storage.unit import StorageError, Unit

log = structlog.get_logger("offhook.storage")
MOST_UNITS = 512  # in one transaction


class Job(NamedTuple):
    """A unit that was handed in, and who waits for it (nobody, if it was posted)."""

    unit: Unit
    waiter: asyncio.Future[None] | None


def next_batch(jobs: deque[Job]) -> list[Job]:
    """Take out the jobs that share the next transaction, in the order they came."""
    return [jobs.popleft() for _ in range(min(len(jobs), MOST_UNITS))]


def all_failed(batch: list[Job], problem: Exception) -> list[Exception | None]:
    """The outcomes when the whole transaction failed: an error of its own for each job."""
    if not isinstance(problem, StorageError):
        return [problem for _ in batch]
    return [StorageError(problem.kind, str(problem)) for _ in batch]


def tell(jobs: list[Job], outcomes: list[Exception | None], work: Work) -> None:
    """Run the callbacks of the units that are durable and wake the callers, in order. Called on the loop."""
    for job, problem in zip(jobs, outcomes, strict=True):
        try:
            _tell_one(job, problem)
        finally:
            work.leave()


def _tell_one(job: Job, problem: Exception | None) -> None:
    if problem is None:
        job.unit.committed()
    else:
        job.unit.forget()
    waits = job.waiter is not None and not job.waiter.done()
    if problem is not None and not waits:
        log.error("unit_failed", exc_info=problem)
    if job.waiter is None or not waits:
        return
    if problem is None:
        job.waiter.set_result(None)
    else:
        job.waiter.set_exception(problem)
