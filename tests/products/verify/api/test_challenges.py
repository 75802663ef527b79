"""Asking users for codes, with twilio-python."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from twilio.base.exceptions import TwilioRestException

from offhook.products.verify.challenge import MOST_A_DAY_OF_SHORT_CODES, MOST_AN_HOUR, MOST_ATTEMPTS
from tests.products.verify.factoring import USER, code_at, enrol, enrolled, user, wrong_code


def test_the_code_may_come_with_the_challenge_on_either_database(either) -> None:
    offhook, _ = either
    who = user(offhook)
    factor = enrolled(offhook, who)
    made = who.challenges.create(factor_sid=factor.sid, auth_payload=offhook.totp(factor))
    assert (made.status, made.factor_sid, made.factor_type) == ("approved", factor.sid, "totp")
    assert made.date_responded == made.date_created
    assert made.expiration_date - made.date_created == timedelta(minutes=5)
    assert made.links == {"notifications": f"{made.url}/Notifications"}


def test_the_code_may_come_later(offhook) -> None:
    who = user(offhook)
    factor = enrolled(offhook, who)
    made = who.challenges.create(factor_sid=factor.sid)
    assert (made.status, made.date_responded, made.responded_reason) == ("pending", None, None)
    assert who.challenges(made.sid).update(auth_payload=wrong_code(offhook, factor)).status == "pending"
    assert who.challenges(made.sid).update(auth_payload=offhook.totp(factor)).status == "approved"
    assert who.challenges(made.sid).fetch().date_responded is not None


def test_a_wrong_code_at_once_leaves_it_pending(offhook) -> None:
    who = user(offhook)
    factor = enrolled(offhook, who)
    made = who.challenges.create(factor_sid=factor.sid, auth_payload=wrong_code(offhook, factor))
    assert made.status == "pending"


def test_no_code_is_taken_twice(offhook) -> None:
    who = user(offhook)
    factor = enrol(who)
    first = offhook.totp(factor)
    assert who.factors(factor.sid).update(auth_payload=first).status == "verified"
    assert who.challenges.create(factor_sid=factor.sid, auth_payload=first).status == "pending"
    second = offhook.totp(factor)
    assert who.challenges.create(factor_sid=factor.sid, auth_payload=second).status == "approved"
    for old in (second, first):
        assert who.challenges.create(factor_sid=factor.sid, auth_payload=old).status == "pending"


def test_a_code_is_taken_once_of_many_at_the_same_moment_on_either_database(either) -> None:
    offhook, _ = either
    who = user(offhook)
    factor = enrolled(offhook, who)
    code = offhook.totp(factor)

    def log_in(_: int) -> str:
        mine = offhook.client().verify.v2.services(factor.service_sid).entities(USER)
        return mine.challenges.create(factor_sid=factor.sid, auth_payload=code).status

    with ThreadPoolExecutor(16) as pool:
        statuses = list(pool.map(log_in, range(40)))
    assert sorted(statuses) == ["approved"] + ["pending"] * 39


def test_the_fifth_wrong_code_ends_it(offhook) -> None:
    who = user(offhook)
    factor = enrolled(offhook, who)
    made, wrong = who.challenges.create(factor_sid=factor.sid), wrong_code(offhook, factor)
    statuses = [who.challenges(made.sid).update(auth_payload=wrong).status for _ in range(MOST_ATTEMPTS)]
    assert statuses == ["pending"] * 4 + ["denied"]
    with pytest.raises(TwilioRestException) as refused:
        who.challenges(made.sid).update(auth_payload=offhook.totp(factor))
    assert (refused.value.status, refused.value.code) == (429, 60308)


def test_five_of_many_guesses_at_the_same_moment_are_looked_at_on_either_database(either) -> None:
    offhook, _ = either
    who = user(offhook)
    factor = enrolled(offhook, who)
    made, wrong = who.challenges.create(factor_sid=factor.sid), wrong_code(offhook, factor)

    def guess(_: int) -> str | int:
        mine = offhook.client().verify.v2.services(factor.service_sid).entities(USER)
        try:
            return mine.challenges(made.sid).update(auth_payload=wrong).status
        except TwilioRestException as refused:
            return refused.code

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(guess, range(50)))
    assert answers.count(60308) == 45
    assert who.challenges(made.sid).fetch().status == "denied"


def test_what_was_answered_is_not_answered_again(offhook) -> None:
    who = user(offhook)
    factor = enrolled(offhook, who)
    made = who.challenges.create(factor_sid=factor.sid, auth_payload=offhook.totp(factor))
    with pytest.raises(TwilioRestException) as refused:
        who.challenges(made.sid).update(auth_payload=offhook.totp(factor))
    assert (refused.value.status, refused.value.code) == (403, 60322)


def test_it_expires(offhook) -> None:
    who = user(offhook)
    factor = enrolled(offhook, who)
    usual = who.challenges.create(factor_sid=factor.sid)
    until = offhook.clock.now() + timedelta(minutes=60)
    longer = who.challenges.create(factor_sid=factor.sid, expiration_date=until)
    offhook.clock.advance(minutes=5)
    assert who.challenges(usual.sid).fetch().status == "expired"
    with pytest.raises(TwilioRestException) as refused:
        who.challenges(usual.sid).update(auth_payload=offhook.totp(factor))
    assert (refused.value.status, refused.value.code) == (403, 60323)
    assert who.challenges(longer.sid).update(auth_payload=offhook.totp(factor)).status == "approved"


@pytest.mark.parametrize("minutes", [-1, 61])
def test_it_expires_within_an_hour(offhook, minutes: int) -> None:
    who = user(offhook)
    factor = enrolled(offhook, who)
    when = offhook.clock.now() + timedelta(minutes=minutes)
    with pytest.raises(TwilioRestException) as refused:
        who.challenges.create(factor_sid=factor.sid, expiration_date=when)
    assert (refused.value.status, refused.value.code) == (400, 60306)


def test_an_unverified_factor_is_not_asked_for(offhook) -> None:
    who = user(offhook)
    with pytest.raises(TwilioRestException) as refused:
        who.challenges.create(factor_sid=enrol(who).sid)
    assert (refused.value.status, refused.value.code) == (403, 60318)


def test_a_factor_that_there_is_not_is_not_found(offhook) -> None:
    who = user(offhook)
    enrol(who)
    with pytest.raises(TwilioRestException) as refused:
        who.challenges.create(factor_sid="YF" + "0" * 32)
    assert (refused.value.status, refused.value.code) == (404, 20404)


@pytest.mark.parametrize(("digits", "most"), [(4, MOST_A_DAY_OF_SHORT_CODES), (6, MOST_AN_HOUR)])
def test_a_factor_is_asked_for_so_often_and_again_when_time_has_passed(offhook, digits: int, most: int) -> None:
    who = user(offhook)
    factor = enrolled(offhook, who, config_code_length=digits)
    for _ in range(most):
        who.challenges.create(factor_sid=factor.sid)
    with pytest.raises(TwilioRestException) as refused:
        who.challenges.create(factor_sid=factor.sid)
    assert (refused.value.status, refused.value.code) == (429, 60312)
    offhook.clock.advance(hours=24 if digits == 4 else 1)
    assert who.challenges.create(factor_sid=factor.sid).status == "pending"


def test_details_are_kept_and_shown(offhook) -> None:
    who = user(offhook)
    factor = enrolled(offhook, who)
    fields = [{"label": "Action", "value": "Sign in"}, {"label": "Where", "value": "Züri"}]
    hidden = {"ip": "192.0.2.1"}
    made = who.challenges.create(
        factor_sid=factor.sid, details_message="Is it you?", details_fields=fields, hidden_details=hidden
    )
    found = who.challenges(made.sid).fetch()
    assert found.details == {"message": "Is it you?", "fields": fields}
    assert (found.hidden_details, found.metadata) == (hidden, None)
    device = {"os": "Android"}
    changed = who.challenges(made.sid).update(metadata=device, auth_payload=offhook.totp(factor))
    assert (changed.metadata, changed.details, changed.status) == (device, found.details, "approved")


@pytest.mark.parametrize(
    "given",
    [
        {"details_message": "x" * 257},
        {"details_fields": [{"label": "no value"}]},
        {"details_fields": [{"label": "x" * 37, "value": "1"}]},
        {"hidden_details": ["a list"]},
        {"auth_payload": "abc"},
    ],
)
def test_what_makes_no_sense_is_refused(offhook, given: dict) -> None:
    who = user(offhook)
    factor = enrolled(offhook, who)
    with pytest.raises(TwilioRestException) as refused:
        who.challenges.create(factor_sid=factor.sid, **given)
    assert (refused.value.status, refused.value.code) == (400, 60306)


def test_they_are_listed_by_factor_status_and_order(offhook) -> None:
    who = user(offhook)
    first, second = enrolled(offhook, who), enrolled(offhook, who)
    expired = who.challenges.create(factor_sid=first.sid)
    offhook.clock.advance(minutes=6)
    approved = who.challenges.create(factor_sid=first.sid, auth_payload=offhook.totp(first))
    pending = who.challenges.create(factor_sid=second.sid)
    in_order = [expired.sid, approved.sid, pending.sid]
    assert [one.sid for one in who.challenges.list()] == in_order[::-1]
    assert [one.sid for one in who.challenges.list(order="asc", page_size=2)] == in_order
    assert [one.sid for one in who.challenges.list(factor_sid=second.sid)] == [pending.sid]
    for status, sid in {"expired": expired.sid, "approved": approved.sid, "pending": pending.sid}.items():
        assert [one.sid for one in who.challenges.list(status=status)] == [sid]
    assert who.challenges.list(status="denied") == []


def test_notifications_and_access_tokens_come_later(offhook) -> None:
    who = user(offhook)
    factor = enrolled(offhook, who)
    made = who.challenges.create(factor_sid=factor.sid)
    answer = offhook.client().request("POST", made.links["notifications"])
    assert (answer.status_code, json.loads(answer.text)["code"]) == (501, 20501)
    assert code_at(offhook, factor) != ""
