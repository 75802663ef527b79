"""Options of a message: SmartEncoded, ValidityPeriod, and those that are accepted and change nothing here."""

import pytest

from tests.products.messaging.talking import OURS, PERSON, came, refusal

CURLY = "“Don’t” – she said…"
PLAIN = '"Don\'t" - she said...'


def send(offhook, body: str = "hi", **options):
    return offhook.client().messages.create(to=PERSON, from_=OURS, body=body, **options)


def test_smart_encoding_turns_typography_into_fewer_segments(offhook):
    long = CURLY * 8
    as_it_is, smart = send(offhook, long), send(offhook, long, smart_encoded=True)
    assert (as_it_is.body, as_it_is.num_segments) == (long, "3")
    assert (smart.body, smart.num_segments) == (PLAIN * 8, "2")
    assert came(offhook) == [long, PLAIN * 8]


def test_smart_encoding_leaves_what_has_no_plain_form(offhook):
    assert send(offhook, "naïve “日本”", smart_encoded=True).body == 'naïve "日本"'


def test_the_limit_counts_the_text_as_it_is_sent(offhook):
    longest = "…" * 533
    assert len(send(offhook, longest, smart_encoded=True).body) == 1599
    assert refusal(send, offhook, "…" * 534, smart_encoded=True) == (400, 21617)
    assert send(offhook, "…" * 1600).num_segments == "24"


@pytest.mark.parametrize("seconds", [1, 36_000])
def test_a_validity_period_is_from_one_second_to_ten_hours(offhook, seconds):
    send(offhook, validity_period=seconds)
    assert came(offhook) == ["hi"]


@pytest.mark.parametrize("seconds", [0, -1, 36_001])
def test_any_other_validity_period_is_90007(offhook, seconds):
    assert refusal(send, offhook, validity_period=seconds) == (400, 90007)
    assert offhook.client().messages.list() == []


def test_a_validity_period_is_about_being_sent_not_about_arriving(offhook):
    offhook.handset(PERSON).behave(delay=600)
    sid = send(offhook, validity_period=5).sid
    offhook.clock.advance(minutes=5)
    assert offhook.client().messages(sid).fetch().status == "sent"
    offhook.clock.advance(minutes=5)
    assert offhook.client().messages(sid).fetch().status == "delivered"


@pytest.mark.parametrize(
    "option", [{"provide_feedback": True}, {"attempt": 3}, {"max_price": "0.05"}, {"force_delivery": True}], ids=str
)
def test_options_that_change_nothing_here_are_accepted(offhook, option):
    send(offhook, **option)
    assert came(offhook) == ["hi"]
