"""An element as XML: escaped, and well-formed whatever is in it."""

from hypothesis import given
from hypothesis import strategies as st

from offhook.protocols.twiml import Element, parse
from offhook.protocols.twiml.writing import write


def test_text_and_attributes_are_escaped():
    root = Element("Response", {"a": 'x"<'}, content=["1 < 2 & ", Element("Say", content=["]]>"]), Element("Hangup")])
    assert write(root) == (
        '<?xml version="1.0" encoding="UTF-8"?>'
        "<Response a='x\"&lt;'>1 &lt; 2 &amp; <Say>]]&gt;</Say><Hangup/></Response>"
    )


ANYTHING = st.text(st.characters(exclude_categories=()))


@given(ANYTHING, ANYTHING)
def test_whatever_is_written_can_be_read(text: str, value: str):
    root = parse(write(Element("Response", {"a": value}, content=[text])).encode(), "text/xml").root
    assert root is not None
    assert set(root.text) <= set(text) | {"\n"}


@given(st.text(st.characters(categories=("L", "N", "P", "Z"))))
def test_ordinary_text_stays_as_it_is(text: str):
    root = parse(write(Element("Response", content=[Element("Say", content=[text])])).encode(), "text/xml").root
    assert root is not None
    assert root.children[0].text == text.strip()
