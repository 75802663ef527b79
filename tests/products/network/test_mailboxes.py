"""Mailboxes of the people on the simulated network."""

import pytest

from offhook.testing import RefusedError
from tests.products.verify.proving import MAIL, begin, service


def shown(offhook, address=MAIL):
    return offhook._api.get(f"/offhook/v1/Mailboxes/{address}/Messages")["messages"]


def test_a_mailbox_shows_what_was_mailed_there_the_oldest_first(offhook):
    for name in ("Shop", "Bank"):
        begin(service(offhook, friendly_name=name), MAIL, "email")
        offhook.clock.settle()
    assert [mail["from_name"] for mail in shown(offhook)] == ["Shop", "Bank"]
    assert shown(offhook, "bob@example.com") == []


def test_capitals_make_no_other_mailbox(offhook):
    begin(service(offhook), "Ann@Example.com", "email")
    offhook.clock.settle()
    assert [mail["to"] for mail in shown(offhook)] == [MAIL]


def test_what_is_no_address_has_no_mailbox(offhook):
    with pytest.raises(RefusedError, match="21211"):
        shown(offhook, "ann")


def test_mailboxes_are_seen_by_the_first_account_only(offhook):
    from offhook.testing.calling import Api

    stranger = Api(offhook.url, "AC" + "7" * 32, "a-token-of-its-own")
    with pytest.raises(RefusedError, match="20403"):
        stranger.get(f"/offhook/v1/Mailboxes/{MAIL}/Messages")


def test_an_email_that_arrives_is_told_to_whoever_watches(offhook):
    begin(service(offhook), MAIL, "email")
    offhook.clock.settle()
    [mail] = shown(offhook)
    told = offhook._api.get("/offhook/v1/Exchanges")
    assert mail["sid"].startswith("EL")
    assert mail["body"] not in str(told)
