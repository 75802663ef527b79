"""The tutorial is followed to the letter: every block is typed in the terminal it names, in a folder like a clone.

What a page shows after a block must be what is printed. A block that only looks (curl without data) is typed again
while it does not, as a person looks again.
"""

import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.markdown_pages import Block, blocks, read, without_blocks
from tests.docs.shells import PATIENCE, Shell, like_a_clone, shows

TUTORIAL = "docs/tutorial/first-text.md"


class Desk:
    """The person's terminals, opened as they are needed."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self._folder, self._environment = folder, environment
        self._shells: dict[str, Shell] = {}

    def follow(self, block: Block, shown: str) -> None:
        """Type a block where it belongs, and see what the page shows."""
        if block.title not in self._shells:
            self._shells[block.title] = Shell(self._folder, **self._environment)
        shell = self._shells[block.title]
        printed = shell.type(block.text, shown=shown)
        deadline = time.monotonic() + PATIENCE
        while not shows(printed, shown) and only_looks(block.text) and time.monotonic() < deadline:
            time.sleep(0.1)
            printed = shell.type(block.text)
        assert shows(printed, shown), f"{block.text}\nshould print\n{shown}\nbut printed\n{printed}"

    def close(self) -> None:
        """Close all terminals, the last one first."""
        for shell in reversed(self._shells.values()):
            shell.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    environment = {"OFFHOOK_PORT": "0", "OFFHOOK_TLS_PORT": "0", "PORT": str(free_port()), "PYTHONUNBUFFERED": "1"}
    desk = Desk(like_a_clone(tmp_path), **environment)
    yield desk
    desk.close()


def test_the_tutorial_works_as_it_is_printed(desk: Desk):
    steps = blocks(read(TUTORIAL), "sh", "text")
    for number, block in enumerate(steps):
        following = steps[number + 1] if number + 1 < len(steps) else None
        if block.language == "sh":
            desk.follow(block, following.text if following and following.language == "text" else "")


def test_every_block_of_the_tutorial_names_its_terminal():
    assert {block.title for block in blocks(read(TUTORIAL), "sh")} == {"Terminal 1", "Terminal 2", "Terminal 3"}


def test_the_program_that_the_tutorial_prints_is_the_one_it_runs():
    (printed,) = blocks(read(TUTORIAL), "python")
    assert printed.text.strip() == read("examples/first_text/send.py").strip()


def test_what_is_shown_and_not_printed_is_noticed():
    assert shows('{"sid": "SM12",\n "url": "http://127.0.0.1:81/"}', '"sid": "SM…",\n"url": "http://127.0.0.1:4665/"}')
    assert not shows('{"sid": "PN12"}', '"sid": "SM…"')
    assert not shows("two\none", "one\ntwo"), "the order counts"
    assert "make setup" not in without_blocks(read(TUTORIAL))


def only_looks(command: str) -> bool:
    """Whether typing a command again changes nothing."""
    return command.startswith("curl") and not re.search(r"-d\b|--data|-X", command)


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_command_that_fails_is_noticed(tmp_path: Path):
    shell = Shell(tmp_path)
    try:
        assert "hello" in shell.type("echo hello")
        with pytest.raises(AssertionError, match="failed with 3"):
            shell.type("(exit 3)")
    finally:
        shell.close()
