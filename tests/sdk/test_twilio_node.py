"""twilio-node as it is on npm, by both of its ways to us: the preload that NODE_OPTIONS names, and the proxy."""

import pytest

from tests.packages import installed_from_npm
from tests.sdk.houses import PROGRAMS, House
from tests.sdk.verified import VERIFIED

PRELOAD = ("env", "-u", "HTTP_PROXY", "-u", "HTTPS_PROXY", "node")
PROXY = ("env", "-u", "NODE_OPTIONS", "node")
NOT_THERE, UNANSWERED = [404, 20404], [501, 20501]


@pytest.mark.parametrize("node", [PRELOAD, PROXY], ids=["preload", "proxy"])
@pytest.mark.parametrize("version", ["4.23.0", "6.2.0"])
def test_an_app_calls(house: House, two_alerts: list[str], version: str, node: tuple[str, ...]) -> None:
    phone, number = house.line()
    modules = str(installed_from_npm("twilio", version))
    saw = house.said(*node, PROGRAMS / "calling.js", phone, number, NODE_PATH=modules)
    assert saw["version"] == version
    assert saw["numbers"] == [[number, "Front desk", "https://app.example/sms", "GET", True]]
    assert saw["offered"] == ["+1415", "+1415"]
    assert saw["created"] == ["SM", 34, "queued", "outbound-api", "1"]
    assert saw["fetched"] == [True, "Text 0", phone, number, True]
    assert saw["listed"] == [f"Text {n}" for n in (4, 3, 2, 1, 0)]
    assert saw["limited"] == ["Text 4", "Text 3", "Text 2"]
    assert saw["pages"] == [4, 1, True]
    assert (saw["redacted"], saw["deleted"], saw["released"]) == ("", [True, NOT_THERE], True)
    assert (saw["no such number"], saw["no body"]) == ([400, 21211], [400, 21602])
    assert (saw["account"], saw["subaccount"], saw["closed"]) == ("active", [True, []], "closed")
    assert saw["number of the subaccount"] == [True]
    assert (saw["with a key"], saw["wrong key"], saw["key gone"]) == ("Text 1", [401, 20003], True)
    assert saw["alerts"] == saw["alerts nearby"] == two_alerts
    assert saw["not there"] == UNANSWERED


@pytest.mark.parametrize("version", ["4.23.0", "6.2.0"])
def test_an_app_lets_people_in_by_a_code(house: House, version: str) -> None:
    phone, _ = house.line()
    modules = str(installed_from_npm("twilio", version))
    saw = house.said(*PRELOAD, PROGRAMS / "verifying.js", phone, NODE_PATH=modules)
    assert saw == {"version": version, **VERIFIED}
