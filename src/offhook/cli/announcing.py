"""What `offhook up` shows a person: where it answers and what to do next. The auth token is never shown."""

from pathlib import Path

from rich.console import Console
from rich.text import Text

from offhook import __version__
from offhook.roles.connection import Connection
from offhook.roles.naming import data_flag, program_name, shown_path
from offhook.roles.settings import Settings


def announce(connection: Connection, settings: Settings) -> None:
    """Say that Offhook is ready."""
    console = Console(highlight=False)
    mode = "production" if settings.is_production else "dev"
    offhook, data = program_name(), data_flag(settings.data)
    facts = (
        ("API", connection.url, ""),
        ("TLS", connection.tls_url, f"answers as *.twilio.com; CA in {shown_path(Path(connection.ca))}"),
        ("Console", connection.console_url, f"signs in once; another link: {offhook} console{data}"),
        ("Account", connection.account_sid, f"its token: {offhook} env{data}"),
        ("Tests", connection.test_account_sid, "test credentials: all is checked and answered, nothing is done"),
        ("Data", str(settings.data), f"{mode} mode, {settings.clock} clock"),
    )
    steps = (
        (f"{offhook} run{data} -- python app.py", "an untouched Twilio app talks to this Offhook"),
        (f'eval "$({offhook} env{data})"', "everything in that shell does"),
    )
    console.print(Text.assemble("\n", ("Offhook is running", "bold"), (f"  {__version__}\n", "dim")))
    for name, value, remark in facts:
        _line(console, Text.assemble(f"  {name:<9}", (value, "cyan"), (f"  {remark}" if remark else "", "dim")))
    console.print("\nIn another terminal, from this folder:" if not Path(settings.data).is_absolute() else "\nNext:")
    width = max(len(command) for command, _ in steps)
    for command, meaning in steps:
        _line(console, Text.assemble("  ", (command.ljust(width), "green"), f"  {meaning}"))
    console.print("\nCtrl-C stops it.\n")


def announce_end() -> None:
    """Say that Offhook stops."""
    Console(highlight=False).print("Stopping: what was begun is finished first. Ctrl-C again stops at once.")


def _line(console: Console, text: Text) -> None:
    console.print(text, soft_wrap=True)  # the terminal may wrap it; what is copied from there stays one line
