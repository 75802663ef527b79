"""Lookup and TOTP factors through the SDKs as they are on PyPI and npm: looked up, enrolled, signed in, deleted."""

import sys
from typing import Any

import pytest

from tests.packages import installed_from_npm
from tests.sdk.houses import PROGRAMS, House
from tests.sdk.test_twilio_python import MODERN, environment


def check(saw: dict[str, Any], version: str, phone: str, config: dict[str, Any]) -> None:
    assert saw == {
        "version": version,
        "looked up": [phone, "US", "voip", "Hooli"],
        "caller": "ANN LEE",
        "webhook": ["enabled", ["*"]],
        "enrolled": ["unverified", config, "Owl Bank", "Ann's phone"],
        "wrong": "unverified",
        "verified": "verified",
        "factors": [[True, "verified"]],
        "replayed": "pending",
        "asked": "pending",
        "signed in": "approved",
        "challenges": ["approved", "pending"],
        "gone": [True, True, True],
    }


def prepared(house: House) -> tuple[str, str]:
    """A phone of which Lookup knows something, and what time it is there, in seconds since 1970."""
    phone, _ = house.line()
    house.offhook.handset(phone).has_line(type="nonFixedVoip", carrier_name="Hooli", caller_name="ANN LEE")
    return phone, str(int(house.offhook.clock.now().timestamp()))


@pytest.mark.parametrize("version", MODERN)
def test_with_python(house: House, version: str) -> None:
    phone, now = prepared(house)
    saw = house.said(sys.executable, PROGRAMS / "two_factor.py", phone, now, **environment(version))
    check(saw, version, phone, {"alg": "sha1", "skew": 1, "code_length": 6, "time_step": 30})


@pytest.mark.parametrize("version", ["4.23.0", "6.2.0"])
def test_with_node(house: House, version: str) -> None:
    phone, now = prepared(house)
    modules = str(installed_from_npm("twilio", version))
    saw = house.said("node", PROGRAMS / "two_factor.js", phone, now, NODE_PATH=modules)
    check(saw, version, phone, {"alg": "sha1", "skew": 1, "code_length": 6, "time_step": 30})
