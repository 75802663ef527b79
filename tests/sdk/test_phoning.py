"""Calls through the SDKs as they are on PyPI and npm: made, recorded, told to do something else, ended, deleted."""

import sys
from typing import Any

import pytest

from tests.packages import installed_from_npm
from tests.sdk.houses import PROGRAMS, House
from tests.sdk.test_twilio_python import environment


def check(saw: dict[str, Any], version: str, phone: str) -> None:
    assert saw == {
        "version": version,
        "created": ["CA", "queued", "outbound-api", phone, None],
        "answered": [True, None, True],
        "recording": ["in-progress", "StartCallRecordingAPI"],
        "stopped": "completed",
        "over": [True, True],
        "listed": [True],
        "recordings": [True],
        "late": [400, 21220],
        "nonsense": [400, 21211],
        "deleted": [True, [404, 20404]],
    }


def line(house: House) -> tuple[str, str]:
    """A phone that answers at once, and a number to buy."""
    phone, number = house.line()
    house.offhook.handset(phone).behave(answers="at-once")
    return phone, number


@pytest.mark.parametrize("version", ["6.63.2", "7.17.0", "8.13.0", "9.13.0"])
def test_with_python(house: House, version: str) -> None:
    phone, number = line(house)
    saw = house.said(sys.executable, PROGRAMS / "phoning.py", phone, number, **environment(version))
    check(saw, version, phone)


@pytest.mark.parametrize("version", ["4.23.0", "6.2.0"])
def test_with_node(house: House, version: str) -> None:
    phone, number = line(house)
    modules = str(installed_from_npm("twilio", version))
    check(house.said("node", PROGRAMS / "phoning.js", phone, number, NODE_PATH=modules), version, phone)
