"""The alphabet against the gsm0338 codec, a second implementation of 3GPP TS 23.038."""

import unicodedata

import gsm0338
import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.protocols.gsm7.alphabet import BASIC, EXTENSION, septets

WITNESS = gsm0338.Codec()
ALPHABET = "".join(sorted(BASIC | EXTENSION))


def witness(text: str) -> int | None:
    """Count septets as the codec does; the escape is a character to it, and to nobody else."""
    if "\x1b" in text:
        return None
    try:
        return len(WITNESS.encode(text)[0])
    except UnicodeEncodeError:
        return None


def test_the_alphabet_has_127_characters_and_ten_in_the_extension():
    assert (len(BASIC), len(EXTENSION)) == (127, 10)
    assert not BASIC & EXTENSION
    assert "\x1b" not in BASIC


@pytest.mark.parametrize("character", [chr(code) for code in range(0x3000) if chr(code) in ALPHABET])
def test_a_character_of_the_alphabet_costs_what_the_codec_writes(character):
    assert septets(character) == witness(character) == (2 if character in EXTENSION else 1)


def test_no_other_character_of_the_basic_plane_fits():
    others = (chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000)
    assert [unicodedata.name(c, c) for c in others if c not in ALPHABET and septets(c) is not None] == []


@pytest.mark.parametrize("text", ["`", "a\tb", "\x1b", "\x00", "ç", "Á", "😀", "plain and é and –"])
def test_one_foreign_character_makes_the_whole_text_not_fit(text):
    assert septets(text) is None


@given(st.one_of(st.text(st.sampled_from(ALPHABET)), st.text(st.characters(max_codepoint=0x7F)), st.text()))
def test_any_text_is_counted_as_the_codec_counts_it(text):
    assert septets(text) == witness(text)
