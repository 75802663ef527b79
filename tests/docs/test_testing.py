"""docs/reference/testing.md lists what a test may use of offhook.testing, and no other."""

import inspect
import re
from dataclasses import fields
from typing import Any

import pytest

from offhook import testing
from tests.docs.markdown_pages import codes, first_codes, read, rows, sections

PAGE = sections(read("docs/reference/testing.md"), 2)
CLASSES = [testing.Offhook, testing.Handset, testing.Call, testing.Clock]
RECORDS = [testing.Text, testing.Line, testing.Picture, testing.Number, testing.Exchange, testing.Alert]


@pytest.mark.parametrize("kind", CLASSES)
def test_everything_public_of_a_class_is_documented_and_nothing_else(kind: type):
    named = {re.match(r"\w+", code)[0] for code in first_codes(PAGE[f"`{kind.__name__}`"])}
    assert named == public(kind)


@pytest.mark.parametrize("kind", CLASSES)
def test_signatures_are_documented_as_they_are(kind: type):
    for code in first_codes(PAGE[f"`{kind.__name__}`"]):
        name, bracket, given = code.partition("(")
        if bracket:
            assert given.removesuffix(")") == plain_signature(getattr(kind, name)), code


@pytest.mark.parametrize("record", RECORDS)
def test_the_fields_of_a_record_are_documented_and_nothing_else(record: type):
    row = next(row for row in rows(PAGE["Values"]) if row[0] == f"`{record.__name__}`")
    named = {code for code in codes(row[1]) if code.isidentifier()}
    assert named - {"inbound", "outbound", "number"} == {item.name for item in fields(record)}


def test_every_public_name_is_documented():
    page = read("docs/reference/testing.md")
    assert [name for name in testing.__all__ if f"`{name}`" not in page] == []


def public(kind: type) -> set[str]:
    """The names of a class that a test may use: methods, properties, and what its `__init__` sets."""
    set_by_init = set(re.findall(r"self\.([a-z]\w*)\b[^=\n]*=", inspect.getsource(kind.__init__)))
    return {name for name in vars(kind) if not name.startswith("_")} | set_by_init


def plain_signature(function: Any) -> str:
    """The parameters without types and without self."""
    signature = inspect.signature(function)
    parameters = [p.replace(annotation=p.empty) for p in signature.parameters.values() if p.name != "self"]
    text = str(signature.replace(parameters=parameters, return_annotation=signature.empty))[1:-1]
    return text.replace("'", '"')
