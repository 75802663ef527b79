"""Running units in one transaction, on the writer's connection and in its thread.

First it is hoped that no unit fails, which spares the savepoints. If one does, everything is undone and the same units
run again, a savepoint each, so that the one that fails does not touch its neighbours.

Every statement gives up the interpreter's lock and has to get it back from a busy event loop; what counts is how many
there are. So the lines of all units are inserted several at a time.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import structlog

from offhook.storage.sqlite.errors import translated
from offhook.storage.unit import Step, Unit, lines_of

log = structlog.get_logger("offhook.storage")
TOGETHER = (16, 8, 4, 2, 1)  # lines in one statement; each size is a statement that SQLite has prepared


class _RefusedError(Exception):
    """A unit failed, the transaction did not."""


def run(connection: sqlite3.Connection, units: list[Unit]) -> list[Exception | None]:
    """Run the units and commit; an outcome for each, None being success. Raises what concerns them all."""
    try:
        return _in_transaction(connection, units, _hopefully)
    except _RefusedError as refused:
        problem = refused.__cause__
        if len(units) == 1 and isinstance(problem, Exception):
            return [translated(problem)]
    for unit in units:
        unit.forget()
    return _in_transaction(connection, units, _carefully)


def _in_transaction(
    connection: sqlite3.Connection,
    units: list[Unit],
    work: Callable[[sqlite3.Connection, list[Unit]], list[Exception | None]],
) -> list[Exception | None]:
    try:
        connection.execute("BEGIN IMMEDIATE")
        outcomes = work(connection, units)
        connection.execute("COMMIT")
    except BaseException:
        _roll_back(connection)
        raise
    return outcomes


def _hopefully(connection: sqlite3.Connection, units: list[Unit]) -> list[Exception | None]:
    """All units without savepoints. Raises _RefusedError when one fails."""
    try:
        for unit in units:
            for step in unit.steps:
                _run_step(connection, step)
        _write_lines(connection, units)
    except Exception as problem:
        if not connection.in_transaction:
            raise  # SQLite gave up the whole transaction
        raise _RefusedError from problem
    return [None for _ in units]


def _carefully(connection: sqlite3.Connection, units: list[Unit]) -> list[Exception | None]:
    """All units, a savepoint each."""
    return [_run_alone(connection, unit) for unit in units]


def _run_alone(connection: sqlite3.Connection, unit: Unit) -> Exception | None:
    connection.execute("SAVEPOINT unit")
    try:
        for step in unit.steps:
            _run_step(connection, step)
        _write_lines(connection, [unit])
    except Exception as problem:
        if not connection.in_transaction:
            raise
        connection.execute("ROLLBACK TO unit")
        connection.execute("RELEASE unit")
        return translated(problem)
    connection.execute("RELEASE unit")
    return None


def _run_step(connection: sqlite3.Connection, step: Step) -> None:
    if not step.wanted:
        return
    compiled = step.statement.sqlite
    before = connection.total_changes
    cursor = connection.execute(compiled.sql, step.arguments(compiled))
    if step.statement.returns:
        rows = cursor.fetchall()
        step.done(len(rows), rows)
    else:  # sqlite3 does not count the rows of WITH … UPDATE
        changed = cursor.rowcount
        step.done(changed if changed >= 0 else connection.total_changes - before, [])


def _write_lines(connection: sqlite3.Connection, units: list[Unit]) -> None:
    for statement, rows in lines_of(units):
        compiled = statement.sqlite
        for some in _in_pieces(rows):
            values = [value for row in some for value in compiled.arguments(row)]
            connection.execute(_inserting(compiled.sql, len(some)), values)


def _in_pieces(rows: list[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    at = 0
    for size in TOGETHER:
        while len(rows) - at >= size:
            yield rows[at : at + size]
            at += size


@lru_cache(maxsize=256)
def _inserting(sql: str, rows: int) -> str:
    """An INSERT of one row as one of several."""
    head, values, row = sql.rpartition(" VALUES ")
    return head + values + ", ".join([row] * rows)


def _roll_back(connection: sqlite3.Connection) -> None:
    try:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    except sqlite3.Error:
        log.exception("rollback_failed")
