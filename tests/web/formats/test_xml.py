"""XML as Twilio writes it, read by another program's reader."""

from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest

from offhook.web import API_2010, Resource
from offhook.web.formats import xml


class Shown(msgspec.Struct, rename={"from_": "from"}):
    from_: str
    error_code: int | None = None
    beta: bool = False
    capabilities: dict[str, bool] = {}
    flags: list[str] = []
    uri: str = "/2010-04-01/Things/TH1.json"
    subresource_uris: dict[str, str] = {}


def view(record: Shown, _call: Any) -> Shown:
    return record


THINGS = Resource("api", "/2010-04-01/Accounts/{account_sid}/Things", API_2010, view, key="old_things")


def read(document: bytes) -> ElementTree.Element:
    root = ElementTree.fromstring(document)
    assert root.tag == "TwilioResponse"
    (only,) = root
    return only


def one(**fields: Any) -> ElementTree.Element:
    return read(xml.one(THINGS, Shown(**{"from_": "x", **fields})))


def test_every_field_is_an_element_in_camel_case() -> None:
    thing = one(from_="+19735550001", error_code=30003, beta=True)
    assert thing.tag == "OldThing"
    assert [(field.tag, field.text) for field in thing] == [
        ("From", "+19735550001"),
        ("ErrorCode", "30003"),
        ("Beta", "true"),
        ("Capabilities", None),
        ("Flags", None),
        ("Uri", "/2010-04-01/Things/TH1"),
        ("SubresourceUris", None),
    ]


def test_it_says_which_encoding_it_has() -> None:
    document = xml.one(THINGS, Shown("ä🙂"))
    assert document.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<TwilioResponse><OldThing><From>")
    assert read(document).findtext("From") == "ä🙂"


def test_what_is_null_or_empty_is_an_empty_element() -> None:
    document = xml.one(THINGS, Shown(""))
    assert b"<From/><ErrorCode/><Beta>false</Beta><Capabilities/>" in document


def test_objects_and_lists_are_nested() -> None:
    thing = one(capabilities={"voice": True, "SMS": False}, flags=["a<b", "c"])
    assert [(field.tag, field.text) for field in thing.find("Capabilities") or ()] == [
        ("Voice", "true"),
        ("SMS", "false"),
    ]
    assert [(field.tag, field.text) for field in thing.find("Flags") or ()] == [("Flag", "a<b"), ("Flag", "c")]


def test_links_lead_to_xml_again_and_other_texts_keep_their_end() -> None:
    thing = one(from_="notes.json", subresource_uris={"media": "/a/Media.json", "sip": "/a/SIP.json"})
    assert (thing.findtext("Uri"), thing.findtext("From")) == ("/2010-04-01/Things/TH1", "notes.json")
    assert [(link.tag, link.text) for link in thing.find("SubresourceUris") or ()] == [
        ("Media", "/a/Media"),
        ("Sip", "/a/SIP"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<b>&amp;</b>",
        "]]>",
        "<!-- -->",
        "<!DOCTYPE x [<!ENTITY e 'x'>]>&e;",
        "</From></Message></TwilioResponse>",
        "  spaces  \n\tand lines\n",
        "carriage\rreturn\r\n",
        "\u2028\x85\xa0",
        "\U0001f469\u200d\U0001f680",
    ],
)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    assert one(from_=text).findtext("From") == text


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x0b", "\x1b", "\x1f", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_replaced(character: str) -> None:
    assert one(from_=f"a{character}b").findtext("From") == "a\ufffdb"


def test_a_page_says_where_it_stands_in_attributes() -> None:
    page = {
        "first_page_uri": "/x.xml?A=%22&PageSize=2",
        "end": 3,
        "previous_page_uri": None,
        "old_things": [Shown("a"), Shown("b")],
        "uri": '/x.xml?B="<',
        "page_size": 2,
        "start": 2,
        "next_page_uri": None,
        "page": 1,
    }
    listed = read(xml.page(THINGS, page))
    assert listed.tag == "OldThings"
    assert list(listed.attrib.items()) == [
        ("page", "1"),
        ("pagesize", "2"),
        ("start", "2"),
        ("end", "3"),
        ("uri", '/x.xml?B="<'),
        ("firstpageuri", "/x.xml?A=%22&PageSize=2"),
        ("previouspageuri", ""),
        ("nextpageuri", ""),
    ]
    assert [(thing.tag, thing.findtext("From")) for thing in listed] == [("OldThing", "a"), ("OldThing", "b")]


def test_an_empty_page_is_one_element() -> None:
    assert xml.page(THINGS, {"page": 0, "old_things": []}).endswith(
        b'<TwilioResponse><OldThings page="0"/></TwilioResponse>'
    )


def test_an_error_is_a_rest_exception() -> None:
    body = {"code": 20404, "message": "<no>", "more_info": "https://x/20404", "status": 404}
    problem = read(xml.error(body))
    assert problem.tag == "RestException"
    assert {field.tag: field.text for field in problem} == {
        "Code": "20404",
        "Message": "<no>",
        "MoreInfo": "https://x/20404",
        "Status": "404",
    }
