"""docs/reference/cli.md lists every command with every option, and no other."""

from typing import Any

import typer.main

from offhook.cli.program import program
from tests.docs.markdown_pages import codes, first_codes, read, sections


def commands(group: Any, name: str = "") -> dict[str, Any]:
    """Every command by its words after `offhook`; those of a group (`config`) one by one."""
    found: dict[str, Any] = {}
    for word, command in group.commands.items():
        words = f"{name} {word}".strip()
        found |= commands(command, words) if hasattr(command, "commands") else {words: command}
    return found


COMMANDS = commands(typer.main.get_command(program))


def documented() -> dict[str, str]:
    """The section of each command, by its words; the program itself is the empty name."""
    found = {}
    for heading, text in sections(read("docs/reference/cli.md"), 2).items():
        words = codes(heading)[0].partition(" -- ")[0].split()
        found[" ".join(words[1:])] = text
    return found


def test_every_command_is_documented_and_nothing_else():
    assert sorted(documented()) == sorted(["", *COMMANDS])


def test_every_option_of_a_command_is_documented_and_nothing_else():
    for name, command in COMMANDS.items():
        options = [p for p in command.params if p.param_type_name == "option" and not p.hidden]
        spellings = {spelling for p in options for spelling in (*p.opts, *p.secondary_opts)}
        assert set(first_codes(documented()[name])) == spellings | {"--help", "-h"}, name


def test_the_options_of_the_program_itself_are_documented():
    options = typer.main.get_command(program).params
    spellings = {spelling for p in options for spelling in p.opts}
    assert set(first_codes(documented()[""])) == spellings | {"--help", "-h"}
