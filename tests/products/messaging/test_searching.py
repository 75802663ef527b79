"""Finding messages by what became of them, which way they went and what they say; so many are looked through."""

import pytest

from offhook.products.messaging import searching
from offhook.testing.calling import RefusedError
from tests.products.messaging.talking import OURS, PERSON
from tests.products.monitor.streams import api_of

LIST, LOST = "/offhook/v1/Messages", "+19732640000"


@pytest.fixture
def api(either):
    """Of an Offhook in which something of each kind was said."""
    offhook, _ = either
    found = api_of(offhook)
    offhook.number(OURS)
    found.post(f"/offhook/v1/Handsets/{LOST}", Outcome="undelivered")
    for to, body in ((PERSON, "Hello 100%"), (LOST, "are you there?"), (PERSON, "HELLO again")):
        offhook.client().messages.create(to=to, from_=OURS, body=body)
        offhook.clock.settle()
    offhook.handset(PERSON).text(OURS, "START")
    offhook.handset(PERSON).text(OURS, "HELP")
    offhook.clock.settle()
    return found


def bodies(page):
    return [one["body"][:14] for one in page["messages"]]


def test_each_filter_narrows_the_list(api):
    everything = api.get(LIST)
    assert len(everything["messages"]) == 6
    assert bodies(api.get(LIST, Status="undelivered")) == ["are you there?"]
    assert bodies(api.get(LIST, Direction="inbound")) == ["HELP", "START"]
    assert bodies(api.get(LIST, Direction="outbound-api", Status="delivered")) == ["HELLO again", "Hello 100%"]
    assert len(api.get(LIST, Direction="outbound-reply")["messages"]) == 1
    assert bodies(api.get(LIST, Search="hello")) == ["HELLO again", "Hello 100%"]
    assert bodies(api.get(LIST, Search="0%")) == ["Hello 100%"]
    assert bodies(api.get(LIST, Search="h_l")) == bodies(api.get(LIST, Status="canceled")) == []


def test_numbers_and_dates_narrow_it_too(api):
    assert bodies(api.get(LIST, To=LOST)) == ["are you there?"]
    assert bodies(api.get(LIST, To=PERSON, Search="hello")) == ["HELLO again", "Hello 100%"]
    assert bodies(api.get(LIST, To=LOST, Status="delivered")) == []
    assert bodies(api.get(LIST, From=PERSON, To=OURS, Search="el")) == ["HELP"]
    assert bodies(api.get(LIST, From=OURS, To=LOST)) == ["are you there?"]
    assert len(api.get(LIST, **{"DateCreated>": "2020-01-01"})["messages"]) == 6
    assert bodies(api.get(LIST, **{"DateCreated<": "2020-01-01"})) == []
    assert bodies(api.get(LIST, DateCreated="2020-01-01")) == []


def test_a_message_is_shown_as_in_twilios_list(api):
    [found] = api.get(LIST, Status="undelivered")["messages"]
    assert found == api.get(api.in_account(f"Messages/{found['sid']}"))


def test_pages_lead_to_all_of_them_though_each_looks_through_few(api, monkeypatch):
    monkeypatch.setattr(searching, "LOOKED_THROUGH", 2)
    found, page, pages = [], api.get(LIST, Search="hello"), 1
    while following := page["meta"]["next_page_url"]:
        found += bodies(page)
        page, pages = api.get(following.removeprefix(api.url)), pages + 1
    assert [*found, *bodies(page)] == ["HELLO again", "Hello 100%"]
    assert pages > 1


def test_an_account_finds_its_own_and_the_first_one_another_s(offhook):
    token = "0123456789abcdef" * 2
    first, shop = api_of(offhook), api_of(offhook, "AC" + "5" * 32, token)
    shop.post(shop.in_account("Messages"), To=PERSON, From=OURS, Body="theirs")
    offhook.client().messages.create(to=PERSON, from_="+14155550100", body="ours")
    assert bodies(shop.get(LIST)) == bodies(shop.get(LIST, AccountSid=first.account_sid)) == ["theirs"]
    assert bodies(first.get(LIST)) == ["ours"]
    assert bodies(first.get(LIST, AccountSid=shop.account_sid)) == ["theirs"]


@pytest.mark.parametrize("wrong", [{"Status": "lost"}, {"Direction": "in"}, {"DateCreated": "now"}])
def test_what_there_is_not_is_refused(offhook, wrong):
    with pytest.raises(RefusedError) as refused:
        api_of(offhook).get(LIST, **wrong)
    assert refused.value.code == 20001
