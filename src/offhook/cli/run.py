"""`offhook run`: a program as it is, in an environment that leads it to Offhook.

The program keeps our standard streams and our process group. Signals that we get are passed on, except a Ctrl-C typed
at the terminal, which the terminal has sent to the program already. The program's end is ours: the same exit code,
and 128 + n for signal n.
"""

import asyncio
import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer
from typer.core import TyperCommand

from offhook.cli import finding
from offhook.cli import leash as leashes
from offhook.cli.companion import LOG, companion
from offhook.cli.failing import CommandError
from offhook.cli.flags import Data, Leash
from offhook.roles.connection import Connection

PASSED_ON = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1, signal.SIGUSR2)
TYPED = (signal.SIGINT, signal.SIGQUIT)
NOT_EXECUTABLE, NOT_FOUND = 126, 127  # as shells say it


class RunCommand(TyperCommand):
    """`offhook run`, whose usage shows the -- that parts our options from the program's."""

    def collect_usage_pieces(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """What follows `offhook run` in the help."""
        return ["[OPTIONS]", "--", "CMD", "[ARG]..."]


def run(
    command: Annotated[
        list[str],
        typer.Argument(metavar="CMD [ARG]...", help="the program and its arguments, as typed without Offhook"),
    ],
    data: Data = None,
    leash: Leash = None,
) -> None:
    """Run a program, unchanged, so that its Twilio is Offhook.

    Its TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN become Offhook's. When no Offhook runs, one is started for it.
    """
    raise typer.Exit(run_program(command, finding.data_folder(data), leash))


def run_program(command: Sequence[str], folder: Path, leash: int | None = None) -> int:
    """Run `command` against the Offhook of `folder` and return its exit code. Raises CommandError."""
    import uvloop

    if os.sep not in command[0] and shutil.which(command[0]) is None:
        raise _no_such(command)
    with ExitStack() as stack:
        connection = finding.running(folder)
        if connection is None:
            connection = stack.enter_context(companion(folder))
            typer.echo(f"offhook: none runs on {folder}, started one for this (log: {folder / LOG})", err=True)
        return uvloop.run(_run(command, connection, leash))


async def _run(command: Sequence[str], connection: Connection, leash: int | None) -> int:
    from offhook.interception.proxy import Proxy
    from offhook.interception.upstream import UnsupportedProxyError, upstream_of

    try:
        upstream = upstream_of(os.environ)
    except UnsupportedProxyError as problem:
        raise CommandError(f"{problem}. Unset it, or name an HTTP proxy.") from problem
    tls_port, port = (urlsplit(url).port or 0 for url in (connection.tls_url, connection.url))
    proxy = Proxy(tls_port, port, upstream, ca=Path(connection.ca))
    proxy_url = f"http://127.0.0.1:{await proxy.start()}"
    try:
        child = _start(command, _environment(connection, proxy_url))
        _pass_signals_to(child)
        if leash is not None:
            leashes.on_release(leash, child.terminate)
        ended = await asyncio.to_thread(child.wait)
    finally:
        await proxy.stop()
    return ended if ended >= 0 else 128 - ended


def _environment(connection: Connection, proxy_url: str) -> dict[str, str]:
    from offhook.interception.bundles import write_bundles
    from offhook.interception.environment import applied, compose

    bundles = write_bundles(os.environ, Path(connection.ca))
    return applied(os.environ, compose(os.environ, connection=connection, proxy_url=proxy_url, bundles=bundles))


def _start(command: Sequence[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(list(command), env=environment)  # noqa: S603
    except FileNotFoundError as problem:
        raise _no_such(command) from problem
    except OSError as problem:
        raise CommandError(f"{command[0]} cannot be run: {problem.strerror}", NOT_EXECUTABLE) from problem


def _no_such(command: Sequence[str]) -> CommandError:
    return CommandError(
        f"there is no program {command[0]}. What follows -- is run as typed, without a shell.", NOT_FOUND
    )


def _pass_signals_to(child: subprocess.Popen[bytes]) -> None:
    loop = asyncio.get_running_loop()

    def pass_on(number: signal.Signals) -> None:
        if not (number in TYPED and _in_the_foreground()):
            child.send_signal(number)

    for number in PASSED_ON:
        loop.add_signal_handler(number, pass_on, number)


def _in_the_foreground() -> bool:
    """Whether what is typed at the terminal reaches our process group, of which the program is a member."""
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY)
    except OSError:
        return False
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:
        return False
    finally:
        os.close(terminal)
