"""The attributes of one element, read as values; what makes no sense is warned of, and the default holds.

Twilio has a number of its own for most attributes of voice TwiML ("13212: Dial: Invalid timeout value"); where it
has none, the schema's 12200 is used. A value in other letters (`True`, `get`) is understood, and warned of.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from .document import Element, TwimlWarning
from .schema import SCHEMA_WARNING
from .voice_verbs import Method

MOST = 999_999_999
_METHODS: tuple[Method, ...] = ("GET", "POST")

Default = TypeVar("Default", int, int | None)
Choice = TypeVar("Choice", bound=str)


@dataclass(slots=True)
class Attributes:
    """The attributes of `element`. What is wrong with them is added to `warnings`."""

    element: Element
    warnings: list[TwimlWarning] = field(default_factory=list)

    def of(self, element: Element) -> "Attributes":
        """The attributes of another element, whose warnings go to the same list."""
        return Attributes(element, self.warnings)

    def warn(self, code: int, message: str) -> None:
        """Add a warning about the element."""
        self.warnings.append(TwimlWarning(code, message, self.element.line))

    def text(self, name: str) -> str | None:
        """The value without the space around it; None where there is none, or an empty one."""
        return self.url(name) or None

    def url(self, name: str) -> str | None:
        """A URL as written, perhaps empty; None where there is no such attribute."""
        value = self.element.attributes.get(name)
        return None if value is None else value.strip()

    def number(self, name: str, default: Default, least: int, most: int = MOST, code: int = SCHEMA_WARNING) -> Default:
        """A whole number from `least` to `most`."""
        value = self.text(name)
        if value is None:
            return default
        if value.isascii() and value.isdigit() and len(value) <= len(str(MOST)) and least <= int(value) <= most:
            return int(value)
        span = f"from {least} to {most}" if most < MOST else f"of {least} or more"
        self._refuse(name, f"a whole number {span}", code)
        return default

    def flag(self, name: str, default: bool, code: int = SCHEMA_WARNING) -> bool:
        """`true` or `false`."""
        return self.choice(name, "true" if default else "false", ("true", "false"), code) == "true"

    def method(self, name: str = "method", code: int = SCHEMA_WARNING) -> Method:
        """`GET` or `POST`, which is the default."""
        return self.choice(name, "POST", _METHODS, code)

    def choice(self, name: str, default: Choice, values: Sequence[Choice], code: int = SCHEMA_WARNING) -> Choice:
        """One of some words."""
        value = self.text(name)
        if value is None:
            return default
        found = next((one for one in values if one.lower() == value.lower()), None)
        if found != value:
            self._refuse(name, ", ".join(values), code)
        return default if found is None else found

    def choices(
        self, name: str, default: tuple[Choice, ...], values: Sequence[Choice], code: int = SCHEMA_WARNING
    ) -> tuple[Choice, ...]:
        """Any of some words, with spaces between them, each once. Those that make no sense are left out."""
        written = (self.text(name) or "").split()
        known = [one for word in dict.fromkeys(written) for one in values if one == word]
        if len(known) < len(set(written)):
            self._refuse(name, f"any of {', '.join(values)}, with spaces between", code)
        return tuple(known) or default

    def keys(self, name: str, default: str, allowed: str, code: int = SCHEMA_WARNING) -> str:
        """Characters of `allowed`, or nothing at all."""
        value = self.url(name)
        if value is None:
            return default
        if set(value) <= set(allowed):
            return value
        self._refuse(name, f"characters of {allowed}", code)
        return default

    def _refuse(self, name: str, choices: str, code: int) -> None:
        value = self.element.attributes[name].strip()[:100]
        self.warn(code, f"'{value}' is not a value of '{name}' in '{self.element.name}': {choices}")
