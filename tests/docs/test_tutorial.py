"""The tutorial is followed to the letter: every block is typed in the terminal it names, in a folder like a clone.

What a page shows after a block must be what is printed. A block that only looks (curl without data) is typed again
while it does not, as a person looks again.
"""

import ast
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.markdown_pages import ROOT, Block, blocks, read, without_blocks
from tests.docs.shells import PATIENCE, Shell, like_a_clone, shows

FIRST = "docs/tutorial/first-text.md"
TUTORIALS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs/tutorial").glob("*.md"))
PROGRAMS = {FIRST: ["examples/first_text/send.py"]}  # of the others, the blocks' titles say it


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


@pytest.mark.parametrize("page", TUTORIALS)
def test_the_tutorial_works_as_it_is_printed(page: str, desk: Desk):
    steps = blocks(read(page), "sh", "text")
    for number, block in enumerate(steps):
        following = steps[number + 1] if number + 1 < len(steps) else None
        if block.language == "sh":
            desk.follow(block, following.text if following and following.language == "text" else "")


@pytest.mark.parametrize("page", TUTORIALS)
def test_every_block_of_the_tutorial_names_its_terminal(page: str):
    assert {block.title for block in blocks(read(page), "sh")} == {"Terminal 1", "Terminal 2", "Terminal 3"}


@pytest.mark.parametrize("page", TUTORIALS)
def test_the_programs_that_the_tutorial_prints_are_the_ones_it_runs(page: str):
    printed = blocks(read(page), "python")
    names = PROGRAMS.get(page) or [block.title for block in printed]
    assert names
    assert [block.text.strip() for block in printed] == [read(name).strip() for name in names]


def test_every_example_with_a_test_is_opened_by_a_page():
    told = "".join(read(page) for page in (*TUTORIALS, "docs/howto/test-an-app-in-ci.md"))
    examples = {path.parent.name for path in (ROOT / "examples").glob("*/*test*.*")}
    assert len(examples) >= 4
    assert {name for name in examples if f"examples/{name}/" not in told} == set()


def test_the_test_of_an_example_is_short():
    for path in (ROOT / "examples").glob("*/test_*.py"):
        tree = ast.parse(path.read_text())
        tests = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test")]
        assert tests, path
        assert all(node.end_lineno - node.lineno < 15 for node in tests), path


def test_what_is_shown_and_not_printed_is_noticed():
    assert shows('{"sid": "SM12",\n "url": "http://127.0.0.1:81/"}', '"sid": "SM…",\n"url": "http://127.0.0.1:4665/"}')
    assert not shows('{"sid": "PN12"}', '"sid": "SM…"')
    assert not shows("two\none", "one\ntwo"), "the order counts"
    assert "make setup" not in without_blocks(read(FIRST))


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
