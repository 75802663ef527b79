"""What an app is told of factors and challenges."""

import pytest
from twilio.base.exceptions import TwilioRestException

from tests.products.verify.factoring import USER, enrol, enrolled, new_service, wrong_code

EVENTS = ["factor.created", "factor.verified", "challenge.approved", "challenge.denied", "factor.deleted"]


def tells(offhook, service, app, *events: str, path: str = "/told"):
    return service.webhooks.create(friendly_name="App", event_types=list(events), webhook_url=app.says(path))


def test_every_event_is_told_in_order_signed_and_without_codes_on_either_database(either) -> None:
    offhook, app = either
    service = new_service(offhook)
    tells(offhook, service, app, "*")
    who = service.entities(USER)
    factor = enrolled(offhook, who)
    good = who.challenges.create(factor_sid=factor.sid, details_message="Is it you?", auth_payload=offhook.totp(factor))
    bad, wrong = who.challenges.create(factor_sid=factor.sid), wrong_code(offhook, factor)
    for _ in range(5):
        who.challenges(bad.sid).update(auth_payload=wrong)
    who.factors(factor.sid).delete()
    offhook.clock.settle()
    told = app.at("/told")
    assert all(asked.is_signed and asked.method == "POST" for asked in told)
    by_type = {asked.parameters["type"]: asked.parameters for asked in told}
    assert sorted(by_type) == sorted(EVENTS)
    about = {
        "account_sid": offhook.account_sid,
        "service_sid": factor.service_sid,
        "entity_sid": factor.entity_sid,
        "entity_identity": USER,
        "factor_sid": factor.sid,
        "factor_type": "totp",
        "factor_friendly_name": "Ann's phone",
    }
    assert by_type["factor.created"] == {"type": "factor.created", "uuid": by_type["factor.created"]["uuid"], **about}
    approved, denied = by_type["challenge.approved"], by_type["challenge.denied"]
    assert (approved["challenge_sid"], denied["challenge_sid"]) == (good.sid, bad.sid)
    assert approved["challenge_details"] == '{"message":"Is it you?","fields":[]}'
    assert len({asked.parameters["uuid"] for asked in told}) == len(EVENTS)
    of_factor = [asked.parameters["type"] for asked in told if asked.parameters["type"].startswith("factor")]
    assert of_factor == ["factor.created", "factor.verified", "factor.deleted"]


def test_only_what_is_asked_for_is_told_and_what_did_not_happen_is_not(offhook, app) -> None:
    service = new_service(offhook)
    tells(offhook, service, app, "factor.verified", "challenge.approved")
    who = service.entities(USER)
    factor = enrol(who)
    who.factors(factor.sid).update(auth_payload=wrong_code(offhook, factor))
    offhook.clock.settle()
    assert app.at("/told") == []
    code = offhook.totp(factor)
    who.factors(factor.sid).update(auth_payload=code)
    who.challenges.create(factor_sid=factor.sid, auth_payload=code)
    offhook.clock.settle()
    assert [asked.parameters["type"] for asked in app.at("/told")] == ["factor.verified"]


def test_a_disabled_webhook_is_told_nothing_and_others_are(offhook, app) -> None:
    service = new_service(offhook)
    quiet = tells(offhook, service, app, "*", path="/quiet")
    tells(offhook, service, app, "factor.created", path="/loud")
    service.webhooks(quiet.sid).update(status="disabled")
    enrol(service.entities(USER))
    offhook.clock.settle()
    assert (len(app.at("/quiet")), len(app.at("/loud"))) == (0, 1)


def test_a_webhook_is_made_changed_listed_and_deleted(offhook) -> None:
    service = new_service(offhook)
    made = service.webhooks.create(
        friendly_name="App", event_types=["factor.created"], webhook_url="https://app.example/told"
    )
    assert (made.status, made.version, made.webhook_method) == ("enabled", "v2", "POST")
    assert (made.event_types, made.webhook_url) == (["factor.created"], "https://app.example/told")
    changed = service.webhooks(made.sid).update(
        friendly_name="Other", event_types=["*", "challenge.denied"], webhook_url="http://b.example/"
    )
    found = service.webhooks(made.sid).fetch()
    assert (found.friendly_name, found.event_types) == ("Other", ["*", "challenge.denied"])
    assert (changed.webhook_url, changed.url) == ("http://b.example/", found.url)
    offhook.client().request("POST", found.url, data={"Version": "v1"})
    assert [(one.sid, one.version) for one in service.webhooks.list()] == [(made.sid, "v1")]
    assert service.webhooks(made.sid).delete()
    for ask in (service.webhooks(made.sid).fetch, service.webhooks(made.sid).delete):
        with pytest.raises(TwilioRestException) as gone:
            ask()
        assert gone.value.status == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"friendly_name": "a" * 65},
        {"event_types": ["factor.lost"]},
        {"webhook_url": "app.example"},
        {"webhook_url": "ftp://app.example/"},
        {"webhook_url": "http://[bad/"},
    ],
)
def test_what_makes_no_sense_is_refused(offhook, wrong: dict) -> None:
    given = {"friendly_name": "App", "event_types": ["*"], "webhook_url": "https://app.example/", **wrong}
    with pytest.raises(TwilioRestException) as refused:
        new_service(offhook).webhooks.create(**given)
    assert (refused.value.status, refused.value.code) == (400, 60306)


def test_a_webhook_of_another_service_is_not_found(offhook) -> None:
    made = new_service(offhook).webhooks.create(
        friendly_name="App", event_types=["*"], webhook_url="https://app.example/"
    )
    with pytest.raises(TwilioRestException) as hidden:
        new_service(offhook).webhooks(made.sid).fetch()
    assert hidden.value.status == 404
