"""What a webhook answered, as a tree: the floor that messaging and voice both stand on.

An element keeps its text and children in the order they were written, because `<Say>` mixes words with SSML.
Lines are kept, because a warning without a line is hard to act on. Names keep their prefix (`xml:lang`).
"""

from dataclasses import dataclass, field


class TwimlError(Exception):
    """The answer cannot be carried out. `code` is Twilio's error, `line` counts from 1 (0 where there is no line)."""

    def __init__(self, code: int, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.line = line


@dataclass(frozen=True, slots=True)
class TwimlWarning:
    """Something in the document was passed over; the rest is carried out."""

    code: int
    message: str
    line: int


@dataclass(slots=True)
class Element:
    """One element: its attributes as written and its content, strings and elements in document order."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    line: int = 1
    content: list["Element | str"] = field(default_factory=list)

    @property
    def children(self) -> tuple["Element", ...]:
        """The elements directly inside this one."""
        return tuple(part for part in self.content if isinstance(part, Element))

    @property
    def text(self) -> str:
        """The text directly inside this element, without the space around it."""
        return "".join(part for part in self.content if isinstance(part, str)).strip()


@dataclass(frozen=True, slots=True)
class Document:
    """An answer that could be read: a `<Response>`, or the text of a `text/plain` answer, or neither (it was empty)."""

    root: Element | None = None
    text: str | None = None
