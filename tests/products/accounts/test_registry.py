"""Who is who: the first account, its token, adoption, and who may touch whose things."""

import base64
import http.client
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from twilio.base.exceptions import TwilioRestException

from offhook.testing import Offhook, RefusedError
from offhook.testing.calling import Api
from offhook.testing.running import Running, quiet, settings_for

OURS, PERSON = "+12023358536", "+19732644152"
STRANGER = "AC" + "9" * 32


def raw(url: str, authorization: str | None) -> tuple[int, dict[str, str], dict]:
    """Status, headers and body of an unadorned GET."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port)
    connection.request("GET", parts.path, headers={"Authorization": authorization} if authorization else {})
    response = connection.getresponse()
    body = json.loads(response.read())
    connection.close()
    return response.status, dict(response.getheaders()), body


def basic(username: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()


def test_the_first_account_is_made_once_and_kept(tmp_path):
    settings = settings_for(tmp_path)
    found = []
    for _ in range(2):
        with quiet(), Running(settings) as connection:
            found.append((connection.account_sid, connection.auth_token))
    assert found[0] == found[1]


def test_the_first_account_can_be_named_by_settings(tmp_path):
    settings = replace(settings_for(tmp_path), account_sid="AC" + "1" * 32, auth_token="2" * 32)
    with quiet(), Running(settings) as connection:
        assert (connection.account_sid, connection.auth_token) == ("AC" + "1" * 32, "2" * 32)
        assert Api(connection.url, connection.account_sid, "2" * 32).get("/offhook/v1/Clock")


@pytest.mark.parametrize("change", [{"account_sid": "AC" + "3" * 32}, {"auth_token": "4" * 32}])
def test_a_database_does_not_change_hands(tmp_path, change):
    with quiet(), Running(settings_for(tmp_path)):
        pass
    with quiet(), pytest.raises(ValueError, match="account"), Running(replace(settings_for(tmp_path), **change)):
        pass


def test_no_token_is_readable_in_any_file_that_is_left(tmp_path):
    secret = "feedfacefeedfacefeedfacefeedface"
    settings = replace(settings_for(tmp_path), auth_token=secret)
    with quiet(), Running(settings) as found:
        offhook = Offhook(found.url, found.account_sid, secret)
        offhook.client(STRANGER, "adopted-and-secret").messages.create(to=PERSON, from_=OURS, body="hi")
        offhook.clock.settle()
        offhook.close()
        assert {exchange.status for exchange in offhook.exchanges(direction="in")} == {201}
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for token in (secret, "adopted-and-secret"):
                assert token.encode() not in content, path
                assert base64.b64encode(f":{token}".encode())[4:-4] not in content, path


def test_tokens_in_the_database_are_useless_without_the_key_beside_it(offhook, tmp_path_factory):
    settings = settings_for(tmp_path_factory.mktemp("moved"))
    with quiet(), Running(settings):
        pass
    key = settings.data / "secret.key"
    assert key.stat().st_mode & 0o077 == 0
    key.unlink()
    with quiet(), pytest.raises(Exception, match=r"(?i)key|seal"), Running(settings):
        pass


class TestCredentials:
    @pytest.mark.parametrize("token", ["0" * 32, "", "é"])
    def test_a_wrong_token_is_401_with_a_challenge(self, offhook, token):
        url = f"{offhook.url}/2010-04-01/Accounts/{offhook.account_sid}/Messages.json"
        status, headers, body = raw(url, basic(offhook.account_sid, token))
        assert (status, body["code"], body["status"]) == (401, 20003, 401)
        assert headers["www-authenticate"].startswith('Basic realm="')
        assert set(body) == {"code", "message", "more_info", "status"}

    @pytest.mark.parametrize("header", [None, "Basic", "Basic !!!", "Bearer abc", "Basic " + "QUM="])
    def test_no_credentials_at_all_is_the_same(self, offhook, header):
        status, headers, body = raw(f"{offhook.url}/2010-04-01/Accounts.json", header)
        assert (status, body["code"]) == (401, 20003)
        assert "www-authenticate" in headers

    def test_the_sdk_tells_it_as_twilio_s(self, offhook):
        with pytest.raises(TwilioRestException) as caught:
            offhook.client(offhook.account_sid, "wrong").messages("SM" + "0" * 32).fetch()
        assert (caught.value.status, caught.value.code) == (401, 20003)

    def test_the_account_finds_itself(self, offhook):
        account = offhook.client().api.accounts(offhook.account_sid).fetch()
        assert (account.sid, account.owner_account_sid, account.status, account.type) == (
            offhook.account_sid,
            offhook.account_sid,
            "active",
            "Full",
        )


class TestAdoption:
    def test_unknown_credentials_work_and_their_first_token_stays_theirs(self, offhook):
        offhook.client(STRANGER, "first").messages.create(to=PERSON, from_=OURS, body="hi")
        assert len(offhook.client(STRANGER, "first").messages.list()) == 1
        with pytest.raises(TwilioRestException) as caught:
            offhook.client(STRANGER, "second").messages("SM" + "0" * 32).fetch()
        assert caught.value.code == 20003

    def test_placeholders_that_guides_print_are_adopted(self, offhook):
        client = offhook.client("ACxxxxxxxxxxxxxx", "zzzzzzzzzzzzz")
        message = client.messages.create(to=PERSON, from_=OURS, body="Hello from Python!")
        assert message.account_sid == "ACxxxxxxxxxxxxxx"

    @pytest.mark.parametrize("username", ["", "bob", "SK" + "1" * 32, "AC<script>", "AC" + "1" * 63])
    def test_what_is_no_account_is_not_adopted(self, offhook, username):
        status, _, body = raw(f"{offhook.url}/2010-04-01/Accounts.json", basic(username, "x"))
        assert (status, body["code"]) == (401, 20003)

    def test_an_adopted_account_s_webhooks_are_signed_with_its_token(self, offhook, app, monkeypatch):
        monkeypatch.setenv("TWILIO_AUTH_TOKEN", "adopted-token")
        client = offhook.client(STRANGER, "adopted-token")
        client.messages.create(to=PERSON, from_=OURS, body="hi", status_callback=app.says("/status"))
        offhook.clock.settle()
        assert [asked.is_signed for asked in app.asked] == [True, True]
        assert app.asked[0].parameters["AccountSid"] == STRANGER

    @pytest.mark.parametrize("changes", [{"strict": True}, {"mode": "production", "clock": "real"}])
    def test_where_nothing_is_adopted_unknown_credentials_are_401(self, tmp_path, changes):
        with quiet(), Running(replace(settings_for(tmp_path), **changes)) as found:
            with pytest.raises(RefusedError) as caught:
                Api(found.url, STRANGER, "first").get(f"/2010-04-01/Accounts/{STRANGER}/Messages.json")
            assert (caught.value.status, caught.value.code) == (401, 20003)
            ours = Api(found.url, found.account_sid, found.auth_token)
            with pytest.raises(RefusedError) as caught:
                ours.post(ours.in_account("Messages"), To=PERSON, From=OURS, Body="hi")
            assert caught.value.code == 21606


class TestWhoseIsIt:
    @pytest.fixture
    def strangers_message(self, offhook: Offhook) -> str:
        return str(offhook.client(STRANGER, "token").messages.create(to=PERSON, from_=OURS, body="private").sid)

    def test_an_adopted_account_sees_neither_the_first_nor_another(self, offhook, strangers_message):
        mine = offhook.client().messages.create(to=PERSON, from_="+12125550199", body="mine")
        third = Api(offhook.url, "AC" + "8" * 32, "token")
        for account, sid in ((offhook.account_sid, mine.sid), (STRANGER, strangers_message)):
            for path in ("Messages.json", f"Messages/{sid}.json", "IncomingPhoneNumbers.json"):
                with pytest.raises(RefusedError) as caught:
                    third.get(f"/2010-04-01/Accounts/{account}/{path}")
                assert (caught.value.status, caught.value.code) == (404, 20404)
        assert third.get(third.in_account("Messages"))["messages"] == []

    def test_another_s_sid_under_one_s_own_account_is_nothing(self, offhook, strangers_message):
        third = Api(offhook.url, "AC" + "8" * 32, "token")
        with pytest.raises(RefusedError) as caught:
            third.get(third.in_account(f"Messages/{strangers_message}"))
        assert caught.value.code == 20404

    def test_exchanges_and_alerts_are_one_s_own(self, offhook, strangers_message):
        third = Api(offhook.url, "AC" + "8" * 32, "token")
        third.get("/offhook/v1/Exchanges")
        offhook.clock.settle()
        seen = third.get("/offhook/v1/Exchanges")["exchanges"]
        assert {exchange["account_sid"] for exchange in seen} == {third.account_sid}

    def test_the_first_account_acts_on_adopted_ones(self, offhook, strangers_message):
        client = offhook.client()
        theirs = client.api.accounts(STRANGER)
        assert theirs.fetch().owner_account_sid == offhook.account_sid
        assert [message.sid for message in theirs.messages.list()] == [strangers_message]
        made = theirs.messages.create(to=PERSON, from_=OURS, body="on your behalf")
        assert made.account_sid == STRANGER
        assert client.messages.list() == []
        called = [exchange for exchange in offhook.exchanges(kind="api") if exchange.resource_sid == strangers_message]
        assert [exchange.method for exchange in called] == ["POST"]


def test_the_accounts_table_holds_what_was_adopted_once(offhook_folder):
    folder, offhook = offhook_folder
    for _ in range(3):
        offhook.client(STRANGER, "token").messages.list()
    with closing(sqlite3.connect(folder / "offhook.db")) as connection:
        rows = connection.execute("SELECT sid, adopted FROM accounts ORDER BY seq").fetchall()
    assert rows == [(offhook.account_sid, 0), (STRANGER, 1)]


@pytest.fixture
def offhook_folder(tmp_path: Path):
    with (
        quiet(),
        Running(settings_for(tmp_path)) as found,
        Offhook(found.url, found.account_sid, found.auth_token) as o,
    ):
        yield tmp_path, o
