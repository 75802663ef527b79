"""The list of phones: the last used first, page after page, never behind."""

import pytest

from offhook.products.network import phones
from offhook.testing import RefusedError
from offhook.testing.calling import segment
from tests.products.monitor.streams import Stream, api_of

OURS, PERSON, OTHER, THIRD = "+12023358536", "+19732644152", "+12125550100", "+12125550101"
LIST = "/offhook/v1/Handsets"


def addresses(page):
    return [one["address"] for one in page["handsets"]]


def test_the_last_used_is_the_first_on_either_database(either):
    offhook, _ = either
    api = api_of(offhook)
    offhook.number(OURS)
    assert addresses(api.get(LIST)) == []
    for phone in (PERSON, OTHER, "client:ann"):
        offhook.handset(phone).text(OURS, "hi")
    assert addresses(api.get(LIST)) == ["client:ann", OTHER, PERSON]
    offhook.client().messages.create(to=PERSON, from_=OURS, body="for you")
    offhook.clock.settle()
    assert addresses(api.get(LIST)) == [PERSON, "client:ann", OTHER]
    assert addresses(api.get(LIST)) == [PERSON, "client:ann", OTHER]


def test_one_is_shown_as_if_it_had_been_asked_for_alone(offhook):
    api = api_of(offhook)
    offhook.handset(PERSON).text(OTHER, "hi")
    api.post(f"{LIST}/{segment(OTHER)}", Delay="5")
    api.post(f"{LIST}/+1973*", Power="off")
    page = api.get(LIST)
    assert page["handsets"] == [api.get(f"{LIST}/{segment(address)}") for address in (OTHER, PERSON)]
    assert [(one["delay"], one["power"]) for one in page["handsets"]] == [(5.0, "on"), (0.0, "off")]
    assert page["handsets"][0]["date_last_text"] == api.get(_texts(OTHER))["messages"][0]["date_created"]
    assert page["meta"]["key"] == "handsets"


def test_a_phone_that_was_told_to_behave_is_in_it_until_it_is_told_otherwise(either):
    offhook, _ = either
    api = api_of(offhook)
    api.post(f"{LIST}/{segment(THIRD)}", Power="off")
    api.post(f"{LIST}/{segment(THIRD)}", Delay="5")
    api.post(f"{LIST}/+1415*", Power="off")
    offhook.handset(PERSON).text(OTHER, "hi")
    assert addresses(api.get(LIST)) == [OTHER, PERSON, THIRD]
    assert api.get(LIST)["handsets"][-1]["date_last_text"] is None
    api.delete(f"{LIST}/{segment(THIRD)}")
    assert addresses(api.get(LIST)) == [OTHER, PERSON]
    api.post(f"{LIST}/{segment(PERSON)}", Power="off")
    api.delete(f"{LIST}/{segment(PERSON)}")
    assert addresses(api.get(LIST)) == [OTHER, PERSON]


def test_pages_lead_forth_and_back(either):
    offhook, _ = either
    api = api_of(offhook)
    offhook.number(OURS)
    people = [f"+1973264000{n}" for n in range(5)]
    for phone in people:
        offhook.handset(phone).text(OURS, "hi")
    for quiet in (OTHER, THIRD):
        api.post(f"{LIST}/{segment(quiet)}", Delay="5")
    found, page = [], api.get(LIST, PageSize="2")
    while True:
        found += addresses(page)
        if page["meta"]["next_page_url"] is None:
            break
        last, page = page, api.get(page["meta"]["next_page_url"].removeprefix(offhook.url))
    assert found == [*reversed(people), THIRD, OTHER]
    assert addresses(api.get(page["meta"]["previous_page_url"].removeprefix(offhook.url))) == addresses(last)


def test_many_texts_are_noted_a_part_at_a_time(either, monkeypatch):
    monkeypatch.setattr(phones, "PART", 3)
    monkeypatch.setattr(phones, "LATE", 1)
    offhook, _ = either
    api = api_of(offhook)
    offhook.number(OURS)
    people = [f"+1973264000{n}" for n in range(4)]
    offhook.handset(people[3]).text(OURS, "the first of all")
    assert addresses(api.get(LIST)) == [people[3]]
    for turn in (0, 1, 2, 3, 1, 1, 0, 3, 2, 1):
        offhook.handset(people[turn]).text(OURS, "hi")
    assert addresses(api.get(LIST)) == [people[1], people[2], people[3], people[0]]
    assert addresses(api.get(LIST)) == [people[1], people[2], people[3], people[0]]
    offhook.handset(people[3]).text(OURS, "hi")
    assert addresses(api.get(LIST)) == [people[3], people[1], people[2], people[0]]


def test_a_reset_forgets_them(offhook):
    offhook.handset(PERSON).text(OTHER, "hi")
    assert addresses(api_of(offhook).get(LIST)) == [OTHER, PERSON]
    offhook.reset()
    assert addresses(api_of(offhook).get(LIST)) == []
    offhook.handset(THIRD).text(OTHER, "hi")
    assert addresses(api_of(offhook).get(LIST)) == [OTHER, THIRD]


def test_only_the_first_account_sees_them(offhook):
    with pytest.raises(RefusedError) as refused:
        api_of(offhook, "AC" + "5" * 32, "0123456789abcdef" * 2).get(LIST)
    assert (refused.value.status, refused.value.code) == (403, 20403)


class TestTexts:
    def test_the_newest_may_be_the_first_page_after_page(self, either):
        offhook, _ = either
        api = api_of(offhook)
        for n in range(5):
            offhook.handset(PERSON).text(OTHER, f"text {n}")
        page = api.get(_texts(PERSON), Order="desc", PageSize="3")
        assert [text["body"] for text in page["messages"]] == ["text 4", "text 3", "text 2"]
        following = api.get(page["meta"]["next_page_url"].removeprefix(offhook.url))
        assert [text["body"] for text in following["messages"]] == ["text 1", "text 0"]
        assert following["meta"]["next_page_url"] is None
        oldest = api.get(_texts(PERSON), Order="asc")["messages"]
        assert oldest == [*page["messages"], *following["messages"]][::-1]

    def test_each_has_a_sid_by_which_the_stream_names_it_and_its_phone(self, offhook):
        api = api_of(offhook)
        with Stream(api).ready() as stream:
            made = api.post(_texts(PERSON), To=OTHER, Body="hi")
            told = [*stream.until("handset-message.created"), *stream.until("handset-message.created")]
        named = {(one.data["sid"], one.data["detail"]) for one in told if one.data["type"].startswith("handset-")}
        [came] = api.get(_texts(OTHER))["messages"]
        assert named == {(made["sid"], PERSON), (came["sid"], OTHER)}

    def test_other_orders_are_refused(self, offhook):
        with pytest.raises(RefusedError) as refused:
            api_of(offhook).get(_texts(PERSON), Order="up")
        assert refused.value.code == 20001


def _texts(address):
    return f"{LIST}/{segment(address)}/Messages"
