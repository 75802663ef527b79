"""URLs in a document, as they are meant: against the URL that the document came from."""

from offhook.products.voice.interpreter.effects import Page, Parameters, Warn
from offhook.products.voice.interpreter.session import Session, Steps
from offhook.protocols.twiml import TwimlError
from offhook.protocols.twiml.urls import resolve


def absolute(session: Session, reference: str, verb: str, line: int) -> Steps[str | None]:
    """The URL that `reference` means; None, with an alert, where it is none."""
    try:
        return resolve(session.url, reference)
    except TwimlError as problem:
        yield Warn(problem.code, f"<{verb}>: {problem.message}", line, is_error=True)
        return None


def page(
    session: Session, reference: str | None, method: str, parameters: Parameters, verb: str, line: int
) -> Steps[Page | None]:
    """The document that an action leads to; None where none is asked for, or, with an alert, where it is no URL."""
    if reference is None:
        return None
    url = yield from absolute(session, reference, verb, line)
    return None if url is None else Page(url, method, parameters)


def action(
    session: Session, reference: str | None, method: str, parameters: Parameters, verb: str, line: int
) -> Steps[Page | None]:
    """The document that `action` leads to: this document again, asked for with POST, where it is not given.

    None, with an alert, where there is no URL to ask: the document was given with the call.
    """
    return (yield from page(session, reference or "", method if reference else "POST", parameters, verb, line))
