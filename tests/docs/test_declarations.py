"""docs/howto/declare-numbers.md: every file that it shows is accepted, and the words that it shows are ours."""

import tomllib
from pathlib import Path

from offhook.cli.declaring import sentences
from offhook.roles.declarations import parse
from tests.docs.markdown_pages import blocks, read

PAGE = read("docs/howto/declare-numbers.md")
FILES = [parse(tomllib.loads(block.text), Path("offhook.toml")) for block in blocks(PAGE, "toml")]


def test_every_file_that_is_shown_declares_something():
    assert len(FILES) >= 4
    assert all(sentences(declared) for declared in FILES)


def test_the_words_that_are_shown_are_those_of_the_first_file():
    shown = next(block.text for block in blocks(PAGE, "text") if "It declares" in block.text)
    assert shown.splitlines() == [
        "offhook.toml is fine. It declares:",
        *(f"  {sentence}" for sentence in sentences(FILES[0])),
    ]
