"""/2010-04-01/Accounts/{sid}/Balance: nothing is billed."""

import pytest

from offhook.products.accounts.api.balance import amount
from tests.products.accounts.clients import api_of, client_of, documented, with_key


def test_the_balance_is_nothing_in_dollars(offhook):
    found = offhook.client().balance.fetch()
    assert (found.account_sid, found.balance, found.currency) == (offhook.account_sid, "0.00", "USD")
    shown = api_of(offhook).get(f"/2010-04-01/Accounts/{offhook.account_sid}/Balance.json")
    assert set(shown) == documented(found)


def test_a_key_and_a_subaccount_may_ask(offhook):
    standard, _ = with_key(offhook)
    assert standard.balance.fetch().balance == "0.00"
    made = offhook.client().api.accounts.create()
    assert client_of(offhook, made.sid, made.auth_token).balance.fetch().account_sid == made.sid


@pytest.mark.parametrize(
    ("micro_units", "text"),
    [
        (0, "0.00"),
        (12_340_000, "12.34"),
        (5_009_999, "5.00"),
        (-1_500_000, "-1.50"),
        (-9_999, "0.00"),
        (50_000, "0.05"),
    ],
)
def test_an_amount_is_written_in_cents(micro_units, text):
    assert amount(micro_units) == text
