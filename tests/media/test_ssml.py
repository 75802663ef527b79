"""Nothing of a document reaches an engine but words and what is known to be harmless."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.media.ssml import CONVERTED, rebuild

HARMLESS = {"speak", "p", "s", "break", "emphasis", "prosody", "say-as", "voice"}


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ('<speak>a<break time="1.5s"/>b</speak>', '<speak>a<break time="1500ms"></break>b</speak>'),
        ('<speak><break time="3600s"/></speak>', '<speak><break time="10000ms"></break></speak>'),
        ('<speak><lang xml:lang="fr-FR">oui</lang></speak>', '<speak><voice xml:lang="fr-fr">oui</voice></speak>'),
        (
            '<speak><say-as interpret-as="telephone">5550100</say-as></speak>',
            '<speak><say-as interpret-as="tts:digits">5550100</say-as></speak>',
        ),
        ('<speak><sub alias="World Wide Web">WWW</sub>!</speak>', "<speak>World Wide Web!</speak>"),
        (
            '<speak><prosody rate="9000%" pitch="+10%">x</prosody></speak>',
            '<speak><prosody rate="200%" pitch="+10%">x</prosody></speak>',
        ),
        ("one < two & [[three]]", "<speak>one &lt; two &amp; [ [three]]</speak>"),
        ("bell\x07\x01", "<speak>bell  </speak>"),
    ],
)
def test_what_the_engine_can_say_is_kept(given, written):
    assert rebuild(given).text == written
    assert rebuild(given).notices == ()


@pytest.mark.parametrize(
    "element",
    [
        '<audio src="/etc/passwd"/>',
        '<audio src="/tmp/$(touch x).wav">spoken instead</audio>',
        '<voice name="../../x">y</voice>',
        '<mark name="x"/>',
        '<speak xml:base="/etc/"><audio src="passwd"/></speak>',
    ],
)
def test_what_could_read_files_is_left_out(element):
    text = rebuild(f"<speak>{element}</speak>").text
    assert "src" not in text
    assert "name" not in text
    assert "audio" not in text
    assert "base" not in text


def test_what_has_no_effect_is_told_once_and_its_words_are_spoken():
    document = (
        '<speak><phoneme ph="x">pecan</phoneme> <phoneme ph="y">pie</phoneme> <prosody rate="huge">!</prosody></speak>'
    )
    markup = rebuild(document)
    assert markup.text == "<speak>pecan pie !</speak>"
    assert markup.notices == (
        "<phoneme> has no effect with espeak-ng; its words are spoken",
        'rate="huge" has no effect with espeak-ng',
    )


@pytest.mark.parametrize(
    "document",
    [
        "<speak>no end",
        '<!DOCTYPE s [<!ENTITY a "b">]><speak>&a;</speak>',
        "<speak>" + "<p>" * 200 + "</p>" * 200 + "</speak>",
    ],
)
def test_a_document_that_cannot_be_trusted_is_read_as_it_stands(document):
    root = ET.fromstring(rebuild(document).text)
    assert len(root) == 0
    assert root.text == document


names = st.sampled_from(["speak", "audio", "break", "voice", "say-as", "lang", "sub", "prosody", "p", "x"])
attributes = st.dictionaries(
    st.sampled_from(["src", "time", "xml:lang", "alias", "rate", "interpret-as"]), st.text(max_size=9)
)


def _document(parts) -> ET.Element:
    root = ET.Element("speak")
    for name, values, text in parts:
        ET.SubElement(root, name, {key: value for key, value in values.items() if value.isprintable()}).text = text
    return root


@given(st.lists(st.tuples(names, attributes, st.text("ab <&[]", max_size=5)), max_size=5))
def test_whatever_is_given_only_known_elements_and_attributes_come_out(parts):
    markup = rebuild(ET.tostring(_document(parts), encoding="unicode"))
    root = ET.fromstring(markup.text)
    assert {element.tag for element in root.iter()} <= HARMLESS
    known = {name.partition(" ")[2].replace("xml:", "{http://www.w3.org/XML/1998/namespace}") for name in CONVERTED}
    assert {name for element in root.iter() for name in element.attrib} <= known


@given(st.text(max_size=50))
def test_any_text_becomes_a_document(text):
    assert ET.fromstring(rebuild(text).text).tag == "speak"
