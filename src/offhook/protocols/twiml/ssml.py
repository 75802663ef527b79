"""The words of `<Say>`: plain text, or Speech Synthesis Markup Language 1.1 (W3C).

Twilio takes the tags of SSML directly inside `<Say>`, without `<speak>` around them; whoever speaks needs it around
them. What people hear is also wanted as plain words, for transcripts.
"""

from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from .document import Element

TAGS: Mapping[str, tuple[str, ...]] = {
    "break": ("strength", "time"),
    "emphasis": ("level",),
    "lang": ("xml:lang",),
    "p": (),
    "phoneme": ("alphabet", "ph"),
    "prosody": ("pitch", "rate", "volume"),
    "s": (),
    "say-as": ("format", "interpret-as"),
    "sub": ("alias",),
    "w": ("role",),
}  # each with its attributes
_APART = frozenset({"break", "p", "s"})


def is_marked_up(say: Element) -> bool:
    """Whether there is SSML among the words."""
    return any(child.name in TAGS for child in say.children)


def marked_up(say: Element) -> str:
    """The content as SSML in `<speak>`; what is not SSML is left out, but its words stay."""
    return f"<speak>{''.join(_markup(say)).strip()}</speak>"


def plain(say: Element) -> str:
    """What is heard, as words with one space between them."""
    return " ".join("".join(_words(say)).split())


def _markup(element: Element) -> Iterator[str]:
    for part in element.content:
        if isinstance(part, str):
            yield escape(part)
        elif part.name in TAGS:
            yield f"<{part.name}{_attributes(part)}>{''.join(_markup(part))}</{part.name}>"
        else:
            yield from _markup(part)


def _attributes(element: Element) -> str:
    known = [(name, element.attributes.get(name)) for name in TAGS[element.name]]
    return "".join(f" {name}={quoteattr(value)}" for name, value in known if value is not None)


def _words(element: Element) -> Iterator[str]:
    if element.name == "sub" and element.attributes.get("alias"):
        yield element.attributes["alias"]
        return
    for part in element.content:
        if isinstance(part, str):
            yield part
        else:
            apart = " " if part.name in _APART else ""
            yield from (apart, *_words(part), apart)
