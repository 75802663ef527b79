"""Any document: verbs with any values, and XML that somebody wrote without knowing much of TwiML."""

import re
from dataclasses import fields
from functools import cache
from types import NoneType
from typing import Any, get_args, get_type_hints
from xml.sax.saxutils import escape, quoteattr

from hypothesis import strategies as st

from offhook.protocols import twiml
from offhook.protocols.twiml import voice
from offhook.protocols.twiml.voice_schema import VOICE

URLS = ["", "/next", "http://app/other", "ftp://nowhere", "http://[", "ä ö"]
NUMBERS = [0, 1, 2, 5, 60, 100_000]
WORDS = ["", "support", "+15005550006", "CA" + "0" * 32, "1", "#", "*", "12w", "true", "busy", "auto", "x" * 200]
NAMED = re.compile(r"(url|action|callback|refer_url)$")


def _read(text: str) -> voice.Script:
    return voice.read(twiml.parse(text.encode(), "text/xml"))


# Verbs with any values


@cache
def any_of(made: type) -> st.SearchStrategy[Any]:
    """Any instance of a class of verbs, nouns or prompts; most values are as they are by default."""
    hints = get_type_hints(made)
    values = {field.name: _value(field.name, hints[field.name]) for field in fields(made) if field.name != "line"}
    wanted = {name: value for name, value in values.items() if _is_needed(made, name)}
    others = {name: value for name, value in values.items() if name not in wanted}
    return st.fixed_dictionaries(wanted, optional=others).map(lambda chosen: made(**chosen))


def _is_needed(made: type, name: str) -> bool:
    [field] = [field for field in fields(made) if field.name == name]
    return name in ("nouns", "prompts") or repr(field.default) == repr(field.default_factory)


def _value(name: str, hint: Any) -> st.SearchStrategy[Any]:
    kinds = [kind for kind in get_args(hint) if kind is not NoneType]
    if name == "prompts":
        return st.lists(PROMPTS, max_size=2).map(tuple)
    if name == "nouns":
        return st.lists(NOUNS, min_size=1, max_size=3).map(tuple)
    if NAMED.search(name):
        return st.sampled_from([None, *URLS]) if NoneType in get_args(hint) else st.sampled_from(URLS)
    return st.from_type(hint) if not _is_plain(hint, kinds) else _plain(hint, kinds)


def _is_plain(hint: Any, kinds: list[Any]) -> bool:
    return hint in (int, str) or int in kinds or str in kinds


def _plain(hint: Any, kinds: list[Any]) -> st.SearchStrategy[Any]:
    values: list[Any] = NUMBERS[1:] if hint is int or int in kinds else WORDS
    return st.sampled_from(values if kinds == [] else [None, *values] if NoneType in get_args(hint) else values)


PROMPTS = st.sampled_from(get_args(voice.Prompt)).flatmap(any_of)
NOUNS = st.sampled_from([voice.Number] * 6 + [*get_args(voice.Noun)]).flatmap(any_of)
OFTEN = [*[voice.Dial] * 12, *[voice.Record] * 6, *[voice.Gather] * 4, *[voice.Enqueue] * 4]  # where much can happen
VERBS = st.sampled_from([*OFTEN, *get_args(voice.Verb)]).flatmap(any_of)


# XML

ATTRIBUTES = sorted({name for rule in VOICE.values() for name in rule.attributes})
NAMES = sorted(name for name in VOICE if " " not in name and name != "Response")
VALUES = st.sampled_from([*URLS, *WORDS, *map(str, NUMBERS), "-1", "1.5", "dtmf speech", "<>&\"'"])


def _element(parts: tuple[str, dict[str, str], list[str]]) -> str:
    name, attributes, inside = parts
    written = "".join(f" {attribute}={quoteattr(value)}" for attribute, value in attributes.items())
    return f"<{name}{written}>{''.join(inside)}</{name}>"


def _elements(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    attributes = st.dictionaries(st.sampled_from(ATTRIBUTES), VALUES, max_size=3)
    return st.tuples(st.sampled_from([*NAMES, "Nonsense"]), attributes, st.lists(inside, max_size=3)).map(_element)


XML = st.lists(st.recursive(VALUES.map(escape), _elements, max_leaves=6), max_size=4).map(
    lambda inside: f"<Response>{''.join(inside)}</Response>"
)

_MADE = st.builds(voice.Script, st.lists(VERBS, min_size=1, max_size=4).map(tuple))
DOCUMENTS = st.sampled_from([_MADE, _MADE, _MADE, XML.map(_read)]).flatmap(lambda kind: kind)
