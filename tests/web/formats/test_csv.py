"""CSV, read by another program's reader."""

import csv
import io
import json
from typing import Any

import msgspec
import pytest

from offhook.web import API_2010, Resource
from offhook.web.formats import csv as writing


class Shown(msgspec.Struct, rename={"from_": "from"}):
    sid: str
    from_: str = ""
    error_code: int | None = None
    beta: bool = False
    capabilities: dict[str, bool] = {}
    flags: list[str] = []
    auth_token: str = ""
    uri: str = "/2010-04-01/Things/TH1.json"
    subresource_uris: dict[str, str] = {}


def view(record: Shown, _call: Any) -> Shown:
    return record


def anything(record: Any, _call: Any):  # type: ignore[no-untyped-def]
    return record


THINGS = Resource("api", "/2010-04-01/Accounts/{account_sid}/Things", API_2010, view, key="things")
LOOSE = Resource("api", "/2010-04-01/Loose", API_2010, anything, key="loose")
NAMES = ["Sid", "From", "ErrorCode", "Beta", "Capabilities", "Flags", "AuthToken", "Uri"]


def read(document: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(document.decode(), newline=""), strict=True))


def cell(text: str) -> str:
    return read(writing.one(THINGS, Shown("TH1", from_=text)))[1][1]


def test_one_thing_is_a_line_below_the_names() -> None:
    shown = Shown("TH1", "+19735550001", 30003, True, {"sms": True}, ["a", "b"], subresource_uris={"media": "/x"})
    names, row = read(writing.one(THINGS, shown))
    assert names == NAMES
    assert row[:4] == ["TH1", "+19735550001", "30003", "true"]
    assert json.loads(row[4]) == {"sms": True}
    assert row[5:] == ["[a, b]", "", "/2010-04-01/Things/TH1.json"]


def test_a_page_is_a_line_for_each_without_links() -> None:
    page = {"things": [Shown("TH1"), Shown("TH2")], "next_page_uri": "/x", "page": 0}
    assert [row[0] for row in read(writing.page(THINGS, page))] == ["Sid", "TH1", "TH2"]


def test_an_empty_page_still_has_the_names() -> None:
    assert read(writing.page(THINGS, {"things": []})) == [NAMES]


def test_names_are_those_of_the_first_where_the_view_does_not_say() -> None:
    assert read(writing.page(LOOSE, {"loose": [{"a_b": 1}, {"a_b": 2}]})) == [["AB"], ["1"], ["2"]]
    assert read(writing.page(LOOSE, {"loose": []})) == [[]]


@pytest.mark.parametrize("text", ["a,b", 'say "hi"', "two\nlines", "two\r\nlines", "", " ", "ä🙂", "'quoted'", "1+1"])
def test_any_text_comes_back_as_it_was(text: str) -> None:
    assert cell(text) == text


@pytest.mark.parametrize("text", ["+19735550001", "-5", "-0.00750", "+1"])
def test_numbers_and_phone_numbers_are_no_formulas(text: str) -> None:
    assert cell(text) == text


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "+1+1", "-1-1", "+cmd|' /C calc'!A0", "\t=1", "\r=1", '=HYPERLINK("http://x","y")']
)
def test_a_text_that_a_spreadsheet_would_run_begins_with_an_apostrophe(text: str) -> None:
    assert cell(text) == f"'{text}"


def test_an_error_is_a_line_too() -> None:
    body = {"code": 20404, "message": "no, not here", "more_info": "https://x/20404", "status": 404}
    assert read(writing.error(body)) == [
        ["Code", "Message", "MoreInfo", "Status"],
        ["20404", "no, not here", "https://x/20404", "404"],
    ]


def test_the_record_of_exchanges_holds_no_secret_column() -> None:
    kept = writing.kept(writing.one(THINGS, Shown("TH1", "two\nlines", auth_token="t0ken")))
    assert "t0ken" not in kept
    row = dict(zip(*read(kept.encode()), strict=True))
    assert (row["Sid"], row["From"], row["AuthToken"]) == ("TH1", "two\nlines", "[redacted]")
    assert writing.kept(b"") == ""
