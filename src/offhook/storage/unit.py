"""A unit of work: statements that are committed together or not at all.

A unit is filled first and run afterwards, in one go, by the database's writer, together with other units (group
commit). So a unit cannot read, decide and write; instead its statements are *guarded*: an UPDATE says in its WHERE
which states it may leave, and a step may run only `after` another step that changed a row. That keeps every
decision inside the transaction that carries it out.

Lines of a log, which nobody reads in the same transaction, are set apart (`Unit.log`): the writer inserts those of all
units together, which costs a fraction of a statement each.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, NamedTuple

import structlog

from offhook.storage.statement import Compiled, Statement

log = structlog.get_logger("offhook.storage")
Kind = Literal["conflict", "full", "unavailable", "broken"]


class StorageError(Exception):
    """The database refused or failed; nothing of the unit was kept.

    `kind` is the decision: "conflict" (a unique value exists already, or a row that was referred to does not exist),
    "full" (no space left), "unavailable" (gone for now; trying again later is right) or "broken" (a statement or a
    value is wrong: a bug of ours). One uncertainty remains with PostgreSQL: when the connection breaks during the
    commit itself, "unavailable" may stand for a unit that was kept.
    """

    def __init__(self, kind: Kind, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class Step:
    """One statement of a unit, and after the commit what became of it."""

    __slots__ = ("after", "changed", "otherwise", "rows", "statement", "values")

    def __init__(
        self,
        statement: Statement,
        values: Mapping[str, Any],
        after: "Step | None",
        otherwise: Exception | None,
    ) -> None:
        self.statement = statement
        self.values = values
        self.after = after
        self.otherwise = otherwise
        self.changed = 0
        self.rows: list[Any] = []

    @property
    def wanted(self) -> bool:
        """Whether the step it depends on, if any, changed a row."""
        return self.after is None or self.after.changed > 0

    def done(self, changed: int, rows: list[Any]) -> None:
        """Note the outcome. Raises `otherwise` when no row changed and that was asked for."""
        self.changed = changed
        self.rows = rows
        if changed <= 0 and self.otherwise is not None:
            raise self.otherwise

    def forget(self) -> None:
        """Forget an outcome that was undone."""
        self.changed = 0
        self.rows = []

    def arguments(self, compiled: Compiled) -> tuple[Any, ...]:
        """The values in the order of the compiled text."""
        return compiled.arguments(self.values)


class Line(NamedTuple):
    """One row of a log, to be inserted if the step `after` changed a row."""

    statement: Statement
    values: Mapping[str, Any]
    after: Step | None


class Unit:
    """Statements to commit together, and what to do once they are durable."""

    __slots__ = ("_hooks", "lines", "steps")

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.lines: list[Line] = []
        self._hooks: list[tuple[Callable[[], None], Step | None]] = []

    def __bool__(self) -> bool:
        """Whether there is anything to commit."""
        return bool(self.steps or self.lines)

    def add(
        self,
        statement: Statement,
        values: Mapping[str, Any],
        *,
        after: Step | None = None,
        otherwise: Exception | None = None,
    ) -> Step:
        """Append a statement.

        With `after`, it runs only if that step changed a row. With `otherwise`, changing no row undoes the whole
        unit and raises that error from `commit`.
        """
        step = Step(statement, values, after, otherwise)
        self.steps.append(step)
        return step

    def log(self, statement: Statement, values: Mapping[str, Any], *, after: Step | None = None) -> None:
        """Insert a row into a log, at the end of the transaction, if the unit is kept (and `after` changed a row).

        `statement` is a plain INSERT of one row. A row that is refused makes its unit fail, as a step would.
        """
        self.lines.append(Line(statement, values, after))

    def on_commit(self, callback: Callable[[], None], *, after: Step | None = None) -> None:
        """Call `callback` on the event loop once the unit is durable (and `after` changed a row).

        Callbacks of all units run in the order of their commits, each before its own `commit` returns. They are short
        and do not raise; one that does is logged, and neither its unit nor anybody else's suffers.
        """
        self._hooks.append((callback, after))

    def committed(self) -> None:
        """Run the callbacks, in the order they were added."""
        for callback, step in self._hooks:
            if step is None or step.changed > 0:
                _call(callback)

    def forget(self) -> None:
        """Forget the outcome of a run that was undone."""
        for step in self.steps:
            step.forget()


def lines_of(units: Iterable[Unit]) -> Iterable[tuple[Statement, list[Mapping[str, Any]]]]:
    """The lines to insert for units that succeeded: for each statement its lines, in order."""
    wanted: dict[Statement, list[Mapping[str, Any]]] = {}
    for unit in units:
        for statement, values, after in unit.lines:
            if after is None or after.changed > 0:
                wanted.setdefault(statement, []).append(values)
    return wanted.items()


def _call(callback: Callable[[], None]) -> None:
    try:
        callback()
    except Exception:
        log.exception("on_commit_failed", callback=getattr(callback, "__qualname__", repr(callback)))
