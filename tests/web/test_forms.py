"""Reading forms: what others read the same way, and what is refused."""

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offhook.web import ApiError
from offhook.web.forms import MOST_FIELDS, parse_form


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (b"", {}),
        (b"&&", {}),
        (b"a=1&b=2&a=3", {"a": ["1", "3"], "b": ["2"]}),
        (b"a", {"a": [""]}),
        (b"a=", {"a": [""]}),
        (b"=b", {"": ["b"]}),
        (b"a=b=c", {"a": ["b=c"]}),
        (b"a+b=c+d", {"a b": ["c d"]}),
        (b"a%2Bb=%3D%26", {"a+b": ["=&"]}),
        (b"a=%zz%4&b=%", {"a": ["%zz%4"], "b": ["%"]}),
        (b"a=%e2%9c%93\xe2\x9c\x93", {"a": ["✓✓"]}),
        (b"a;b=c;d", {"a;b": ["c;d"]}),
        (b"DateSent<=2026-01-31", {"DateSent<": ["2026-01-31"]}),
        (b"a=\xef\xbb\xbfx", {"a": ["\ufeffx"]}),
    ],
)
def test_names_and_values_in_order(text, form):
    assert parse_form(text) == form


@pytest.mark.parametrize("text", [b"a=\xff", b"\xff=a", b"a=%ff", b"a=%c3", b"a=%ed%a0%80", b"%C3%28=1"])
def test_what_is_not_utf_8_is_refused(text):
    with pytest.raises(ApiError, match="not valid UTF-8"):
        parse_form(text)


@pytest.mark.parametrize("text", [b"Body=a%00b", b"Body=\x00", b"%00=a"])
def test_the_one_character_that_a_database_cannot_keep_is_refused(text):
    with pytest.raises(ApiError, match=r"U\+0000"):
        parse_form(text)


def test_the_number_of_fields_is_bounded():
    assert len(parse_form(b"&".join(b"a%d=1" % n for n in range(MOST_FIELDS)))) == MOST_FIELDS
    with pytest.raises(ApiError, match="More than 1000"):
        parse_form(b"&".join(b"a%d=1" % n for n in range(MOST_FIELDS + 1)))


def flat(form):
    return {(name, value) for name, values in form.items() for value in values}


def by_the_standard_library(text):
    return set(parse_qsl(text, keep_blank_values=True, errors="strict"))


characters = st.characters(exclude_characters="\x00", exclude_categories=["Cs"])


@given(st.lists(st.tuples(st.text(characters, max_size=8), st.text(characters, max_size=12)), max_size=8))
@settings(max_examples=150, deadline=None)
def test_whatever_is_encoded_is_read_back(pairs):
    form = parse_form(urlencode(pairs).encode())
    assert flat(form) == set(pairs)
    assert [v for n in dict(pairs) for v in form[n]] == [v for n in dict(pairs) for m, v in pairs if m == n]


@given(st.text("ab%+=&;<2BFz ü✓", max_size=30))
@settings(max_examples=300, deadline=None)
def test_the_standard_library_reads_the_same(text):
    try:
        expected = by_the_standard_library(text)
    except UnicodeDecodeError:
        with pytest.raises(ApiError):
            parse_form(text.encode())
    else:
        assert flat(parse_form(text.encode())) == expected
