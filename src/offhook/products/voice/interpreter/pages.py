"""Where documents come from: they are asked for, or were given."""

from dataclasses import dataclass

Parameters = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A document to ask for; `parameters` are told besides those of the call."""

    url: str
    method: str = "POST"
    parameters: Parameters = ()


@dataclass(frozen=True, slots=True)
class Given:
    """A document that was given in full. What is relative in it is meant from `base`, where there is one."""

    twiml: str
    base: str = ""


Where = Page | Given


@dataclass(frozen=True, slots=True)
class Fallback:
    """Whom to ask when a document fails."""

    url: str
    method: str = "POST"
