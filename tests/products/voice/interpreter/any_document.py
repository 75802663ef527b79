"""Any document: verbs with any values, and XML that somebody wrote without knowing much of TwiML."""

import re
from dataclasses import MISSING, Field, fields
from functools import cache
from random import Random
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints
from xml.sax.saxutils import escape, quoteattr

from offhook.protocols import twiml
from offhook.protocols.twiml import voice
from offhook.protocols.twiml.voice_schema import VOICE

URLS = ["", "/next", "http://app/other", "ftp://nowhere", "http://[", "ä ö"]
NUMBERS = [1, 2, 5, 60, 100_000]
WORDS = ["", "support", "+15005550006", "CA" + "0" * 32, "1", "#", "*", "12w", "true", "busy", "auto", "x" * 200]
NAMED = re.compile(r"(url|action|callback)$")
OFTEN = [*[voice.Dial] * 6, *[voice.Record] * 3, *[voice.Gather] * 3, *[voice.Enqueue] * 3]  # where much can happen
VERBS = [*OFTEN, *get_args(voice.Verb)]
NOUNS = [*[voice.Number] * 6, *get_args(voice.Noun)]
ATTRIBUTES = sorted({name for rule in VOICE.values() for name in rule.attributes})
ELEMENTS = [*sorted(name for name in VOICE if " " not in name and name != "Response"), "Nonsense"]
VALUES = [*URLS, *WORDS, *map(str, NUMBERS), "0", "-1", "1.5", "dtmf speech", "<>&\"'"]


def document(random: Random) -> voice.Script:
    """What a document asks for: made of verbs, or read from XML."""
    if random.random() < 0.3:
        return voice.read(twiml.parse(xml(random).encode(), "text/xml"))
    return voice.Script(tuple(any_of(random, random.choice(VERBS)) for _ in range(random.randint(0, 4))))


# Verbs with any values


def any_of(random: Random, made: type) -> Any:
    """Any instance of a class of verbs, nouns or prompts; half of the values are as they are by default."""
    values = {}
    for field, hint in _fields(made):
        if field.default is MISSING or field.name == "nouns" or random.random() < 0.5:
            values[field.name] = _value(random, field.name, hint)
    return made(**values)


@cache
def _fields(made: type) -> list[tuple[Field[Any], Any]]:
    hints = get_type_hints(made)
    return [(field, hints[field.name]) for field in fields(made) if field.name != "line"]


def _value(random: Random, name: str, hint: Any) -> Any:
    if name == "nouns":
        return tuple(any_of(random, random.choice(NOUNS)) for _ in range(random.randint(1, 3)))
    if name == "prompts":
        return tuple(any_of(random, random.choice(get_args(voice.Prompt))) for _ in range(random.randint(0, 2)))
    if NAMED.search(name):
        return random.choice([None, *URLS] if NoneType in get_args(hint) else URLS)
    return _of_type(random, hint)


def _of_type(random: Random, hint: Any) -> Any:
    if get_origin(hint) is Literal:
        return random.choice(get_args(hint))
    if hint in (int, str, bool, NoneType):
        return {int: random.choice(NUMBERS), str: random.choice(WORDS), bool: random.random() < 0.5}.get(hint)
    if get_origin(hint) is frozenset:
        return frozenset(random.sample(["dtmf", "speech"], random.randint(1, 2)))
    if get_origin(hint) is tuple:
        return tuple(_of_type(random, get_args(hint)[0]) for _ in range(random.randint(0, 2)))
    if kinds := get_args(hint):
        return _of_type(random, random.choice(kinds))
    return any_of(random, hint)


# XML


def xml(random: Random) -> str:
    """A document with any elements at any place, each with any attributes."""
    return f"<Response>{''.join(_inside(random, 3) for _ in range(random.randint(0, 4)))}</Response>"


def _inside(random: Random, depth: int) -> str:
    if depth == 0 or random.random() < 0.3:
        return escape(random.choice(VALUES))
    name = random.choice(ELEMENTS)
    chosen = random.sample(ATTRIBUTES, random.randint(0, 3))
    written = "".join(f" {attribute}={quoteattr(random.choice(VALUES))}" for attribute in chosen)
    inside = "".join(_inside(random, depth - 1) for _ in range(random.randint(0, 2)))
    return f"<{name}{written}>{inside}</{name}>"
