"""twilio-python from 2016 to today, as it is on PyPI: what an app reads is what it would read from Twilio."""

import sys
from typing import Any

import pytest

from tests.packages import installed
from tests.sdk.houses import PROGRAMS, House
from tests.sdk.verified import VERIFIED

OURS = "9.13.0"  # the one in our own environment
MODERN = ("6.63.2", "7.17.0", "8.13.0", "9.0.0", OURS)
NOT_THERE, UNANSWERED = [404, 20404], [501, 20501]


def environment(version: str) -> dict[str, str]:
    """The environment of a program for this version of the SDK."""
    return {} if version == OURS else {"PYTHONPATH": str(installed(f"twilio=={version}"))}


def calls(house: House, version: str, program: str) -> tuple[dict[str, Any], str, str]:
    """What a program of `programs/` saw, its phone and its number."""
    phone, number = house.line()
    saw = house.said(sys.executable, PROGRAMS / program, phone, number, **environment(version))
    assert saw["version"] == version
    return saw, phone, number


def check_texts(saw: dict[str, Any], phone: str, number: str) -> None:
    assert saw["created"] == ["SM", 34, "queued", "outbound-api", "1", None]
    assert saw["fetched"][:4] == [True, "Text 0", phone, number]
    assert saw["listed"] == [f"Text {n}" for n in (4, 3, 2, 1, 0)]
    assert saw["limited"] == ["Text 4", "Text 3", "Text 2"]
    assert saw["redacted"] == ""
    assert saw["deleted"] == [True, NOT_THERE]
    assert (saw["no such number"], saw["no body"]) == ([400, 21211], [400, 21602])


def check_numbers(saw: dict[str, Any], number: str) -> None:
    assert saw["numbers"] == [[number, "Front desk", "https://app.example/sms", "GET", True]]
    assert saw["offered"] == ["+1415", "+1415"]
    assert saw["released"] is True


@pytest.mark.parametrize("version", MODERN)
def test_an_app_calls(house: House, two_alerts: list[str], version: str) -> None:
    saw, phone, number = calls(house, version, "calling.py")
    check_numbers(saw, number)
    check_texts(saw, phone, number)
    assert saw["fetched"][4] == "UTC"
    assert saw["pages"] == [4, 1, True]
    assert (saw["account"], saw["subaccount"], saw["closed"]) == ("active", [True, []], "closed")
    assert saw["number of the subaccount"] == [True]
    assert (saw["with a key"], saw["wrong key"], saw["key gone"]) == ("Text 1", [401, 20003], True)
    assert saw["alerts"] == saw["alerts nearby"] == two_alerts
    assert saw["not there"] == UNANSWERED


def test_an_app_of_2016_calls(house: House, two_alerts: list[str]) -> None:
    saw, phone, number = calls(house, "5.7.0", "calling_5.py")
    check_numbers(saw, number)
    check_texts(saw, phone, number)
    assert saw["pages"] == [4, 1, 0]
    assert saw["followed"] == saw["listed"]
    assert (saw["account"], saw["subaccount"], saw["closed"]) == ("active", [True, []], "closed")
    assert saw["number of the subaccount"] == [True]
    assert (saw["key"], saw["key gone"]) == (["A key"], True)
    assert saw["old"] == ["SM", "queued", "outbound-api", "Old text"]
    assert (saw["old listed"], saw["old refused"]) == (["Old text", "Text 4"], [400, 21211])
    assert saw["alerts"] == saw["alerts followed"] == two_alerts
    assert saw["looked up"] == f"({phone[2:5]}) {phone[5:8]}-{phone[8:]}"
    assert saw["not there"] == UNANSWERED


@pytest.mark.parametrize("version", ["8.13.0", "9.0.0", OURS])
def test_an_app_calls_asynchronously(house: House, version: str) -> None:
    saw, _, _ = calls(house, version, "calling_async.py")
    texts = [f"Text {n}" for n in range(5)]
    assert saw["created"] == saw["listed"] == texts
    assert saw["fetched"] in texts
    assert saw["streamed"] == 3
    assert saw["redacted"] == ""
    assert saw["deleted"] == [True, NOT_THERE]
    assert saw["no such number"] == [400, 21211]
    assert (saw["with a key"], saw["released"]) == (True, True)
    assert saw["not there"] == UNANSWERED


@pytest.mark.parametrize("version", MODERN)
def test_an_app_lets_people_in_by_a_code(house: House, version: str) -> None:
    phone, _ = house.line()
    saw = house.said(sys.executable, PROGRAMS / "verifying.py", phone, **environment(version))
    assert saw == {"version": version, **VERIFIED}
