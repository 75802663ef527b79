"""What a messaging document asks for: messages to send, in order, and perhaps a document to go on with.

A `<Redirect>` ends the document; what follows it is never reached. Text beside a `<Body>` belongs to the message
too, so the pieces are joined, each on its own line. Space around a text is not part of it. URLs are given as
written; `urls.resolve` makes them absolute. `line` says where a step stands, and makes no difference between two.

Source: Twilio, "TwiML Message: <Message>" and "TwiML SMS: <Redirect>".
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from .document import Document, Element, TwimlWarning
from .messaging_schema import MESSAGING
from .schema import check

MAX_BODY = 1600
INVALID_BODY = 14103

Method = Literal["GET", "POST"]


@dataclass(frozen=True, slots=True)
class Message:
    """A message to send; `to` and `from_` are None for "back to the sender" and "from the number that was texted"."""

    body: str | None = None
    media: tuple[str, ...] = ()
    to: str | None = None
    from_: str | None = None
    action: str | None = None
    method: Method = "POST"
    status_callback: str | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where to fetch the next document; an empty URL is this document again."""

    url: str
    method: Method = "POST"
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """What to do, in order, and what was passed over."""

    steps: tuple[Message | Redirect, ...] = ()
    warnings: tuple[TwimlWarning, ...] = ()


def read(document: Document) -> Reply:
    """Read a document as a reply to a text; a plain text is one message.

    Never raises. Warnings are 12200 for what the schema does not know and 14103 for a message that cannot be sent,
    having neither text nor media or more than 1,600 characters; such a message is left out of the steps.
    """
    if document.root is None:
        element = Element("Message", content=[document.text or ""])
        return _reply([element] if element.text else [], ())
    return _reply(_reachable(document.root), check(document.root, MESSAGING))


def _reply(verbs: list[Element], warnings: tuple[TwimlWarning, ...]) -> Reply:
    steps: list[Message | Redirect] = []
    for verb in verbs:
        step = _redirect(verb) if verb.name == "Redirect" else _message(verb)
        problem = _problem(step)
        if problem is None:
            steps.append(step)
        else:
            warnings += (TwimlWarning(INVALID_BODY, problem, verb.line),)
    return Reply(tuple(steps), warnings)


def _reachable(root: Element) -> list[Element]:
    """List the known verbs up to and with the first redirect."""
    verbs: list[Element] = []
    for verb in root.children:
        if verb.name in MESSAGING["Response"].children:
            verbs.append(verb)
        if verb.name == "Redirect":
            break
    return verbs


def _message(verb: Element) -> Message:
    return Message(
        body="\n".join(_texts(verb)) or None,
        media=tuple(child.text for child in verb.children if child.name == "Media" and child.text),
        to=_attribute(verb, "to"),
        from_=_attribute(verb, "from"),
        action=_attribute(verb, "action"),
        method=_method(verb),
        status_callback=_attribute(verb, "statusCallback"),
        line=verb.line,
    )


def _texts(verb: Element) -> Iterator[str]:
    """Yield the pieces of the message's text that are not blank: its own and those of every `<Body>`."""
    for part in verb.content:
        if isinstance(part, Element) and part.name != "Body":
            continue
        text = part.text if isinstance(part, Element) else part.strip()
        if text:
            yield text


def _redirect(verb: Element) -> Redirect:
    return Redirect(verb.text, _method(verb), verb.line)


def _method(verb: Element) -> Method:
    return "GET" if verb.attributes.get("method", "").strip().upper() == "GET" else "POST"


def _attribute(verb: Element, name: str) -> str | None:
    return verb.attributes.get(name, "").strip() or None


def _problem(step: Message | Redirect) -> str | None:
    """Say why a message cannot be sent; None when it can."""
    if isinstance(step, Redirect):
        return None
    if step.body is None and not step.media:
        return "The message has neither text nor media"
    if step.body is not None and len(step.body) > MAX_BODY:
        return f"The message has {len(step.body)} characters, more than {MAX_BODY}"
    return None
