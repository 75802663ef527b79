"""Checking a document against a table of what may stand where.

A table names one rule for each kind of element. A rule lists the attributes, with the allowed values where they are
an enumeration, and which children may stand inside. The same tag can mean different things in different places
(`<Sip>` in `<Dial>` and in `<Refer>`), so a child's tag leads to the name of a rule.

Twilio does not refuse a document for breaking its schema: error 12200 is a warning, and the rest is carried out.
The same is done here, so this file only reports; the readers pass over what they do not know.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from .document import Element, TwimlWarning

SCHEMA_WARNING = 12200
MAX_WARNINGS = 20


@dataclass(frozen=True, slots=True)
class Rule:
    """What an element may have: attributes (with their values, or None for any), children (tag to rule), text.

    `stray` is the code of the warning about another child.
    """

    attributes: Mapping[str, frozenset[str] | None] = field(default_factory=dict)
    children: Mapping[str, str] = field(default_factory=dict)
    text: bool = False
    stray: int = SCHEMA_WARNING


Schema = Mapping[str, Rule]


def check(element: Element, schema: Schema, rule: str = "Response") -> tuple[TwimlWarning, ...]:
    """List what does not conform, the first 20 in document order; unknown elements are not looked into."""
    return tuple(islice(_check(element, schema, schema[rule]), MAX_WARNINGS))


def _check(element: Element, schema: Schema, rule: Rule) -> Iterator[TwimlWarning]:
    yield from _check_attributes(element, rule)
    if element.text and not rule.text:
        yield _warning(f"Element '{element.name}' must not contain text", element)
    for child in element.children:
        if child.name in rule.children:
            yield from _check(child, schema, schema[rule.children[child.name]])
        else:
            yield _warning(f"Element '{child.name}' is not allowed in '{element.name}'", child, rule.stray)


def _check_attributes(element: Element, rule: Rule) -> Iterator[TwimlWarning]:
    for name, value in element.attributes.items():
        if name not in rule.attributes:
            if not name.startswith("xmlns"):
                yield _warning(f"Attribute '{name}' is not allowed in '{element.name}'", element)
            continue
        allowed = rule.attributes[name]
        if allowed is not None and value not in allowed:
            choices = ", ".join(sorted(allowed))
            yield _warning(f"'{value}' is not a value of '{name}' in '{element.name}': {choices}", element)


def _warning(message: str, element: Element, code: int = SCHEMA_WARNING) -> TwimlWarning:
    return TwimlWarning(code, message, element.line)
