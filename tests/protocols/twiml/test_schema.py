"""Documents checked against a table: what is reported, where, and what is not."""

from offhook.protocols.twiml import TwimlWarning, parse
from offhook.protocols.twiml.schema import MAX_WARNINGS, Rule, check

SCHEMA = {
    "Response": Rule(children={"Dial": "Dial", "Refer": "Refer"}),
    "Dial": Rule(attributes={"record": frozenset({"yes", "no"}), "timeout": None}, children={"Sip": "DialSip"}),
    "Refer": Rule(children={"Sip": "ReferSip"}),
    "DialSip": Rule(attributes={"username": None}, text=True),
    "ReferSip": Rule(text=True),
}


def warnings(body: str) -> list[tuple[int, str]]:
    return [(warning.line, warning.message) for warning in check(parse(body.encode(), "text/xml").root, SCHEMA)]


def test_a_conforming_document_has_no_warnings():
    assert warnings('<Response> <Dial record="no" timeout="9"><Sip username="u">sip:a</Sip></Dial> </Response>') == []


def test_one_tag_follows_the_rule_of_the_place_it_stands_in():
    nested = '<Response><Dial><Sip username="u">a</Sip></Dial>\n<Refer><Sip username="u">a</Sip></Refer></Response>'
    assert warnings(nested) == [(2, "Attribute 'username' is not allowed in 'Sip'")]


def test_unknown_elements_attributes_values_and_text_are_reported_with_their_lines():
    assert warnings('<Response>\n<dial/>\n<Dial record="maybe" x="1">hm</Dial></Response>') == [
        (2, "Element 'dial' is not allowed in 'Response'"),
        (3, "'maybe' is not a value of 'record' in 'Dial': no, yes"),
        (3, "Attribute 'x' is not allowed in 'Dial'"),
        (3, "Element 'Dial' must not contain text"),
    ]


def test_every_warning_has_twilios_code():
    assert check(parse(b"<Response><X/></Response>", "text/xml").root, SCHEMA) == (
        TwimlWarning(12200, "Element 'X' is not allowed in 'Response'", 1),
    )


def test_the_inside_of_an_unknown_element_is_not_looked_into():
    assert len(warnings("<Response><X><Y/><Z a='1'/></X></Response>")) == 1


def test_a_namespace_declaration_is_no_attribute():
    assert warnings('<Response xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="x"/>') == []


def test_a_document_of_nothing_but_mistakes_gives_a_bounded_list():
    assert len(warnings("<Response>" + "<X/>" * 5000 + "</Response>")) == MAX_WARNINGS
