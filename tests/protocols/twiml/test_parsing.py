"""Answers from servers nobody vouches for: read, or refused with Twilio's code, quickly."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.protocols.twiml import Document, TwimlError, parse

XML = "text/xml"


def refused(body: bytes | str, content_type: str | None = XML) -> TwimlError:
    with pytest.raises(TwimlError) as caught:
        parse(body.encode() if isinstance(body, str) else body, content_type)
    return caught.value


def outcome(body: bytes, content_type: str | None) -> int | None:
    """Give the code of the refusal, None for a document; any other exception is a fault and passes through."""
    try:
        document = parse(body, content_type)
    except TwimlError as error:
        return error.code
    assert isinstance(document, Document)
    return None


def test_text_children_attributes_and_lines_are_kept_in_order():
    root = parse(b'<Response>\n <Say xml:lang="fr">one <break time="1s"/>two</Say></Response>', XML).root
    (say,) = root.children
    assert (say.name, say.attributes, say.line) == ("Say", {"xml:lang": "fr"}, 2)
    before, pause, after = say.content
    assert (before, pause.name, pause.attributes, after) == ("one ", "break", {"time": "1s"}, "two")
    assert say.text == "one two"


def test_entities_of_xml_character_references_and_cdata_are_text():
    body = "<Response><Message>&lt;b&gt; &amp; &#233; <![CDATA[<raw>]]></Message></Response>"
    assert parse(body.encode(), XML).root.children[0].text == "<b> & é <raw>"


@pytest.mark.parametrize(
    "content_type",
    ["text/xml", "application/xml", "text/html; charset=utf-8", "TEXT/XML ; Charset=UTF-8", "application/soap+xml"],
)
def test_a_content_type_of_xml_or_html_is_read_as_twiml(content_type):
    assert parse(b"<Response/>", content_type).root.name == "Response"


def test_plain_text_is_a_text():
    assert parse("Déjà vu <b>".encode(), "text/plain; charset=utf-8") == Document(text="Déjà vu <b>")


@pytest.mark.parametrize("content_type", [None, "text/xml", "text/plain", "application/json"])
@pytest.mark.parametrize("body", [b"", b" \r\n\t "])
def test_an_empty_answer_is_an_empty_document_whatever_its_type(body, content_type):
    assert parse(body, content_type) == Document()


@pytest.mark.parametrize("content_type", [None, "", "application/json", "image/png", "audio/mpeg", "text/xmlish"])
def test_another_content_type_is_refused_with_12300(content_type):
    assert refused("<Response/>", content_type).code == 12300


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("OK", 1),
        ("<Response>", 1),
        ("<Response>\n<Message>hi</Response>", 2),
        ("<Response>\n<Message to=1/></Response>", 2),
        ("<Response><Message>fish & chips</Message></Response>", 1),
        ("\n<?xml version='1.0'?><Response/>", 2),
        ("<Response/><Response/>", 1),
        ("<Response>\x00</Response>", 1),
        ("<Response>&nbsp;</Response>", 1),
    ],
)
def test_what_is_not_well_formed_is_refused_with_12100_and_its_line(body, line):
    error = refused(body)
    assert (error.code, error.line) == (12100, line)


@pytest.mark.parametrize("root", ["response", "Reponse", "Message", "html"])
def test_another_root_than_response_is_refused_with_12102(root):
    error = refused(f"<!-- c -->\n<{root}/>")
    assert (error.code, error.line) == (12102, 2)


def test_a_document_type_declaration_is_refused():
    error = refused("<!DOCTYPE html>\n<html><body>Server error</body></html>", "text/html")
    assert (error.code, error.message) == (12100, "A document type declaration is not allowed")


def test_an_external_entity_is_refused_before_anything_is_opened():
    error = refused('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><Response>&x;</Response>')
    assert error.message == "A document type declaration is not allowed"


def test_64_kilobytes_are_read_and_one_byte_more_is_refused_with_11750():
    frame = "<Response><Message></Message></Response>"
    full = frame.replace("><", ">" + "a" * (65536 - len(frame)) + "<", 1).replace(">a", ">a", 1)
    assert len(full) == 65536
    assert parse(full.encode(), XML).root.name == "Response"
    assert refused(full + " ").code == 11750


def test_a_hundred_levels_are_read_and_one_more_is_refused():
    def nested(levels: int) -> str:
        return "<Response>" + "<a>" * (levels - 1) + "</a>" * (levels - 1) + "</Response>"

    assert parse(nested(100).encode(), XML).root
    assert refused(nested(101)).code == 12100


BILLION_LAUGHS = (
    '<!DOCTYPE r [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><Response>&i;</Response>"
)
QUADRATIC = f'<!DOCTYPE r [<!ENTITY a "{"x" * 30000}">]><Response>{"&a;" * 10000}</Response>'
HOSTILE = {
    "billion laughs": BILLION_LAUGHS.encode(),
    "quadratic": QUADRATIC.encode(),
    "deep": b"<a>" * 60000,
    "deep but small": b"<a>" * 21000,
    "wide": b"<Response>" + b"<a/>" * 16000 + b"</Response>",
    "many attributes": b"<Response " + b" ".join(b'a%d=""' % at for at in range(6500)) + b"/>",
    "many references": b"<Response>" + b"&amp;" * 13000 + b"</Response>",
    "many lines": b"<Response>" + b"\n" * 65000 + b"</Response>",
    "open comment": b"<Response><!--" + b"-" * 65000,
    "open tag": b"<Response " + b"a" * 65000,
    "nulls": b"\x00" * 65000,
    "endless declaration": b"<?xml " + b" encoding" * 7000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_costs_less_than_fifty_milliseconds(name):
    costs, codes = [], set()
    for _ in range(3):
        started = time.process_time()
        codes.add(outcome(HOSTILE[name], XML))
        costs.append(time.process_time() - started)
    assert min(costs) < 0.05
    assert codes <= {None, 12100, 11750}


MARKUP = ("<Response>", "</Response>", "<Message to='1'>", "</Message>", "<![CDATA[", "]]>", "<!DOCTYPE a>", "<", ">")
DECLARATIONS = ("<?xml version='1.0' encoding='utf-16'?>", "<?xml version='1.0' encoding='idna'?>")
PIECES = st.sampled_from([*MARKUP, *DECLARATIONS, "&amp;", "&x;", "é", "\x00", "\n", "x"])
TYPES = st.sampled_from(
    [
        None,
        "text/xml",
        "text/plain",
        "text/xml; charset=utf-16",
        "text/plain; charset=rot13",
        "text/html;charset=latin1",
    ]
)


@given(st.one_of(st.binary(), st.lists(PIECES).map(lambda parts: "".join(parts).encode())), TYPES)
def test_any_bytes_are_a_document_or_a_twiml_error(body, content_type):
    assert outcome(body, content_type) in (None, 12100, 12102, 12300)


@given(st.binary(), st.text(max_size=60))
def test_any_content_type_is_survived(body, content_type):
    assert outcome(body, content_type) in (None, 12100, 12102, 12300)
