"""Applications through twilio-python."""

import requests
from twilio.rest.api.v2010.account.application import ApplicationInstance

from tests.products.numbers.rooms import documented, refusal

GIVEN = {
    "friendly_name": "shop",
    "api_version": "2010-04-01",
    "voice_url": "http://app.example/voice",
    "voice_method": "GET",
    "voice_fallback_url": "http://app.example/voice/fallback",
    "voice_fallback_method": "GET",
    "status_callback": "http://app.example/status",
    "status_callback_method": "GET",
    "voice_caller_id_lookup": True,
    "sms_url": "http://app.example/sms",
    "sms_method": "GET",
    "sms_fallback_url": "http://app.example/sms/fallback",
    "sms_fallback_method": "GET",
    "sms_status_callback": "http://app.example/sms/status",
    "message_status_callback": "http://app.example/message/status",
    "public_application_connect_enabled": True,
}


def shown(application):
    return {name: getattr(application, name) for name in GIVEN}


def test_an_application_keeps_what_it_is_given(offhook):
    applications = offhook.client().applications
    made = applications.create(**GIVEN)
    assert made.sid.startswith("AP")
    assert len(made.sid) == 34
    assert shown(made) == shown(applications(made.sid).fetch()) == GIVEN


def test_an_application_starts_empty_and_every_setting_can_be_changed_and_taken_away(offhook):
    made = offhook.client().applications.create()
    assert (made.sms_url, made.sms_method, made.voice_caller_id_lookup) == (None, "POST", False)
    changed = made.update(**GIVEN)
    assert shown(changed) == GIVEN
    assert changed.update(sms_url="").sms_url is None
    assert made.fetch().voice_url == GIVEN["voice_url"]


def test_applications_are_listed_by_name_newest_first(offhook):
    applications = offhook.client().applications
    sids = [applications.create(friendly_name=name).sid for name in ("shop", "bank", "shop")]
    assert [a.sid for a in applications.list()] == sids[::-1]
    assert [a.sid for a in applications.list(friendly_name="shop")] == [sids[2], sids[0]]


def test_a_deleted_application_is_taken_from_the_numbers_that_used_it(offhook):
    client = offhook.client()
    kept, deleted = client.applications.create(), client.applications.create()
    settings = {"sms_application_sid": deleted.sid, "voice_application_sid": kept.sid}
    number = client.incoming_phone_numbers.create(phone_number="+14155550123", **settings)
    assert (number.sms_application_sid, number.voice_application_sid) == (deleted.sid, kept.sid)
    assert client.applications(deleted.sid).delete()
    number = number.fetch()
    assert (number.sms_application_sid, number.voice_application_sid) == ("", kept.sid)
    assert refusal(client.applications(deleted.sid).fetch) == (404, 20404)
    assert refusal(client.applications(deleted.sid).delete) == (404, 20404)
    assert refusal(client.applications(deleted.sid).update, friendly_name="x") == (404, 20404)


def test_settings_that_cannot_be_are_refused(offhook):
    applications = offhook.client().applications
    assert refusal(applications.create, sms_url="app.example") == (400, 21402)
    assert refusal(applications.create, voice_method="PUT") == (400, 21403)
    assert refusal(applications.create, friendly_name="x" * 65) == (400, 21511)
    assert applications.list() == []


def test_the_answer_has_every_documented_field_and_no_other(offhook):
    with requests.Session() as session:
        session.trust_env = False
        url = f"{offhook.url}/2010-04-01/Accounts/{offhook.account_sid}/Applications.json"
        answer = session.post(url, data={}, auth=(offhook.account_sid, offhook.auth_token)).json()
    assert set(answer) == documented(ApplicationInstance)
    assert answer["uri"] == f"/2010-04-01/Accounts/{offhook.account_sid}/Applications/{answer['sid']}.json"


def test_another_accounts_application_is_not_there(offhook):
    client = offhook.client()
    other = client.api.accounts.create(friendly_name="other")
    theirs = client.api.accounts(other.sid).applications.create(friendly_name="theirs")
    assert refusal(client.applications(theirs.sid).fetch) == (404, 20404)
    mine = client.incoming_phone_numbers.create(phone_number="+14155550123")
    assert refusal(mine.update, sms_application_sid=theirs.sid) == (400, 21420)


def test_applications_live_on_either_database(either):
    offhook, _ = either
    client = offhook.client()
    made = client.applications.create(**GIVEN)
    number = client.incoming_phone_numbers.create(phone_number="+14155550123", sms_application_sid=made.sid)
    assert shown(made.update(friendly_name="till")) == {**GIVEN, "friendly_name": "till"}
    assert made.delete()
    assert number.fetch().sms_application_sid == ""
