"""`offhook config`: what offhook.toml declares, and which settings are in force and why."""

import os
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.table import Table

from offhook.cli.failing import CommandError
from offhook.cli.flags import Data, flag
from offhook.roles import settings
from offhook.roles.settings import SettingError, Settings

SECRETS = ("auth_token", "test_auth_token")
URLS_WITH_SECRETS = ("database", "smtp_url")

config = typer.Typer(
    name="config",
    help="Look at offhook.toml and at the settings in force.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@config.command()
def check(
    file: Annotated[Path | None, typer.Option(metavar="FILE", help="another file than ./offhook.toml")] = None,
) -> None:
    """Say in words what offhook.toml declares, and what is wrong with it.

    Ends with 0 when nothing is, with 1 otherwise. Nothing needs to run.
    """
    from offhook.cli.declaring import sentences
    from offhook.roles import declarations
    from offhook.roles.logging import without_secrets

    path = file or Path(settings.FILE)
    if not path.is_file():
        raise typer.Exit(_nothing(path, meant=file is not None))
    try:
        settings.of_file(path)
        declared = declarations.read(path)
    except SettingError as problem:
        raise CommandError(without_secrets(_in_lines(problem, path))) from problem
    told = sentences(declared)
    typer.echo(f"{path} is fine. It declares" + (":" if told else " nothing besides settings."))
    for sentence in told:
        typer.echo(f"  {without_secrets(sentence)}")


@config.command()
def show(
    data: Data = None,
    host: Annotated[str | None, flag("host", metavar="ADDRESS")] = None,
    port: Annotated[int | None, flag("port", metavar="PORT")] = None,
    tls_port: Annotated[int | None, flag("tls_port", metavar="PORT")] = None,
    database: Annotated[str | None, flag("database", metavar="URL")] = None,
    clock: Annotated[Literal["real", "virtual"] | None, flag("clock", metavar="KIND")] = None,
    mode: Annotated[Literal["dev", "production"] | None, flag("mode", metavar="MODE")] = None,
    public_url: Annotated[str | None, flag("public_url", metavar="URL")] = None,
    strict: Annotated[bool | None, flag("strict", "--strict/--no-strict")] = None,
    media_auth: Annotated[bool | None, flag("media_auth", "--media-auth/--no-media-auth")] = None,
    countries: Annotated[str | None, flag("countries", metavar="CODES")] = None,
    concurrency: Annotated[int | None, flag("concurrency", metavar="REQUESTS")] = None,
    exchanges_mb: Annotated[int | None, flag("exchanges_mb", metavar="MEGABYTES")] = None,
    speech_recognizer: Annotated[str | None, flag("speech_recognizer", metavar="COMMAND")] = None,
    mail_from: Annotated[str | None, flag("mail_from", metavar="ADDRESS")] = None,
    verify_sender: Annotated[str | None, flag("verify_sender", metavar="NUMBER")] = None,
    verify_ttl: Annotated[int | None, flag("verify_ttl", metavar="SECONDS")] = None,
    verify_pumping: Annotated[
        Literal["block", "monitor", "off"] | None, flag("verify_pumping", metavar="ACTION")
    ] = None,
    verify_resend_wait: Annotated[int | None, flag("verify_resend_wait", metavar="SECONDS")] = None,
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"] | None, flag("log_level", metavar="LEVEL")
    ] = None,
) -> None:
    """Print every setting in force, and where it comes from.

    The options are those of `offhook up`: it says what that would use here with the same ones.
    """
    flags = dict(locals())
    try:
        chosen, sources = settings.load(flags), settings.origins(flags)
    except SettingError as problem:
        raise CommandError(f"{problem}.") from problem
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in ("setting", "value", "from"):
        table.add_column(heading, no_wrap=True)
    for item in fields(Settings):
        table.add_row(item.name, *_in_force(item.name, chosen, sources[item.name]))
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = 200  # a file or a pipe has no width; nothing is cut off
    console.print(table)


def _in_force(name: str, chosen: Settings, source: str) -> tuple[str, str]:
    """A setting's value and where it comes from; the mode follows from the address unless it is named."""
    if name == "mode" and chosen.mode is None:
        if chosen.is_production:
            return "production", f"{source}: {chosen.host} is no loopback address"
        return "dev", f"{source}: {chosen.host} is a loopback address"
    return shown(name, getattr(chosen, name)), source


def shown(name: str, value: Any) -> str:
    """A setting's value as a person may see it: no tokens, no passwords."""
    if value is None:
        return "-"
    if name in SECRETS:
        return "(set, not shown)"
    if name in URLS_WITH_SECRETS:
        scheme, _, rest = str(value).partition("://")
        user, at, place = rest.rpartition("@")
        return f"{scheme}://{user.partition(':')[0]}{at}{place.partition('?')[0]}"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _in_lines(problem: SettingError, path: Path) -> str:
    """What is wrong, a line for each thing, after the name of the file."""
    problems = getattr(problem, "problems", None)
    if problems is None:
        return f"{path}: {str(problem).removeprefix(f'{path}: ')}"
    return "\n  ".join([f"{path} makes no sense:", *problems])


def _nothing(path: Path, *, meant: bool) -> int:
    if meant:
        raise CommandError(f"there is no file {path}.")
    typer.echo(f"There is no {path} in {os.getcwd()}: nothing is declared, and no setting comes from it.")
    return 0
