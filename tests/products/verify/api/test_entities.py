"""The users of an app, with twilio-python."""

import pytest
from twilio.base.exceptions import TwilioException, TwilioRestException

from tests.products.verify.factoring import USER, enrol, enrolled, new_service


def test_a_user_is_made_fetched_listed_and_deleted_on_either_database(either) -> None:
    offhook, _ = either
    service = new_service(offhook)
    made = service.entities.create(identity=USER)
    found = service.entities(USER).fetch()
    assert (found.sid, found.identity, found.account_sid) == (made.sid, USER, offhook.account_sid)
    assert found.links["factors"] == found.links["new_factors"] == f"{found.url}/Factors"
    assert found.links["challenges"] == found.links["new_challenges"] == f"{found.url}/Challenges"
    other = service.entities.create(identity="user-0002")
    assert [one.sid for one in service.entities.list()] == [other.sid, made.sid]
    assert service.entities(USER).delete()
    assert [one.sid for one in service.entities.list()] == [other.sid]
    with pytest.raises(TwilioRestException) as gone:
        service.entities(USER).fetch()
    assert (gone.value.status, gone.value.code) == (404, 20404)


def test_a_user_is_made_once_in_each_service(offhook) -> None:
    service = new_service(offhook)
    service.entities.create(identity=USER)
    with pytest.raises(TwilioRestException) as refused:
        service.entities.create(identity=USER)
    assert (refused.value.status, refused.value.code) == (409, 60301)
    assert new_service(offhook).entities.create(identity=USER).identity == USER


@pytest.mark.parametrize("identity", ["short-1", "a" * 65, "ann@example.com", "has a space"])
def test_an_identity_has_8_to_64_letters_digits_and_dashes(offhook, identity: str) -> None:
    with pytest.raises(TwilioRestException) as refused:
        new_service(offhook).entities.create(identity=identity)
    assert (refused.value.status, refused.value.code) == (400, 60306)


def test_a_user_has_nothing_left_that_was_deleted(offhook) -> None:
    service = new_service(offhook)
    who = service.entities(USER)
    factor = enrolled(offhook, who)
    who.challenges.create(factor_sid=factor.sid)
    assert who.delete()
    enrol(who)
    assert [one.sid for one in who.factors.list()] != [factor.sid]
    assert who.challenges.list() == []


def test_a_service_takes_its_users_with_it(offhook) -> None:
    service = new_service(offhook)
    enrol(service.entities(USER))
    assert service.delete()
    for ask in (service.entities.list, service.entities(USER).fetch, service.webhooks.list):
        with pytest.raises(TwilioException, match="404"):
            ask()


def test_users_are_their_account_s_own(offhook) -> None:
    service = new_service(offhook)
    service.entities.create(identity=USER)
    other = offhook.client().api.accounts.create()
    client = offhook.client(other.sid, other.auth_token)
    with pytest.raises(TwilioRestException) as hidden:
        client.verify.v2.services(service._solution["sid"]).entities(USER).fetch()
    assert hidden.value.status == 404
