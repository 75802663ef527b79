"""iam.twilio.com /v1/Keys over HTTP, with the official SDK."""

import pytest

from tests.products.accounts.clients import api_of, client_of, documented, refusal, with_key


def test_a_key_is_made_found_renamed_and_revoked(offhook):
    iam = offhook.client().iam.v1
    made = iam.new_api_key.create(account_sid=offhook.account_sid, friendly_name="ci")
    client = client_of(offhook, made.sid, made.secret, offhook.account_sid)
    assert client.messages.list() == []
    assert iam.api_key(made.sid).update(friendly_name="build").friendly_name == "build"
    assert iam.api_key(made.sid).fetch().friendly_name == "build"
    assert [found.sid for found in iam.get_api_keys.list(account_sid=offhook.account_sid)] == [made.sid]
    assert iam.api_key(made.sid).delete() is True
    assert refusal(client.messages.list)[:2] == (401, 20003)
    assert refusal(iam.api_key(made.sid).fetch)[:2] == (404, 20404)


def test_every_documented_field_is_answered(offhook):
    api, iam = api_of(offhook), offhook.client().iam.v1
    made = api.post("/iam/v1/Keys", AccountSid=offhook.account_sid, FriendlyName="fields")
    assert set(made) == documented(iam.new_api_key.create(account_sid=offhook.account_sid))
    assert set(api.get(f"/iam/v1/Keys/{made['sid']}")) == documented(iam.api_key(made["sid"]).fetch())
    [listed, _] = iam.get_api_keys.list(account_sid=offhook.account_sid)
    shown = api.get("/iam/v1/Keys", AccountSid=offhook.account_sid)
    assert {frozenset(key) for key in shown["keys"]} == {frozenset(documented(listed))}
    assert iam.api_key(made["sid"]).fetch().date_created is not None
    assert made["secret"] not in str(shown)


def test_pages_hold_each_key_once(offhook):
    iam = offhook.client().iam.v1
    made = [iam.new_api_key.create(account_sid=offhook.account_sid).sid for _ in range(5)]
    listed = [found.sid for found in iam.get_api_keys.list(account_sid=offhook.account_sid, page_size=2)]
    assert listed == made[::-1]


def test_the_parent_manages_a_subaccounts_keys_and_not_the_other_way_round(offhook):
    sub = offhook.client().api.accounts.create()
    iam = offhook.client().iam.v1
    theirs = client_of(offhook, sub.sid, sub.auth_token).iam.v1
    made = iam.new_api_key.create(account_sid=sub.sid)
    assert theirs.api_key(made.sid).fetch().sid == made.sid
    assert iam.api_key(made.sid).update(friendly_name="x").friendly_name == "x"
    mine = iam.new_api_key.create(account_sid=offhook.account_sid)
    assert refusal(theirs.api_key(mine.sid).fetch)[:2] == (404, 20404)
    assert refusal(theirs.api_key(mine.sid).delete)[:2] == (404, 20404)
    assert refusal(theirs.new_api_key.create, account_sid=offhook.account_sid)[:2] == (404, 20404)
    assert refusal(theirs.get_api_keys.list, account_sid=offhook.account_sid)[:2] == (404, 20404)


def test_a_standard_key_may_not_touch_keys_and_a_main_key_may(offhook):
    standard, key = with_key(offhook)
    calls = [
        lambda: standard.iam.v1.new_api_key.create(account_sid=offhook.account_sid),
        lambda: standard.iam.v1.get_api_keys.list(account_sid=offhook.account_sid),
        standard.iam.v1.api_key(key.sid).fetch,
        standard.iam.v1.api_key(key.sid).update,
        standard.iam.v1.api_key(key.sid).delete,
    ]
    assert {refusal(call)[:2] for call in calls} == {(401, 20003)}
    main, _ = with_key(offhook, "main")
    assert main.iam.v1.api_key(key.sid).delete() is True


@pytest.mark.parametrize("given", [{"key_type": "restricted"}, {"policy": {"allow": ["/twilio/messaging/send"]}}])
def test_a_key_that_would_not_be_restricted_is_not_made(offhook, given):
    iam = offhook.client().iam.v1
    assert refusal(iam.new_api_key.create, account_sid=offhook.account_sid, **given)[:2] == (501, 20501)
    assert iam.get_api_keys.list(account_sid=offhook.account_sid) == []


def test_a_policy_cannot_be_added_later(offhook):
    iam = offhook.client().iam.v1
    made = iam.new_api_key.create(account_sid=offhook.account_sid)
    assert refusal(iam.api_key(made.sid).update, policy={"allow": []})[:2] == (501, 20501)
