"""`offhook env`: the variables that make a shell's programs reach the running Offhook."""

import os
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from offhook.cli import finding
from offhook.cli.failing import CommandError
from offhook.cli.flags import Data
from offhook.roles.naming import data_flag, program_name


def env(
    data: Data = None,
    shell: Annotated[Literal["sh", "fish"], typer.Option(help="for which shell")] = "sh",
) -> None:
    """Print the variables that lead a shell's programs to Offhook.

    \b
    In sh, bash, zsh:  eval "$(offhook env)"
    In fish:           offhook env --shell fish | source
    """
    from offhook.interception.bundles import write_bundles
    from offhook.interception.environment import compose, shell_exports

    folder = finding.data_folder(data)
    connection = finding.running(folder)
    if connection is None:
        raise CommandError(f"no Offhook runs on {folder}. Start one: {program_name()} up{data_flag(folder)}")
    bundles = write_bundles(os.environ, Path(connection.ca))
    changes = compose(os.environ, connection=connection, proxy_url=connection.proxy_url, bundles=bundles)
    typer.echo(shell_exports(changes, shell), nl=False)
    if sys.stdout.isatty():
        typer.echo(f'# To set these in this shell: eval "$({program_name()} env{data_flag(folder)})"', err=True)
