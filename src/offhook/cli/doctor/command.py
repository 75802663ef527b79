"""`offhook doctor`: looks, tries, and says what to do. It never leaves this machine."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from offhook.cli.companion import companion
from offhook.cli.doctor.verdict import State, Verdict, broken, untested
from offhook.cli.failing import CommandError
from offhook.cli.flags import Data
from offhook.roles.connection import Connection
from offhook.roles.settings import PREFIX

MARKS = {
    State.WORKS: ("works", "green"),
    State.BROKEN: ("BROKEN", "bold red"),
    State.ADVICE: ("look", "yellow"),
    State.UNTESTED: ("-", "dim"),
}


def doctor(
    data: Data = None,
    python: Annotated[
        str | None, typer.Option(metavar="PATH", help="the Python that your programs run with [python]")
    ] = None,
) -> None:
    """Say what is wrong here and how to mend it.

    Looks at the settings, the data folder and the shell, then runs small programs as `offhook run` would, one for each
    way to reach Offhook. Uses the Offhook that runs, or a temporary one. Ends with 0 when all that can be tested works.
    """
    from offhook.cli.doctor.examining import service_verdicts

    report = Report()
    report.head("Here")
    connection = _look(data, report)
    try:
        with _offhook(connection) as offhook:
            report.head("Offhook" if connection else "Offhook (a temporary one)")
            report.tell(*service_verdicts(offhook))
            report.head("Programs")
            report.tell(*_program_verdicts(offhook, python))
    except CommandError as problem:
        report.tell(broken("Offhook", f"a temporary one does not start: {problem}", "see above"))
    raise typer.Exit(report.end())


class Report:
    """What a person is told, line by line, and how many things are broken."""

    def __init__(self) -> None:
        self._console = Console(highlight=False, soft_wrap=True)
        self._broken = 0
        self._gap = ""

    def head(self, text: str) -> None:
        """A heading."""
        self._console.print(f"{self._gap}{text}", style="bold")
        self._gap = "\n"

    def tell(self, *verdicts: Verdict) -> None:
        """A line for each, and another where something is to be done."""
        for verdict in verdicts:
            mark, style = MARKS[verdict.state]
            name = f"{verdict.name:<22} "
            self._console.print(Text.assemble("  ", (f"{mark:<7} ", style), name, (verdict.why, "dim")))
            if verdict.remedy:
                self._console.print(Text.assemble(" " * 10, "to do: ", (verdict.remedy, "bold")))
            self._broken += verdict.state is State.BROKEN

    def end(self) -> int:
        """The last line; returns the exit code."""
        things = "thing does" if self._broken == 1 else "things do"
        wrong = f"{self._broken} {things} not work; each says what to do."
        self._console.print(f"\n{wrong if self._broken else 'Everything that can be tested here works.'}")
        return 1 if self._broken else 0


def _look(data: Path | None, report: Report) -> Connection | None:
    """What can be seen without running anything. Returns the Offhook that runs and answers."""
    from offhook.cli.doctor import premises
    from offhook.cli.doctor.examining import port_verdict, running_verdict

    chosen, verdict = premises.chosen_settings(data)
    report.tell(verdict, *premises.folder_verdicts(chosen.data))
    connection, verdict = running_verdict(chosen.data)
    report.tell(verdict)
    if connection is None and verdict.state is State.WORKS:
        report.tell(port_verdict(chosen))
    ca = chosen.data / "tls" / "ca.pem"
    report.tell(premises.authority_verdict(ca), *premises.environment_verdicts(os.environ))
    report.tell(*premises.speech_verdicts(chosen.speech_recognizer))
    return connection


def _program_verdicts(offhook: Connection, named: str | None) -> Iterator[Verdict]:
    from offhook.cli.doctor.probes import other_probes, python_of, python_probes
    from offhook.cli.doctor.probing import Probing

    probing = Probing(offhook)
    python = python_of(named)
    if python is None:
        yield broken("Python", f"there is no program {named}", "name the Python of your programs with --python")
    others = other_probes()
    yield from probing.verdicts([*(python_probes(python) if python else []), *others])
    for name in ("curl", "Node"):
        if not any(probe.name.startswith(name) for probe in others):
            yield untested(name, "is not on the PATH")
    yield probing.shell_verdict()


@contextmanager
def _offhook(running: Connection | None) -> Iterator[Connection]:
    """The Offhook that runs, or one for the time of the test, with default settings, in a folder of its own."""
    if running is not None:
        yield running
        return
    without = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    without = {name: value for name, value in without.items() if not name.upper().endswith("_PROXY")}
    with (
        tempfile.TemporaryDirectory(prefix="offhook-doctor-") as folder,
        companion(Path(folder, "data"), environment=without, directory=Path(folder)) as started,
    ):
        yield started
