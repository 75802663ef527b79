"""Programs without an SDK: curl, Python's own urllib; and programs whose authors wrote their credentials into them."""

import json
import sys
from typing import Any

import pytest

from tests.packages import installed
from tests.sdk.houses import PROGRAMS, House

ACCOUNT = "https://api.twilio.com/2010-04-01/Accounts/$TWILIO_ACCOUNT_SID"
CURL = f'exec curl -sS -u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN" -w "\\n%{{http_code}}" "$@" {ACCOUNT}'
HARD_CODED_SDK = """
import sys
from twilio.rest import Client
client = Client("{account_sid}", "my-token")
print(client.messages.create(to=sys.argv[1], from_=sys.argv[2], body="Hello").account_sid)
"""


def curl(house: House, place: str, *options: str) -> tuple[int, dict[str, Any]]:
    """Status and body of a call to `place` in the account."""
    done = house.run("sh", "-c", CURL + place, "curl", *options)
    assert (done.returncode, done.stderr) == (0, "")
    body, _, status = done.stdout.rpartition("\n")
    return int(status), json.loads(body) if body else {}


def adoptions(house: House, account_sid: str) -> list[dict[str, Any]]:
    """The notices that this account was adopted."""
    return [notice for notice in house.logged("account_adopted") if notice["account_sid"] == account_sid]


def test_curl_sends_reads_and_deletes_a_text(house: House) -> None:
    phone, number = house.line()
    assert curl(house, "/IncomingPhoneNumbers.json", "-d", f"PhoneNumber=%2B{number[1:]}")[0] == 201
    words = ("--data-urlencode", f"To={phone}", "--data-urlencode", f"From={number}", "-d", "Body=Hello from curl")
    status, created = curl(house, "/Messages.json", *words)
    assert (status, created["status"], created["from"]) == (201, "queued", number)
    assert house.offhook.handset(phone).wait_for("Hello from curl").message_sid == created["sid"]
    status, page = curl(house, "/Messages.json", "-G", "--data-urlencode", f"To={phone}")
    assert (status, [(m["sid"], m["status"]) for m in page["messages"]]) == (200, [(created["sid"], "delivered")])
    place = f"/Messages/{created['sid']}.json"
    assert curl(house, place, "-X", "DELETE") == (204, {})
    status, problem = curl(house, place)
    assert (status, problem["code"], problem["status"]) == (404, 20404, 404)


def test_curl_is_told_what_is_wrong(house: House) -> None:
    status, problem = curl(house, "/Messages.json", "-d", "To=12", "-d", "From=%2B12025550001", "-d", "Body=Hello")
    assert (status, problem["code"]) == (400, 21211)
    assert curl(house, ".json", "-u", "nobody:nothing")[0] == 401


def test_hard_coded_credentials_are_adopted_with_a_notice(house: House) -> None:
    """The first token is the account's from then on."""
    phone, _ = house.line()
    program = (sys.executable, PROGRAMS / "hard_coded.py")
    sent = house.said(*program, "token-of-its-author", phone)
    assert house.offhook.handset(phone).wait_for("nobody's SDK").message_sid == sent["sid"]
    (notice,) = adoptions(house, sent["account_sid"])
    assert notice["level"] == "warning"
    assert "token-of-its-author" not in house.log.read_text()
    again = house.said(*program, "token-of-its-author", phone)
    assert again["account_sid"] == sent["account_sid"]
    assert adoptions(house, sent["account_sid"]) == [notice]
    refused = house.run(*program, "another-token", phone)
    assert (refused.returncode, json.loads(refused.stdout)["code"]) == (1, 20003)


@pytest.mark.parametrize("version", ["6.63.2", "9.0.0"])
def test_credentials_that_are_hard_coded_for_an_sdk_are_adopted_too(house: House, version: str) -> None:
    phone, number = house.line()
    account_sid = "AC" + version.replace(".", "").rjust(32, "0")
    program = HARD_CODED_SDK.format(account_sid=account_sid)
    library = str(installed(f"twilio=={version}"))
    done = house.run(sys.executable, "-c", program, phone, number, PYTHONPATH=library)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, account_sid, "")
    assert len(adoptions(house, account_sid)) == 1
