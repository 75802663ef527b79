"""Answers to small queries, kept for a moment: whose is this number, asked again with every text.

Units of this process say which tables they changed, and what was read of those is forgotten before anybody hears that
the unit is done. For a change made by somebody else, with another program, an answer is at most `KEPT_FOR` old.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from offhook.storage.statement import Query
from offhook.storage.unit import Unit

R = TypeVar("R")
KEPT_FOR = 1.0  # seconds
MOST = 10_000  # answers of one query


class Kept:
    """What small queries answered lately. Used on the event loop only; `now` is real monotonic time in seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._answers: dict[Query[Any], dict[tuple[Any, ...], tuple[float, list[Any]]]] = {}
        self._of_table: dict[str, list[Query[Any]]] = {}

    def get(self, query: Query[R], values: Mapping[str, Any], read: Callable[[], list[R]]) -> list[R]:
        """The records of `query`, from `read` unless they are known."""
        answers = self._answers.get(query)
        if answers is None:
            answers = self._begin(query)
        key, now = tuple(values.values()), self._now()
        kept = answers.get(key)
        if kept is not None and now < kept[0]:
            return kept[1]
        records = read()
        if len(answers) >= MOST:
            answers.clear()
        answers[key] = (now + KEPT_FOR, records)
        return records

    def changed(self, units: Iterable[Unit]) -> None:
        """These units were committed."""
        for unit in units:
            for step in unit.steps:
                for query in self._of_table.get(step.statement.table or "", ()):
                    self._answers[query].clear()

    def _begin(self, query: Query[Any]) -> dict[tuple[Any, ...], tuple[float, list[Any]]]:
        for table in query.tables:
            self._of_table.setdefault(table, []).append(query)
        return self._answers.setdefault(query, {})
