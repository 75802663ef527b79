"""What is posted to an app, letter by letter."""

from urllib.parse import parse_qsl, urlencode

from hypothesis import given
from hypothesis import strategies as st

from offhook.webhooks.form import encode_form

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.lists(st.tuples(TEXT, TEXT)))
def test_a_form_is_encoded_as_everybody_does(pairs):
    assert encode_form(pairs) == urlencode(pairs)


def test_what_is_encoded_reads_back():
    pairs = [("Body", "Ünïcode & more=1\n+~* " + "x" * 200), ("To", "+15005550006"), ("Empty", "")]
    assert parse_qsl(encode_form(pairs), keep_blank_values=True) == pairs
