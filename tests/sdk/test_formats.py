"""The formats of the 2010 API on the wire: what clients of all times get, compared field by field with JSON."""

import base64
import csv
import io
import re
import struct
import urllib.error
import urllib.request
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from twilio.base.exceptions import TwilioRestException

from tests.sdk.houses import House
from tests.terminal import until

PHONE, NUMBER, OTHER_NUMBER = "+19735550071", "+12025550071", "+12025550072"
BODY = 'plums, <b>"pears"</b> &\r\nquinces 🍐 '
LINES = ["", ".xml"]


@dataclass
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def json(self) -> Any:
        assert self.headers["content-type"] == "application/json"
        return msgspec.json.decode(self.body)

    @property
    def xml(self) -> ElementTree.Element:
        """What the TwilioResponse holds."""
        assert self.headers["content-type"] == "application/xml"
        root = ElementTree.fromstring(self.body)
        assert root.tag == "TwilioResponse"
        return root[0]

    @property
    def table(self) -> list[dict[str, str]]:
        assert self.headers["content-type"] == "text/csv; charset=utf-8"
        return list(csv.DictReader(io.StringIO(self.body.decode(), newline=""), strict=True))


@dataclass
class Wire:
    """HTTP without any SDK."""

    house: House

    def call(self, method: str, path: str, *, signed: bool = True, **headers: str) -> Answer:
        offhook = self.house.offhook
        request = urllib.request.Request(offhook.url + path, method=method)
        if signed:
            secret = base64.b64encode(f"{offhook.account_sid}:{offhook.auth_token}".encode()).decode()
            request.add_header("Authorization", f"Basic {secret}")
        for name, value in headers.items():
            request.add_header(name, value)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=10) as response:
                return Answer(response.status, response.headers, response.read())
        except urllib.error.HTTPError as refused:
            with refused:
                return Answer(refused.code, refused.headers, refused.read())

    def get(self, path: str, **options: Any) -> Answer:
        return self.call("GET", path, **options)

    @property
    def account(self) -> str:
        return f"/2010-04-01/Accounts/{self.house.offhook.account_sid}"


@pytest.fixture(scope="module")
def wire(house: House) -> Wire:
    client = house.offhook.client()
    house.offhook.number(NUMBER, sms_url="http://127.0.0.1:1/sms", friendly_name="=1+1")
    house.offhook.number(OTHER_NUMBER)
    for body in ("first", "second", BODY):
        client.messages.create(to=PHONE, from_=NUMBER, body=body)
    house.offhook.handset(PHONE).wait_for("pears")
    return Wire(house)


@pytest.fixture(scope="module")
def newest(wire: Wire) -> str:
    return str(wire.house.offhook.client().messages.list(to=PHONE, limit=1)[0].sid)


def camel(name: str) -> str:
    return re.sub(r"(?:^|_)(\w)", lambda found: found[1].upper(), name)


def written(value: Any, *, is_link: bool = False) -> str:
    """A value of JSON as XML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    text = "" if value is None else str(value)
    return text.removesuffix(".json") if is_link else text


def leaves(shown: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Path and text of every field in JSON, as they should be in XML."""
    for name, value in shown.items():
        path = f"{above}/{camel(name)}"
        if isinstance(value, dict) and value:
            yield from leaves(value, path)
        else:
            is_link = name.endswith("uri") or above.endswith("SubresourceUris")
            yield path, written(value or None if isinstance(value, dict) else value, is_link=is_link)


def found(element: ElementTree.Element, above: str = "") -> Iterator[tuple[str, str]]:
    """Path and text of every field in XML."""
    for field in element:
        path = f"{above}/{field.tag}"
        yield from found(field, path) if len(field) else [(path, field.text or "")]


@pytest.mark.parametrize("extension", LINES)
def test_a_message_in_xml_says_field_by_field_what_it_says_in_json(wire: Wire, newest: str, extension: str) -> None:
    path = f"{wire.account}/Messages/{newest}"
    json, xml = wire.get(f"{path}.json").json, wire.get(path + extension).xml
    assert (xml.tag, xml.findtext("Sid"), xml.findtext("Body")) == ("Message", newest, BODY)
    assert dict(found(xml)) == dict(leaves(json))
    assert xml.findtext("Uri") == path
    assert xml.findtext("SubresourceUris/Media") == f"{path}/Media"


