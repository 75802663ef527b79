"""`offhook twiml check`: everything that is wrong with a document, then what it does."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from offhook.cli.twiml.judging import Judgement

twiml = typer.Typer(name="twiml", help="Look at TwiML documents.", no_args_is_help=True, rich_markup_mode=None)


@twiml.command()
def check(
    document: Annotated[str, typer.Argument(metavar="FILE|URL|-", help="the document, or the app that answers it")],
    messaging: Annotated[
        bool | None,
        typer.Option("--messaging/--voice", help="for texts, or for calls; the verbs say which if neither is given"),
    ] = None,
    method: Annotated[Literal["GET", "POST"], typer.Option(help="how a URL is asked")] = "POST",
) -> None:
    """Say what is wrong with a document, and what it does.

    A URL is asked as when a call comes in, signed if TWILIO_AUTH_TOKEN is set. Ends with 1 if Twilio would stop with an
    error, with 0 otherwise, warnings or not. Nothing needs to run.
    """
    from offhook.cli.twiml.judging import Judgement, judge, stopping
    from offhook.cli.twiml.sources import load
    from offhook.fetch import without_userinfo
    from offhook.protocols.twiml import TwimlError

    try:
        source = load(document, method)
    except TwimlError as problem:
        name, judgement = without_userinfo(document), Judgement((stopping(problem),))
    else:
        name, judgement = source.name, judge(source, as_messaging=messaging)
    for line in (*_problems(name, judgement), *_story(name, judgement)):
        typer.echo(line)
    raise typer.Exit(1 if judgement.stops else 0)


def _problems(name: str, judgement: "Judgement") -> Iterator[str]:
    """A line for each problem, as compilers write them, and below it what that means."""
    from offhook.web.error_pages import error_pages

    for problem in judgement.problems:
        kind = "error" if problem.stops else "warning"
        place = f"{name}:{problem.line}" if problem.line else name
        yield f"{place}: {kind} {problem.code}: {problem.sentence}"
        meaning = error_pages()[problem.code].body.partition("\n")[0].removeprefix("A warning: ")
        yield f"    Twilio {'stops here' if problem.stops else 'goes on'}. {meaning[0].upper()}{meaning[1:]}"


def _story(name: str, judgement: "Judgement") -> Iterator[str]:
    """What the document does, a line for each step, with its place in the document."""
    from offhook.cli.twiml.judging import ENDINGS
    from offhook.cli.twiml.words import sentence

    if judgement.stops and not judgement.steps:
        return
    yield f"{name} is a document for {'texts' if judgement.is_messaging else 'calls'}. It"
    for number, step in enumerate(judgement.steps):
        yield f"{step.line:>6}  {sentence(step)}" + ("" if number < judgement.reached else " (never reached)")
    if not any(isinstance(step, ENDINGS) for step in judgement.steps):
        yield f"{'':6}  ends" if judgement.is_messaging else f"{'':6}  ends, and so does the call"
