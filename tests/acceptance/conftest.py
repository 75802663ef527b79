"""The whole program, as a person has it: an Offhook that is up, and a terminal beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from offhook.cli.demo.api import Api
from offhook.roles.connection import Connection
from tests.terminal import Terminal

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Terminal, Api]]:
    """A terminal in a folder whose Offhook is up, and its API as its first account sees it."""
    terminal = Terminal(tmp_path_factory.mktemp("house"))
    with terminal.up() as (_, connection):
        yield terminal, Api(Connection(**connection))


@pytest.fixture(scope="session")
def examples() -> Path:
    return EXAMPLES
