"""A terminal for each test, and for those that only look one Offhook that is up for the whole run."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.terminal import Terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Terminal, dict[str, Any]]]:
    """A terminal in a folder whose Offhook is up, and its connection."""
    terminal = Terminal(tmp_path_factory.mktemp("house"))
    with terminal.up() as (_, connection):
        yield terminal, connection