@pytest.mark.parametrize("extension", LINES)
def test_a_list_in_xml_says_field_by_field_what_it_says_in_json(wire: Wire, extension: str) -> None:
    query = f"?To=%2B{PHONE[1:]}&PageSize=2"
    json, xml = (
        wire.get(f"{wire.account}/Messages.json{query}").json,
        wire.get(f"{wire.account}/Messages{extension}{query}").xml,
    )
    assert xml.tag == "Messages"
    assert [dict(found(message)) for message in xml] == [dict(leaves(message)) for message in json["messages"]]
    attributes = {name.replace("_", ""): written(value) for name, value in json.items() if name != "messages"}
    assert xml.attrib == {
        name: value.replace("Messages.json", f"Messages{extension}") for name, value in attributes.items()
    }
    following = wire.get(xml.attrib["nextpageuri"]).xml
    assert [message.findtext("Body") for message in (*xml, *following)] == [BODY, "second", "first"]
    assert (following.attrib["page"], following.attrib["nextpageuri"]) == ("1", "")
    assert wire.get(following.attrib["previouspageuri"]).xml.attrib["page"] == "0"


def test_a_list_in_csv_has_a_line_for_each(wire: Wire) -> None:
    query = f"?To=%2B{PHONE[1:]}"
    json, table = (wire.get(f"{wire.account}/Messages{e}{query}") for e in (".json", ".csv"))
    assert table.table == [
        {camel(name): written(value) for name, value in message.items() if name != "subresource_uris"}
        for message in json.json["messages"]
    ]
    assert table.table[0]["Body"] == BODY


def test_what_a_spreadsheet_would_run_is_a_text(wire: Wire) -> None:
    rows = {row["PhoneNumber"]: row for row in wire.get(f"{wire.account}/IncomingPhoneNumbers.csv").table}
    assert rows[NUMBER]["FriendlyName"] == "'=1+1"
    assert msgspec.json.decode(rows[NUMBER]["Capabilities"])["sms"] is True


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("", "Account"),
        ("/Balance", "Balance"),
        ("/IncomingPhoneNumbers", "IncomingPhoneNumbers"),
        ("/AvailablePhoneNumbers", "Countries"),
        ("/AvailablePhoneNumbers/US", "Country"),
        ("/AvailablePhoneNumbers/US/Local", "AvailablePhoneNumbers"),
        ("/Applications", "Applications"),
        ("/OutgoingCallerIds", "OutgoingCallerIds"),
        ("/SMS/ShortCodes", "ShortCodes"),
        ("/Keys", "Keys"),
        ("/SigningKeys", "SigningKeys"),
    ],
)
def test_every_resource_has_every_format(wire: Wire, path: str, name: str) -> None:
    json = wire.get(f"{wire.account}{path}.json").json
    xml = wire.get(wire.account + path).xml
    table = wire.get(f"{wire.account}{path}.csv").table
    rows = json[next(key for key in json if isinstance(json[key], list))] if "page_size" in json else [json]
    assert xml.tag == name
    assert len(table) == len(rows)
    shown = list(xml) if "page_size" in json else [xml]
    assert [dict(found(each)) for each in shown] == [dict(leaves(row)) for row in rows]


def test_the_token_of_an_account_is_in_no_record(wire: Wire) -> None:
    offhook = wire.house.offhook
    for extension in (*LINES, ".csv", ".json"):
        assert offhook.auth_token.encode() in wire.get(wire.account + extension).body
    paths = {wire.account + extension for extension in (*LINES, ".csv", ".json")}

    def recorded() -> list[dict[str, Any]] | None:
        listed = wire.get("/offhook/v1/Exchanges?PageSize=20").json["exchanges"]
        seen = [exchange for exchange in listed if exchange["url"].removeprefix(offhook.url) in paths]
        return seen if len(seen) >= len(paths) else None

    for exchange in until(recorded):
        assert re.search("auth_?token", exchange["response_body"], re.IGNORECASE)
        assert offhook.auth_token not in exchange["response_body"]


