"""Lookup v2 through the SDKs of PyPI and npm: validated, formatted, packages asked for, nonsense refused."""

import sys
from typing import Any

import pytest

from tests.packages import installed_from_npm
from tests.sdk.houses import PROGRAMS, House
from tests.sdk.test_twilio_python import environment


def check(saw: dict[str, Any], version: str, phone: str) -> None:
    assert saw == {
        "version": version,
        "valid": [phone, True, []],
        "where": ["US", "1"],
        "not asked for": [None, None],
        "national": phone,
        "line": ["landline", "Hooli", None],
        "caller": ["ANN LEE", "CONSUMER", None],
        "too short": [False, ["TOO_SHORT"]],
        "nonsense": [400, 20001],
    }


def landline(house: House) -> str:
    """A phone of which Lookup knows something."""
    phone, _ = house.line()
    facts = {"type": "landline", "carrier_name": "Hooli", "caller_name": "ANN LEE", "caller_type": "CONSUMER"}
    house.offhook.handset(phone).has_line(**facts)
    return phone


@pytest.mark.parametrize("version", ["7.17.0", "8.13.0", "9.0.0", "9.13.0"])
def test_with_python(house: House, version: str) -> None:
    phone = landline(house)
    check(house.said(sys.executable, PROGRAMS / "looking_up.py", phone, **environment(version)), version, phone)


@pytest.mark.parametrize("version", ["4.23.0", "6.2.0"])
def test_with_node(house: House, version: str) -> None:
    phone = landline(house)
    modules = str(installed_from_npm("twilio", version))
    check(house.said("node", PROGRAMS / "looking_up.js", phone, NODE_PATH=modules), version, phone)
