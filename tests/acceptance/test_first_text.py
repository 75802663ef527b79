"""Untouched programs text a phone: the guides' snippet of 2016 and today's, sync and async, curl, requests, `patch`.

Each prints the SID that it was given; the phone then shows the text with that SID, and the API says `delivered`.
"""

import os
import sys
from pathlib import Path

import pytest

from offhook.cli.demo.api import Api
from tests.packages import installed
from tests.terminal import OFFHOOK, Terminal, until

PHONE, NUMBER, BODY = "+19732644152", "+12023358536", "Hello from Python!"
SNIPPET = """from twilio.rest import TwilioRestClient

client = TwilioRestClient("ACxxxxxxxxxxxxxx", "zzzzzzzzzzzzz")
message = client.messages.create(to="+19732644152", from_="+12023358536", body="Hello from Python!")
print(message.sid)
"""
ASYNC = """
import asyncio
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.rest import Client

async def main():
    async with AsyncTwilioHttpClient() as http:
        message = await Client(http_client=http).messages.create_async(
            to="+19732644152", from_="+12023358536", body="Hello from Python!")
        print(message.sid)

asyncio.run(main())
"""
REQUESTS = """
import os, requests
account = os.environ["TWILIO_ACCOUNT_SID"]
answer = requests.post(
    f"https://api.twilio.com/2010-04-01/Accounts/{account}/Messages.json",
    data={"To": "+19732644152", "From": "+12023358536", "Body": "Hello from Python!"},
    auth=(account, os.environ["TWILIO_AUTH_TOKEN"]),
)
print(answer.json()["sid"])
"""
CURL = """
curl -sS https://api.twilio.com/2010-04-01/Accounts/$TWILIO_ACCOUNT_SID/Messages.json \
  --data-urlencode To=+19732644152 --data-urlencode From=+12023358536 -d "Body=Hello from Python!" \
  -u $TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN | sed 's/.*"sid":"\\(SM[0-9a-f]*\\)".*/\\1/'
"""
PATCHED = """
import sys
import offhook
from twilio.rest import Client

client = offhook.patch(Client(sys.argv[1], sys.argv[2]))
print(client.messages.create(to="+19732644152", from_="+12023358536", body="Hello from Python!").sid)
"""


def arrived(api: Api, sid: str, account_sid: str | None = None) -> None:
    """The text with this SID is on the phone as it was sent, and its account is told that it was delivered."""
    assert sid.startswith("SM")
    assert len(sid) == 34

    def shown():
        texts = api.get(f"/offhook/v1/Handsets/{PHONE}/Messages", PageSize="1000")["messages"]
        return [text for text in texts if text["message_sid"] == sid]

    (text,) = until(shown)
    assert (text["direction"], text["from"], text["to"], text["body"]) == ("inbound", NUMBER, PHONE, BODY)
    account = f"/2010-04-01/Accounts/{account_sid}" if account_sid else api.account
    message = until(lambda: (found := api.get(f"{account}/Messages/{sid}.json"))["status"] == "delivered" and found)
    assert (message["direction"], message["body"], message["error_code"]) == ("outbound-api", BODY, None)


def printed(terminal: Terminal, *command: str | Path, **environment: str) -> str:
    """What a program prints under `offhook run`, which must go well and say nothing else."""
    done = terminal.offhook("run", "--", *command, **environment)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


def test_the_snippet_of_2016_is_what_guides_print(examples: Path):
    assert (examples / "first_text" / "send_with_twilio_5.py").read_text() == SNIPPET


def test_the_snippet_of_2016_with_the_library_of_2016(house: tuple[Terminal, Api], examples: Path):
    terminal, api = house
    library = str(installed("twilio==5.7.0"))
    path = os.pathsep.join(filter(None, [library, terminal.environment.get("PYTHONPATH")]))
    program = examples / "first_text" / "send_with_twilio_5.py"
    arrived(api, printed(terminal, sys.executable, program, PYTHONPATH=path), "ACxxxxxxxxxxxxxx")


def test_the_same_with_the_library_of_today(house: tuple[Terminal, Api], examples: Path):
    terminal, api = house
    arrived(api, printed(terminal, sys.executable, examples / "first_text" / "send.py"), "ACxxxxxxxxxxxxxx")


@pytest.mark.parametrize("program", [ASYNC, REQUESTS], ids=["twilio async", "requests"])
def test_a_program_that_reads_its_credentials_from_the_environment(house: tuple[Terminal, Api], program: str):
    terminal, api = house
    arrived(api, printed(terminal, sys.executable, "-c", program))


def test_curl(house: tuple[Terminal, Api]):
    terminal, api = house
    arrived(api, printed(terminal, "sh", "-c", CURL))


def test_a_patched_client_needs_no_run(house: tuple[Terminal, Api]):
    """It finds the Offhook of the current folder."""
    terminal, api = house
    connection = api.connection
    done = terminal.run(sys.executable, "-c", PATCHED, connection.account_sid, connection.auth_token)
    assert (done.returncode, done.stderr) == (0, "")
    arrived(api, done.stdout.strip())


def test_wrong_credentials_for_a_known_account_are_refused(house: tuple[Terminal, Api]):
    """Only what was never seen is adopted: a typing error in the token is one here too."""
    terminal, _ = house
    program = "from twilio.rest import Client; Client(None, 'wrong').messages.create(to='1', from_='1', body='1')"
    done = terminal.run(OFFHOOK, "run", "--", sys.executable, "-c", program)
    assert done.returncode == 1
    assert "401" in done.stderr
    assert "20003" in done.stderr or "Authenticate" in done.stderr
