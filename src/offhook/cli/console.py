"""`offhook console`: a link that signs a browser in to the console of the running Offhook, and its password."""

import sys
import webbrowser
from typing import Annotated
from urllib.parse import urlsplit

import typer

from offhook.cli import finding
from offhook.cli.demo.api import Api
from offhook.cli.failing import CommandError
from offhook.cli.flags import Data
from offhook.roles.connection import Connection
from offhook.roles.naming import data_flag, program_name

LINKS, PASSWORD = "/offhook/v1/Console/Links", "/offhook/v1/Console/Password"


def console(
    data: Data = None,
    open_: Annotated[bool, typer.Option("--open", help="open it in the browser of this machine as well")] = False,
    set_password: Annotated[
        bool, typer.Option("--set-password", help="set the password that signs in without a link; asks for it")
    ] = False,
    remove_password: Annotated[bool, typer.Option("--remove-password", help="let links alone sign in again")] = False,
) -> None:
    """Print a link that signs a browser in to the console, once.

    It is good until it is used, or until Offhook stops.
    """
    if set_password + remove_password + open_ > 1:
        raise CommandError("--open, --set-password and --remove-password do not go together", exit_code=2)
    folder = finding.data_folder(data)
    connection = finding.running(folder)
    if connection is None:
        raise CommandError(f"no Offhook runs on {folder}. Start one: {program_name()} up{data_flag(folder)}")
    api = Api(connection)
    if set_password:
        _set_password(api)
    elif remove_password:
        _remove_password(api)
    else:
        _show(_new_link(api, connection), opened=open_)


def _new_link(api: Api, connection: Connection) -> str:
    """A new link, at the address of the first one."""
    path = urlsplit(api.post(LINKS)["url"]).path
    parts = urlsplit(connection.console_url)
    return f"{parts.scheme}://{parts.netloc}{path}"


def _set_password(api: Api) -> None:
    from offhook.console.passwords import LONGEST, SHORTEST

    password = _asked_for()
    if not SHORTEST <= len(password) <= LONGEST:
        raise CommandError(f"a password has {SHORTEST} to {LONGEST} characters.")
    api.post(PASSWORD, Password=password)
    typer.echo("The password is set. Whoever was signed in to the console has to sign in again.")


def _remove_password(api: Api) -> None:
    if not api.get(PASSWORD)["is_set"]:
        raise CommandError("there is no password: links alone sign in.")
    api.delete(PASSWORD)
    typer.echo("Links alone sign in now. Whoever was signed in to the console has to sign in again.")


def _show(link: str, *, opened: bool) -> None:
    typer.echo(link)
    if opened and not webbrowser.open(link):
        raise CommandError("no browser could be started here. Open the link yourself.")


def _asked_for() -> str:
    """The password, typed twice; or the first line of what is piped in."""
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt="Once more"))
    return sys.stdin.readline().rstrip("\r\n")
