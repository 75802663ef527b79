"""`offhook up`: everything in one process, until it is told to stop."""

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from offhook.cli import leash as leashes
from offhook.cli.failing import CommandError
from offhook.cli.flags import Data, Leash, flag
from offhook.roles import settings
from offhook.roles.settings import Settings

LogLevel = Literal["debug", "info", "warning", "error"]


def up(
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
    leash: Leash = None,
) -> None:
    """Start Offhook and stay until Ctrl-C.

    Every option is also a variable (OFFHOOK_PORT) and a key of offhook.toml in the current folder.
    """
    flags = {name: value for name, value in locals().items() if name != "leash"}
    raise typer.Exit(serve(_load(flags), leash))


def serve(chosen: Settings, leash: int | None = None) -> int:
    """Run an Offhook until a signal, or the end of the leash; returns the exit code. Raises CommandError."""
    import uvloop

    from offhook.roles import logging

    logging.configure(chosen.log_level)
    return uvloop.run(_serve(chosen, leash))


async def _serve(chosen: Settings, leash: int | None) -> int:
    from offhook.cli.announcing import announce, announce_end
    from offhook.cli.explaining import EXPECTED, explain
    from offhook.roles import garbage
    from offhook.roles.everything import Everything

    told = _stop_signals()
    if leash is not None:
        leashes.on_release(leash, told.set)
    everything = Everything(chosen, Path(settings.FILE))
    try:
        connection = await everything.start()
    except EXPECTED as problem:
        raise CommandError(explain(problem, chosen)) from problem
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, _on_hangup(everything.reload, told))
    garbage.settle()
    announce(connection, chosen)
    await told.wait()
    announce_end()
    await everything.stop()
    return 0


def _stop_signals() -> asyncio.Event:
    """Is set by the first SIGINT or SIGTERM; the second ends the process on the spot. What was accepted is durable."""
    told = asyncio.Event()

    def tell(number: signal.Signals) -> None:
        if told.is_set():
            os._exit(128 + number)
        told.set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, tell, number)
    return told


def _on_hangup(reload: Callable[[], None], told: asyncio.Event) -> Callable[[], None]:
    """What SIGHUP means: the window we run in was closed, or else that offhook.toml is to be applied again."""
    had_terminal, streams = _has_terminal(), [stream for stream in (1, 2) if os.isatty(stream)]

    def act() -> None:
        if not had_terminal or _has_terminal():
            return reload()
        _fall_silent(streams)
        return told.set()

    return act


def _has_terminal() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY))
    except OSError:
        return False
    return True


def _fall_silent(streams: list[int]) -> None:
    """Say nothing any more: writing to a terminal that is gone fails, and the end must not."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _load(flags: dict[str, Any]) -> Settings:
    from offhook.roles import declarations

    try:
        chosen = settings.load(flags)
        declarations.read(Path(settings.FILE))
        return chosen
    except settings.SettingError as problem:
        raise CommandError(f"{problem}. {_where_to_look()}") from problem


def _where_to_look() -> str:
    if Path(settings.FILE).exists():
        return f"`offhook up --help` says what there is to set, {settings.FILE} what is set."
    return "`offhook up --help` says what there is to set."