def test_errors_in_every_format(wire: Wire) -> None:
    path = f"{wire.account}/Messages/SM{'0' * 32}"
    json = wire.get(f"{path}.json")
    for extension in LINES:
        xml = wire.get(path + extension)
        assert (xml.status, xml.xml.tag) == (404, "RestException")
        fields = {field.tag: field.text for field in xml.xml}
        assert fields == {
            **{camel(name): str(value) for name, value in json.json.items()},
            "Message": json.json["message"].replace(".json", extension),
        }
        assert xml.headers["twilio-request-id"].startswith("RQ")
    (row,) = wire.get(f"{path}.csv").table
    assert (row["Code"], row["Status"]) == ("20404", "404")
    unknown = wire.get(f"{wire.account}/Messages", signed=False)
    assert (unknown.status, unknown.xml.findtext("Code")) == (401, "20003")


def test_an_accept_header_that_refuses_the_extension(wire: Wire) -> None:
    refused = wire.get(f"{wire.account}/Messages.json", Accept="application/xml")
    assert (refused.status, refused.json["code"]) == (406, 20406)
    assert wire.get(f"{wire.account}/Messages", Accept="application/json").json["messages"]
    assert wire.get("/monitor/v1/Alerts", Accept="application/json").status == 200


def test_what_is_sent_in_one_format_is_a_text_in_all(wire: Wire) -> None:
    """An SDK of today and the wire of 2010 see the same message."""
    sent = wire.house.offhook.client().messages.create(to=PHONE, from_=OTHER_NUMBER, body="hello")
    assert wire.get(f"{wire.account}/Messages/{sent.sid}").xml.findtext("From") == OTHER_NUMBER
    assert wire.get(f"{wire.account}/Messages/{sent.sid}.csv").table[0]["From"] == OTHER_NUMBER


def test_a_picture_is_the_file_without_extension_and_a_record_with_one(wire: Wire) -> None:
    offhook, picture = wire.house.offhook, png()

    def app(environ: dict[str, Any], start: Any) -> list[bytes]:
        start("200 OK", [("Content-Type", "image/png")])
        return [picture]

    url = offhook.serve(app)
    sent = offhook.client().messages.create(to=PHONE, from_=NUMBER, body="look", media_url=[f"{url}/plum.png"])
    offhook.handset(PHONE).wait_for("look")
    place = f"{wire.account}/Messages/{sent.sid}/Media"
    record = wire.get(f"{place}.xml").xml
    assert (record.tag, record[0].tag, record[0].findtext("ContentType")) == ("MediaList", "Media", "image/png")
    file = record[0].findtext("Uri")
    assert file == f"{place}/{record[0].findtext('Sid')}"
    got = wire.get(file, signed=False)
    assert (got.status, got.headers["content-type"], got.body) == (200, "image/png", picture)
    assert got.headers["x-content-type-options"] == "nosniff"
    headed = wire.call("HEAD", file, signed=False)
    assert (headed.status, headed.headers["content-length"], headed.body) == (200, str(len(picture)), b"")
    assert wire.get(f"{file}.json").json["content_type"] == "image/png"
    assert wire.get(f"{file}.json", signed=False).status == 401


def test_hosts_with_edge_and_region_are_twilios(wire: Wire) -> None:
    """`Host` says the product; links of newer products lead back to the host that was asked."""
    for host in ("monitor.twilio.com", "monitor.dublin.ie1.twilio.com", "monitor.au1.twilio.com"):
        meta = wire.get("/v1/Alerts", Host=host).json["meta"]
        assert meta["url"].startswith(f"http://{host}/v1/Alerts?")
    api = wire.get(f"{wire.account}/Messages.xml", Host="api.sydney.au1.twilio.com").xml
    assert api.tag == "Messages"
    assert wire.get("/v1/Rooms", Host="video.dublin.ie1.twilio.com").json["code"] == 20501
    assert wire.get("/flex_api/v1/Configuration").json["code"] == 20501


def test_what_twilio_has_and_offhook_has_not_is_said_to_the_sdk(wire: Wire) -> None:
    client = wire.house.offhook.client()
    with pytest.raises(TwilioRestException) as refused:
        client.addresses(f"AD{'0' * 32}").fetch()
    assert (refused.value.status, refused.value.code) == (501, 20501)


def png() -> bytes:
    """A picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = zlib.compress(b"\x00\xff\x00\x80")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")
