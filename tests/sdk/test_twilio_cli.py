"""Twilio's command line as it is on npm, with a home of its own and told not to look for newer versions of itself."""

import json
import subprocess

import pytest

from tests.packages import installed_from_npm
from tests.sdk.houses import House

STAY_AT_HOME = {"TWILIO_DISABLE_AUTOUPDATE": "1", "TWILIO_SKIP_NEW_VERSION_CHECK": "1"}


def twilio(house: House, *words: str, first: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """`twilio` with these words; `first` are words before it, as `env` takes them."""
    command = installed_from_npm("twilio-cli", "6.2.4") / ".bin" / "twilio"
    return house.run(*first, command, *words, HOME=str(house.terminal.folder), **STAY_AT_HOME)


@pytest.fixture(scope="module")
def number(house: House) -> str:
    return house.offhook.number(house.line()[1]).phone_number


def test_a_text_is_created(house: House, number: str) -> None:
    phone, _ = house.line()
    words = ("--from", number, "--to", phone, "--body", "Hello from a terminal", "-o", "json")
    done = twilio(house, "api:core:messages:create", *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert not (house.terminal.folder / ".twilio-cli").exists()  # where it notes that it looked for newer versions
    (created,) = json.loads(done.stdout)
    assert (created["from"], created["to"], created["numSegments"]) == (number, phone, "1")
    assert house.offhook.handset(phone).wait_for("terminal").message_sid == created["sid"]


def test_a_numbers_webhook_is_set_and_the_list_shows_the_number(house: House, number: str) -> None:
    done = twilio(house, "phone-numbers:update", number, "--sms-url", "https://app.example/sms")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Success" in done.stdout
    assert house.offhook.number(number).sms_url == "https://app.example/sms"
    done = twilio(house, "phone-numbers:list", "-o", "json")
    assert [(n["phoneNumber"], n["smsUrl"]) for n in json.loads(done.stdout)] == [(number, "https://app.example/sms")]


def test_a_refusal_is_told_with_its_code_and_where_to_read_about_it(house: House, number: str) -> None:
    done = twilio(house, "api:core:messages:create", "--from", number, "--to", "12", "--body", "Hello")
    assert (done.returncode != 0, done.stdout) == (True, "")
    assert "Error code 21211 from Twilio: Invalid 'To' Phone Number: 12." in done.stderr
    assert "https://www.twilio.com/docs/errors/21211" in done.stderr


def test_wrong_credentials_get_the_hint_that_the_command_line_has_for_them(house: House) -> None:
    done = twilio(house, "phone-numbers:list", first=("env", "TWILIO_AUTH_TOKEN=wrong"))
    assert done.returncode != 0
    assert "Error code 20003 from Twilio" in done.stderr
    assert "Hint: " in done.stderr
