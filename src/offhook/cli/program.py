"""The program `offhook`: its commands, its help, and how it ends."""

import sys
from typing import Annotated

import typer

from offhook.cli.config import config
from offhook.cli.console import console
from offhook.cli.demo.command import demo
from offhook.cli.doctor.command import doctor
from offhook.cli.env import env
from offhook.cli.failing import CommandError
from offhook.cli.run import RunCommand, run
from offhook.cli.twiml.command import twiml
from offhook.cli.up import up

SUMMARY = """A self-hosted Twilio: the phone network as an API, on your own machine.

Programs that were written for Twilio talk to it unchanged, and virtual phones text them back.
"""
EXAMPLES = """\b
Examples:
  offhook demo                   see a text go to a phone, and its answer come back
  offhook up                     start, and stay until Ctrl-C
  offhook run -- python app.py   an untouched Twilio app, talking to Offhook
  eval "$(offhook env)"          the same for everything in this shell
  offhook console                a link to the console, in the browser

\b
offhook COMMAND --help tells more about a command.
"""

program = typer.Typer(
    name="offhook",
    help=SUMMARY,
    epilog=EXAMPLES,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from offhook import __version__

        typer.echo(f"offhook {__version__}")
        raise typer.Exit


@program.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Options of the program itself."""


program.command()(up)
program.command(cls=RunCommand, context_settings={"allow_interspersed_args": False})(run)
program.command()(env)
program.command()(console)
program.command()(demo)
program.command()(doctor)
program.add_typer(config)
program.add_typer(twiml)


def main() -> None:
    """Run the command that was typed. Exits 0, 1 with a sentence, or 2 for a command line that makes no sense."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # an ASCII terminal shows a ? for what it cannot show
    try:
        program(prog_name="offhook")
    except CommandError as problem:
        typer.echo(f"offhook: {problem}", err=True)
        sys.exit(problem.exit_code)
