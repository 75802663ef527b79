"""Twilio's identifiers."""

import pytest

from offhook.kit import sids
from offhook.kit.sids import is_sid, new_sid


def test_a_new_sid_is_34_characters_and_new():
    made = {new_sid(sids.MESSAGE) for _ in range(1000)}
    assert len(made) == 1000
    assert all(len(sid) == 34 and is_sid(sid, "SM") for sid in made)


def test_kinds_are_two_capitals_and_differ():
    kinds = [value for name, value in vars(sids).items() if name.isupper() and isinstance(value, str)]
    assert len(set(kinds)) == len(kinds) >= 9
    assert all(len(kind) == 2 and kind.isascii() and kind.isupper() for kind in kinds)


def test_capitals_are_allowed_after_the_kind():
    assert is_sid("AC" + "0123456789ABCDEFabcdef0123456789")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "AC",
        "AC" + "0" * 31,
        "AC" + "0" * 33,
        "ac" + "0" * 32,
        "AC" + "g" * 32,
        "AC" + "0" * 32 + "\n",
        "AC" + "٣" * 32,
    ],
)
def test_anything_else_is_not_a_sid(text):
    assert not is_sid(text)


def test_another_kind_is_not_this_kind():
    assert is_sid("AC" + "0" * 32, "AC")
    assert not is_sid("AC" + "0" * 32, "SM")
