"""Running a soak program as a test: short, and every figure that a busy machine cannot spoil must pass."""

from pathlib import Path

import uvloop

from soak.figures import Figures
from soak.places import Place, Program

TIMED = (  # what others on the same machine can spoil, and what is only asked of `make soak`
    "slowest",
    "neighbour's p95",
    "good client's p95",
    "final state",
    "of a processor",
)


def run(program: Program, folder: Path, server=None, name=None, **numbers: object) -> Figures:
    """Run it in a folder; raises AssertionError with the figures that are wrong."""
    place = Place(folder, server, name)

    async def whole() -> Figures:
        return await program(place, **numbers)

    figures = uvloop.run(whole())
    wrong = [str(figure) for figure in figures.failed if not figure.name.startswith(TIMED)]
    assert not wrong, "\n".join([figures.title, *figures.notes, *wrong])
    return figures
