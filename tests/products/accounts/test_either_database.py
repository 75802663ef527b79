"""The life of an account and its keys, on SQLite and on PostgreSQL."""

from tests.products.accounts.clients import client_of, refusal


def test_an_account_from_its_making_to_its_end(either):
    offhook, _ = either
    accounts = offhook.client().api.accounts
    made = accounts.create(friendly_name="shop")
    shop = client_of(offhook, made.sid, made.auth_token)
    key = shop.iam.v1.new_api_key.create(account_sid=made.sid, friendly_name="till")
    till = client_of(offhook, key.sid, key.secret, made.sid)
    second = shop.accounts.v1.secondary_auth_token().create()
    shop.accounts.v1.auth_token_promotion().update()
    assert refusal(shop.balance.fetch)[:2] == (401, 20003)
    shop = client_of(offhook, made.sid, second.secondary_auth_token)
    assert till.balance.fetch().balance == "0.00"
    assert shop.api.accounts(made.sid).keys(key.sid).update(friendly_name="new till").friendly_name == "new till"
    assert [found.friendly_name for found in shop.api.accounts(made.sid).keys.list()] == ["new till"]
    assert shop.iam.v1.api_key(key.sid).delete() is True
    assert refusal(till.balance.fetch)[:2] == (401, 20003)
    assert accounts(made.sid).update(status="closed").status == "closed"
    assert refusal(shop.balance.fetch)[:2] == (401, 20003)
    assert refusal(accounts(made.sid).update, status="active")[:2] == (400, 21479)
    assert [found.sid for found in accounts.list(status="closed")] == [made.sid]
