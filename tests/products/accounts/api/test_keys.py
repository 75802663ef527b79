"""/2010-04-01/Accounts/{sid}/Keys and SigningKeys over HTTP, with the official SDK."""

import pytest

from tests.products.accounts.clients import api_of, client_of, documented, refusal, with_key


@pytest.fixture(params=["keys", "signing_keys"])
def kind(request):
    return request.param


def new(offhook, kind, **parameters):
    account = offhook.client().api.accounts(offhook.account_sid)
    return getattr(account, f"new_{kind}").create(**parameters)


def listed(offhook, kind):
    return getattr(offhook.client().api.accounts(offhook.account_sid), kind)


def test_a_new_key_sends_a_text(offhook, kind):
    key = new(offhook, kind, friendly_name="sender")
    client = client_of(offhook, key.sid, key.secret, offhook.account_sid)
    number = client.incoming_phone_numbers.create(area_code="415").phone_number
    sent = client.messages.create(to="+19732644152", from_=number, body="by key")
    assert sent.account_sid == offhook.account_sid
    assert offhook.handset("+19732644152").wait_for("by key").from_ == number


def test_a_secret_is_shown_once(offhook, kind):
    key = new(offhook, kind, friendly_name="once")
    assert (key.sid[:2], len(key.sid), len(key.secret)) == ("SK", 34, 32)
    path = f"/2010-04-01/Accounts/{offhook.account_sid}/{'Keys' if kind == 'keys' else 'SigningKeys'}"
    assert key.secret not in str(api_of(offhook).get(f"{path}/{key.sid}.json"))
    assert key.secret not in str(api_of(offhook).get(f"{path}.json"))


def test_every_documented_field_is_answered(offhook, kind):
    path = f"/2010-04-01/Accounts/{offhook.account_sid}/{'Keys' if kind == 'keys' else 'SigningKeys'}"
    made = api_of(offhook).post(f"{path}.json", FriendlyName="fields")
    assert set(made) == documented(new(offhook, kind))
    fetched = listed(offhook, kind)(made["sid"]).fetch()
    shown = api_of(offhook).get(f"{path}/{made['sid']}.json")
    assert set(shown) == documented(fetched)
    assert {name: made[name] for name in shown} == shown
    assert fetched.date_created == fetched.date_updated is not None
    assert api_of(offhook).get(f"{path}.json")[kind] == [
        api_of(offhook).get(f"{path}/{found.sid}.json") for found in listed(offhook, kind).list()
    ]


def test_keys_are_listed_newest_first_in_pages(offhook, kind):
    made = [new(offhook, kind, friendly_name=str(number)).sid for number in range(5)]
    assert [found.sid for found in listed(offhook, kind).list(page_size=2)] == made[::-1]


def test_both_names_mean_the_same_keys(offhook):
    key = new(offhook, "keys", friendly_name="one")
    assert [found.sid for found in listed(offhook, "signing_keys").list()] == [key.sid]


def test_a_key_is_renamed(offhook, kind):
    key = new(offhook, kind, friendly_name="old")
    offhook.clock.advance(seconds=5)
    renamed = listed(offhook, kind)(key.sid).update(friendly_name="new")
    assert renamed.friendly_name == listed(offhook, kind)(key.sid).fetch().friendly_name == "new"
    assert (renamed.date_updated - renamed.date_created).total_seconds() == 5
    assert listed(offhook, kind)(key.sid).update().friendly_name == "new"


def test_a_revoked_key_is_refused_at_once(offhook, kind):
    key = new(offhook, kind)
    client = client_of(offhook, key.sid, key.secret, offhook.account_sid)
    assert client.messages.list() == []
    assert listed(offhook, kind)(key.sid).delete() is True
    assert refusal(client.messages.list)[:2] == (401, 20003)
    assert refusal(listed(offhook, kind)(key.sid).fetch)[:2] == (404, 20404)
    assert refusal(listed(offhook, kind)(key.sid).delete)[:2] == (404, 20404)
    assert refusal(listed(offhook, kind)(key.sid).update, friendly_name="x")[:2] == (404, 20404)


def test_a_name_longer_than_twilio_allows_is_refused(offhook, kind):
    assert refusal(new, offhook, kind, friendly_name="x" * 65)[:2] == (400, 20002)
    key = new(offhook, kind, friendly_name="é" * 64)
    assert refusal(listed(offhook, kind)(key.sid).update, friendly_name="")[:2] == (400, 20002)


def test_a_standard_key_may_not_touch_keys(offhook, kind):
    standard, key = with_key(offhook)
    account = standard.api.accounts(offhook.account_sid)
    found = getattr(account, kind)
    calls = [getattr(account, f"new_{kind}").create, found.list, found(key.sid).fetch, found(key.sid).delete]
    calls += [lambda: found(key.sid).update(friendly_name="x")]
    assert {refusal(call)[:2] for call in calls} == {(401, 20003)}
    assert standard.messages.list() == []


def test_a_main_key_may_manage_keys(offhook, kind):
    main, _ = with_key(offhook, "main")
    account = main.api.accounts(offhook.account_sid)
    made = getattr(account, f"new_{kind}").create(friendly_name="made by a key")
    assert getattr(account, kind)(made.sid).delete() is True


def test_the_keys_of_another_account_are_not_there(offhook, kind):
    made = offhook.client().api.accounts.create()
    mine = new(offhook, kind)
    theirs = client_of(offhook, made.sid, made.auth_token).api.accounts(made.sid)
    assert getattr(theirs, kind).list() == []
    assert refusal(getattr(theirs, kind)(mine.sid).fetch)[:2] == (404, 20404)
    assert refusal(getattr(theirs, kind)(mine.sid).delete)[:2] == (404, 20404)
    assert listed(offhook, kind)(mine.sid).fetch().sid == mine.sid


def test_a_subaccounts_key_works_until_the_account_is_suspended(offhook):
    accounts = offhook.client().api.accounts
    made = accounts.create()
    key = accounts(made.sid).new_keys.create(friendly_name="made by the parent")
    client = client_of(offhook, key.sid, key.secret, made.sid)
    assert client.messages.list() == []
    accounts(made.sid).update(status="suspended")
    assert refusal(client.messages.list)[:2] == (401, 20003)
