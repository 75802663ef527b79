"""What is wrong with a document, and whether Twilio would go on.

What the reader warns of is passed over, and the document goes on. What stops it: an answer that is no TwiML, and a URL
that leads nowhere, as soon as it is reached.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import takewhile

from offhook.cli.twiml.sources import Source
from offhook.protocols.twiml import Document, TwimlError, messaging, parse, voice
from offhook.protocols.twiml.urls import resolve

Step = voice.Verb | messaging.Message | messaging.Redirect

ENDINGS = (voice.Redirect, voice.Hangup, voice.Reject, voice.Leave, messaging.Redirect)
_MESSAGING_ONLY = {"Message"}
_URLS = ("url", "action", "wait_url", "partial_callback")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `stops`: Twilio goes no further, and asks the fallback URL if there is one."""

    line: int
    code: int
    sentence: str
    stops: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """What there is to say about a document. `reached` is how many of its steps may be carried out."""

    problems: tuple[Problem, ...]
    is_messaging: bool = False
    steps: tuple[Step, ...] = ()
    reached: int = 0

    @property
    def stops(self) -> bool:
        """Whether Twilio would stop with an error."""
        return any(problem.stops for problem in self.problems)


def judge(source: Source, *, as_messaging: bool | None = None) -> Judgement:
    """Read a document as one for calls or for texts; None finds out which by its verbs."""
    try:
        document = parse(source.body, source.content_type)
    except TwimlError as problem:
        return Judgement((stopping(problem),), bool(as_messaging))
    is_messaging = _is_messaging(document) if as_messaging is None else as_messaging
    steps: tuple[Step, ...]
    if is_messaging:
        reply = messaging.read(document)
        steps, warnings = reply.steps, reply.warnings
    else:
        script = voice.read(document)
        steps, warnings = script.verbs, script.warnings
    reached = _reached(steps)
    problems = [Problem(warning.line, warning.code, warning.message) for warning in warnings]
    problems += _wrong_urls(steps[:reached], source.url)
    return Judgement(tuple(sorted(problems, key=lambda one: one.line)), is_messaging, steps, reached)


def stopping(problem: TwimlError) -> Problem:
    """A problem that ends everything."""
    return Problem(problem.line, problem.code, problem.message, stops=True)


def _is_messaging(document: Document) -> bool:
    verbs = {child.name for child in document.root.children} if document.root else set()
    return bool(verbs & _MESSAGING_ONLY)


def _reached(steps: Sequence[Step]) -> int:
    """How many steps there are up to and with the first that ends the document."""
    before = sum(1 for _ in takewhile(lambda step: not isinstance(step, ENDINGS), steps))
    return min(before + 1, len(steps))


def _wrong_urls(steps: Sequence[Step], document_url: str) -> Iterator[Problem]:
    for step in steps:
        for url in _urls(step):
            try:
                resolve(document_url, url)
            except TwimlError as problem:
                yield Problem(step.line, problem.code, problem.message, stops=True)


def _urls(step: Step | voice.Noun) -> Iterator[str]:
    """The URLs that are asked for when the step is carried out; an empty one is this document, or silence."""
    known = {item.name for item in fields(step)}
    yield from (url for name in _URLS if name in known and (url := getattr(step, name)))
    if isinstance(step, voice.Gather):
        yield from (url for prompt in step.prompts for url in _urls(prompt))
    if isinstance(step, voice.Dial):
        yield from (url for noun in step.nouns for url in _urls(noun))
