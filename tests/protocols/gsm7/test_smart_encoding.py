"""Smart Encoding: rows of Twilio's published list, and what must hold for every row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.protocols.gsm7 import smart_encode
from offhook.protocols.gsm7.alphabet import septets
from offhook.protocols.gsm7.smart_encoding import _TABLE


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("“Can’t” ‘stop’", "\"Can't\" 'stop'"),
        ("«guillemets»", '"guillemets"'),
        ("2019–2020 — really…", "2019-2020 - really..."),
        ("\ufeffno\u200bwidth", "nowidth"),
        ("a\u00a0b", "a  b"),
        ("½ of ¾", "1/2 of 3/4"),
        ("`code`", "'code'"),
        ("• point", "- point"),
        ("‼", "!!"),
        ("ＡＢＣ１２３！～", "ABC123!~"),
        ("ꜰᴜʟʟ", "FULL"),
        ("\t", " " * 7),
        ("‹›", "><"),
    ],
)
def test_a_character_of_twilios_list_is_replaced(text, plain):
    assert smart_encode(text) == plain


@pytest.mark.parametrize("text", ["plain ASCII, {braces} and [brackets]", "Ærøskøbing €5", "漢字 😀", "ａｂｃ"])
def test_what_is_not_in_the_list_stays(text):
    assert smart_encode(text) == text


def test_every_replacement_fits_the_alphabet_and_no_replaced_character_did():
    assert all(septets(plain) is not None for plain in _TABLE.values())
    assert [chr(code) for code in _TABLE if septets(chr(code)) is not None] == []


@given(st.text())
def test_encoding_twice_changes_nothing_more(text):
    once = smart_encode(text)
    assert smart_encode(once) == once
