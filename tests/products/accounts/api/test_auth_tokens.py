"""accounts.twilio.com /v1/AuthTokens over HTTP, with the official SDK. The account is a subaccount, so that the
fixture's own credentials stay what they were.
"""

import pytest

from offhook.testing.calling import Api
from tests.products.accounts.clients import client_of, documented, refusal, with_key


@pytest.fixture
def shop(offhook):
    return offhook.client().api.accounts.create(friendly_name="shop")


@pytest.fixture
def client(offhook, shop):
    return client_of(offhook, shop.sid, shop.auth_token)


def test_a_token_is_changed_without_a_gap(offhook, shop, client):
    made = client.accounts.v1.secondary_auth_token().create(suppress_email_notification=True)
    assert (made.account_sid, len(made.secondary_auth_token)) == (shop.sid, 32)
    offhook.clock.advance(seconds=60)
    new = client_of(offhook, shop.sid, made.secondary_auth_token)
    assert client.messages.list() == new.messages.list() == []
    promoted = new.accounts.v1.auth_token_promotion().update()
    assert promoted.auth_token == made.secondary_auth_token
    assert (promoted.date_updated - promoted.date_created).total_seconds() == 60
    assert promoted.date_created == made.date_created
    assert refusal(client.messages.list)[:2] == (401, 20003)
    assert new.messages.list() == []
    assert offhook.client().api.accounts(shop.sid).fetch().auth_token == made.secondary_auth_token


def test_a_second_token_is_deleted(offhook, shop, client):
    made = client.accounts.v1.secondary_auth_token().create()
    second = client_of(offhook, shop.sid, made.secondary_auth_token)
    assert second.messages.list() == []
    assert client.accounts.v1.secondary_auth_token().delete(suppress_email_notification=False) is True
    assert refusal(second.messages.list)[:2] == (401, 20003)
    assert refusal(client.accounts.v1.secondary_auth_token().delete)[:2] == (404, 20404)
    assert refusal(client.accounts.v1.auth_token_promotion().update)[:2] == (404, 20404)
    assert client.messages.list() == []


def test_every_documented_field_is_answered(offhook, shop, client):
    api = Api(offhook.url, shop.sid, shop.auth_token)
    made = api.post("/accounts/v1/AuthTokens/Secondary")
    assert made["url"] == f"{offhook.url}/accounts/v1/AuthTokens/Secondary"
    assert None not in made.values()
    again = client.accounts.v1.secondary_auth_token().create()
    assert set(made) == documented(again)
    promoted = api.post("/accounts/v1/AuthTokens/Promote")
    assert promoted["url"] == f"{offhook.url}/accounts/v1/AuthTokens/Promote"
    assert promoted["auth_token"] == again.secondary_auth_token
    now = client_of(offhook, shop.sid, promoted["auth_token"])
    now.accounts.v1.secondary_auth_token().create()
    assert set(promoted) == documented(now.accounts.v1.auth_token_promotion().update())


def test_a_standard_key_may_not_change_tokens(offhook):
    standard, _ = with_key(offhook)
    secondary, promotion = standard.accounts.v1.secondary_auth_token(), standard.accounts.v1.auth_token_promotion()
    calls = (secondary.create, secondary.delete, promotion.update)
    assert {refusal(call)[:2] for call in calls} == {(401, 20003)}


def test_tokens_are_not_in_the_record_of_exchanges(offhook, client):
    made = client.accounts.v1.secondary_auth_token().create()
    promoted = client.accounts.v1.auth_token_promotion().update()
    recorded = repr(offhook.exchanges())
    assert "AuthTokens/Promote" in recorded
    assert promoted.auth_token == made.secondary_auth_token
    assert made.secondary_auth_token not in recorded
