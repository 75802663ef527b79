"""Test credentials: every account has a pair, and what is asked with it leaves no trace but a record of the asking."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from offhook.testing import Offhook
from offhook.testing.calling import Api, RefusedError
from offhook.testing.running import Running, quiet, settings_for
from tests.products.accounts.clients import api_of, client_of, refusal

FREE, PERSON = "+15005550006", "+19732644152"
TEST_SID, TEST_TOKEN = "AC" + "7" * 32, "a test token"


def of(offhook, account_sid, api=None):
    shown = (api or api_of(offhook)).get(f"/offhook/v1/Accounts/{account_sid}/TestCredentials")
    return shown["test_account_sid"], shown["test_auth_token"]


def test_every_account_has_a_pair_of_its_own(offhook):
    child = offhook.client().api.accounts.create(friendly_name="shop")
    adopted = "AC" + "3" * 32
    client_of(offhook, adopted, "theirs").balance.fetch()
    pairs = [of(offhook, sid) for sid in (offhook.account_sid, child.sid, adopted)]
    assert pairs[0] == offhook.test_credentials
    assert all(sid.startswith("AC") and len(sid) == 34 and len(token) == 32 for sid, token in pairs)
    assert len({text for pair in pairs for text in pair}) == 6
    own = Api(offhook.url, child.sid, child.auth_token)
    assert of(offhook, child.sid, own) == pairs[1]
    for sid, token in pairs:
        assert client_of(offhook, sid, token).messages.create(to=PERSON, from_=FREE, body="hi").account_sid == sid


def test_they_are_for_the_account_and_its_parent_only(offhook):
    child = offhook.client().api.accounts.create(friendly_name="shop")
    with pytest.raises(RefusedError) as refused:
        of(offhook, offhook.account_sid, Api(offhook.url, child.sid, child.auth_token))
    assert refused.value.status == 404
    sid, token = offhook.test_credentials
    with pytest.raises(RefusedError) as refused:
        of(offhook, sid, Api(offhook.url, sid, token))
    assert (refused.value.status, refused.value.code) == (403, 20008)


@pytest.mark.parametrize("password", ["wrong", ""])
def test_a_wrong_test_token_is_refused_and_the_test_sid_not_adopted(offhook, password):
    sid, _ = offhook.test_credentials
    assert refusal(client_of(offhook, sid, password or "x").messages.create, to=PERSON, from_=FREE, body="hi")[0] == 401
    assert [account.sid for account in offhook.client().api.accounts.list()] == [offhook.account_sid]


def test_a_live_token_does_not_go_with_a_test_sid_nor_the_other_way_round(offhook):
    sid, token = offhook.test_credentials
    for pair in ((sid, offhook.auth_token), (offhook.account_sid, token)):
        assert refusal(client_of(offhook, *pair).messages.create, to=PERSON, from_=FREE, body="hi")[0] == 401


@pytest.mark.parametrize("status", ["suspended", "closed"])
def test_the_tests_of_an_account_rest_with_it(offhook, status):
    child = offhook.client().api.accounts.create(friendly_name="shop")
    client = client_of(offhook, *of(offhook, child.sid))
    assert client.messages.create(to=PERSON, from_=FREE, body="hi").status == "queued"
    offhook.client().api.accounts(child.sid).update(status=status)
    assert refusal(client.messages.create, to=PERSON, from_=FREE, body="hi")[0] == 401


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.messages.list(),
        lambda client: client.messages("SM" + "1" * 32).fetch(),
        lambda client: client.messages("SM" + "1" * 32).update(body=""),
        lambda client: client.messages("SM" + "1" * 32).delete(),
        lambda client: client.incoming_phone_numbers.list(),
        lambda client: client.incoming_phone_numbers.local.create(phone_number=FREE),
        lambda client: client.available_phone_numbers("US").local.list(),
        lambda client: client.api.accounts.list(),
        lambda client: client.api.accounts.create(),
        lambda client: client.balance.fetch(),
        lambda client: client.new_keys.create(),
        lambda client: client.monitor.v1.alerts.list(),
        lambda client: client.accounts.v1.secondary_auth_token().create(),
        lambda client: client.verify.v2.services.create(friendly_name="a"),
        lambda client: client.conferences.list(),
    ],
)
def test_anything_else_is_not_for_test_credentials(offhook, ask):
    client = client_of(offhook, *offhook.test_credentials)
    status, code, message = refusal(ask, client)
    assert (status, code) == (403, 20008)
    assert "Resource not accessible with Test Account Credentials" in message


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.calls.create(to=PERSON, from_=FREE, url="http://a.example/").sid,
        lambda client: client.lookups.v2.phone_numbers(PERSON).fetch().valid,
    ],
)
def test_what_else_twilio_lets_them_do_they_can_do_here(offhook, ask):
    assert ask(client_of(offhook, *offhook.test_credentials))


def test_test_credentials_reach_no_other_account(offhook):
    sid, token = offhook.test_credentials
    client = client_of(offhook, sid, token, offhook.account_sid)
    assert refusal(client.messages.create, to=PERSON, from_=FREE, body="hi")[:2] == (404, 20404)
    live = client_of(offhook, offhook.account_sid, offhook.auth_token, sid)
    assert refusal(live.messages.create, to=PERSON, from_=FREE, body="hi")[:2] == (404, 20404)


def rows(path):
    """How many rows each table has."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}


