"""docs/reference/cli.md lists every command with every option, and no other."""

import typer.main
from tests.docs.markdown_pages import codes, first_codes, read, sections

from offhook.cli.program import program

COMMANDS = typer.main.get_command(program).commands  # type: ignore[attr-defined]


def documented() -> dict[str, str]:
    """The section of each command, by its name; the program itself is the empty name."""
    found = {}
    for heading, text in sections(read("docs/reference/cli.md"), 2).items():
        words = codes(heading)[0].split()
        found[words[1] if len(words) > 1 else ""] = text
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
