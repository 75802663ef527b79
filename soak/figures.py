"""What a program found, against what it should have found: one line a figure, pass or fail."""

import sys
from dataclasses import dataclass, field
from typing import TextIO


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; `detail` says what stands behind it."""

    name: str
    value: object
    wanted: str
    passed: bool
    detail: str = ""

    def __str__(self) -> str:
        mark = "pass" if self.passed else "FAIL"
        return f"{mark}  {self.name}: {self.value} (wanted: {self.wanted})" + (
            f"\n      {self.detail}" * bool(self.detail)
        )


@dataclass
class Figures:
    """The figures of one program."""

    title: str
    found: list[Figure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def none(self, name: str, items: "list[object] | list[str] | set[str] | int", detail: str = "") -> None:
        """There must be none of these."""
        count = items if isinstance(items, int) else len(items)
        if not isinstance(items, int) and items:
            detail = f"{detail} {sorted(map(str, items))[:10]}".strip()
        self.found.append(Figure(name, count, "0", count == 0, detail))

    def at_most(self, name: str, value: float, most: float, unit: str = "", detail: str = "") -> None:
        """A number with an upper bound."""
        self.found.append(Figure(name, f"{value:.4g}{unit}", f"at most {most:g}{unit}", value <= most, detail))

    def at_least(self, name: str, value: float, least: float, unit: str = "") -> None:
        """A number with a lower bound."""
        self.found.append(Figure(name, f"{value:.4g}{unit}", f"at least {least:g}{unit}", value >= least))

    def note(self, text: str) -> None:
        """Something to know that is no figure."""
        self.notes.append(text)

    @property
    def failed(self) -> list[Figure]:
        """The figures that are not as they should be."""
        return [figure for figure in self.found if not figure.passed]

    def show(self, out: TextIO = sys.stdout) -> bool:
        """Print everything; whether all passed."""
        print(f"\n{self.title}", *self.notes, *self.found, sep="\n  ", file=out, flush=True)
        return not self.failed


def share(values: list[float], part: float) -> float:
    """The value below which `part` of the values lie; 0 when there are none."""
    return sorted(values)[min(int(len(values) * part), len(values) - 1)] if values else 0.0