def test_nothing_is_kept_but_what_was_asked(tmp_path):
    settings = settings_for(tmp_path)
    with quiet(), Running(settings) as found, Offhook(found.url, found.account_sid, found.auth_token) as offhook:
        sid, token = found.test_account_sid, found.test_auth_token
        client = client_of(offhook, sid, token)
        offhook.clock.settle()
        before = rows(tmp_path / "offhook.db")
        for _ in range(3):
            client.messages.create(to=PERSON, from_=FREE, body="hi", media_url=["http://127.0.0.1:1/a.png"])
            client.incoming_phone_numbers.create(phone_number=FREE, sms_url="http://127.0.0.1:1/sms")
            refusal(client.incoming_phone_numbers.create, area_code="533")
        offhook.clock.advance(days=1)
        asked = offhook.exchanges()
    after = rows(tmp_path / "offhook.db")
    assert {name for name in after if after[name] != before[name]} <= {"exchanges", "events", "clock"}
    assert [(one.method, one.direction) for one in asked] == [("POST", "in")] * 9
    assert token not in repr(asked)


def test_what_was_asked_is_on_record_for_the_account(offhook):
    client_of(offhook, *offhook.test_credentials).messages.create(to=PERSON, from_=FREE, body="hi")
    offhook.clock.settle()
    (asked,) = api_of(offhook).get("/offhook/v1/Exchanges?Method=POST&Url=Messages")["exchanges"]
    assert asked["account_sid"] == offhook.account_sid
    assert any("test credentials" in note for note in asked["notes"])


def test_the_pair_can_be_set_and_set_anew(tmp_path):
    settings = replace(settings_for(tmp_path), test_account_sid=TEST_SID, test_auth_token=TEST_TOKEN)
    with quiet(), Running(settings) as found:
        assert (found.test_account_sid, found.test_auth_token) == (TEST_SID, TEST_TOKEN)
    with quiet(), Running(settings_for(tmp_path)) as found:
        assert (found.test_account_sid, found.test_auth_token) == (TEST_SID, TEST_TOKEN)
    with quiet(), Running(replace(settings_for(tmp_path), test_auth_token="another")) as found:
        assert (found.test_account_sid, found.test_auth_token) == (TEST_SID, "another")
        with Offhook(found.url, found.account_sid, found.auth_token) as offhook:
            assert refusal(client_of(offhook, TEST_SID, TEST_TOKEN).messages.list)[0] == 401
            assert refusal(client_of(offhook, TEST_SID, "another").messages.list)[0] == 403


def test_an_account_cannot_become_a_test_sid(tmp_path):
    with quiet(), Running(settings_for(tmp_path)) as found, Offhook(found.url, found.account_sid, "") as offhook:
        client_of(offhook, TEST_SID, TEST_TOKEN).balance.fetch()
    settings = replace(settings_for(tmp_path), test_account_sid=TEST_SID)
    with quiet(), pytest.raises(ValueError, match=f"{TEST_SID} is an account already"), Running(settings):
        pass


def test_the_token_is_sealed_on_the_disk(tmp_path):
    settings = replace(settings_for(tmp_path), test_auth_token="a-secret-of-some-length")
    with quiet(), Running(settings):
        pass
    assert b"a-secret-of-some-length" not in (tmp_path / "offhook.db").read_bytes()


def test_they_work_on_either_database(either):
    offhook, _ = either
    sid, token = offhook.test_credentials
    assert client_of(offhook, sid, token).messages.create(to=PERSON, from_=FREE, body="hi").account_sid == sid
    assert offhook.client().messages.list() == []
