"""Figures of several rounds: collected by name, shown as medians with their range, beside what they should be."""

import statistics
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal


@dataclass
class Figure:
    """One figure. `goal` is what it should reach, at most or at least; `source` names where a ratio comes from."""

    name: str
    unit: str
    values: list[float] = field(default_factory=list)
    goal: float | None = None
    direction: Literal["at most", "at least"] = "at most"

    @property
    def median(self) -> float:
        """The middle value."""
        return statistics.median(self.values)

    @property
    def verdict(self) -> str:
        """How it compares with its goal; empty without one."""
        if self.goal is None:
            return ""
        reached = self.median <= self.goal if self.direction == "at most" else self.median >= self.goal
        return f"{'yes' if reached else 'NO'}: {self.direction} {_number(self.goal)}"


class Figures:
    """All figures, in the order in which they first came."""

    def __init__(self) -> None:
        self._figures: dict[str, Figure] = {}

    def add(
        self,
        name: str,
        value: float,
        unit: str,
        goal: float | None = None,
        direction: Literal["at most", "at least"] = "at most",
    ) -> None:
        """Note the value of one round."""
        self._figures.setdefault(name, Figure(name, unit, [], goal, direction)).values.append(value)

    def median(self, name: str) -> float:
        """The middle value of a figure. Raises KeyError for one that nobody noted."""
        return self._figures[name].median

    def rows(self) -> list[tuple[str, ...]]:
        """Name, median with unit, range over the rounds, verdict."""
        return [
            (f.name, f"{_number(f.median)} {f.unit}".rstrip(), _range(f.values), f.verdict)
            for f in self._figures.values()
        ]


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table whose columns line up."""
    lines = [head, *rows]
    widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
    shown = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    return "\n".join([shown[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *shown[1:]])


def _range(values: list[float]) -> str:
    return f"{_number(min(values))} to {_number(max(values))}" if len(values) > 1 else ""


def _number(value: float) -> str:
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"
