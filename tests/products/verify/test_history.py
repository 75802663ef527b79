"""Attempts listed and counted, and verifications that have ended."""

from tests.products.verify.proving import GERMAN, MAIL, OTHER, PERSON, begin, guess, refusal, service


def attempts(offhook, **filters):
    return offhook.client().verify.v2.verification_attempts.list(**filters)


def summary(offhook, **filters):
    found = offhook.client().verify.v2.verification_attempts_summary().fetch(**filters)
    return found.total_attempts, found.total_converted, found.total_unconverted, found.conversion_rate_percentage


def test_each_sending_is_an_attempt_and_the_last_one_converts(offhook):
    shop = service(offhook)
    begin(shop)
    last = begin(shop)
    guess(shop, offhook.handset(PERSON).latest_code())
    listed = attempts(offhook)
    assert [one.sid for one in listed] == [sent["attempt_sid"] for sent in last.send_code_attempts][::-1]
    assert [one.conversion_status for one in listed] == ["converted", "unconverted"]
    newest = listed[0]
    fetched = offhook.client().verify.v2.verification_attempts(newest.sid).fetch()
    assert (fetched.verification_sid, fetched.service_sid) == (last.sid, last.service_sid)
    assert fetched.channel_data == {"to": PERSON, "country": "US", "error_code": None, "message_status": "delivered"}
    assert fetched.url.endswith(f"/verify/v2/Attempts/{newest.sid}")


def test_attempts_are_filtered_and_counted(offhook):
    shop, bank = service(offhook), service(offhook, friendly_name="Bank", dtmf_input_required=False)
    begin(shop)
    guess(shop, offhook.handset(PERSON).latest_code())
    offhook.clock.advance(hours=1)
    noon = offhook.clock.now()
    ours = begin(bank, GERMAN)
    begin(bank, OTHER, "call")
    begin(bank, MAIL, "email")
    assert summary(offhook) == (4, 1, 3, "25.00")
    for filters, total in (
        ({"verify_service_sid": ours.service_sid}, 3),
        ({"country": "de"}, 1),
        ({"channel": "call"}, 1),
        ({"date_created_after": noon}, 3),
    ):
        assert len(attempts(offhook, **filters)) == summary(offhook, **filters)[0] == total, filters
    assert len(attempts(offhook, channel_data_to=PERSON)) == len(attempts(offhook, status="converted")) == 1
    assert len(attempts(offhook, verification_sid=ours.sid)) == 1
    assert summary(offhook, destination_prefix="+49")[0] == 1
    assert summary(offhook, destination_prefix="+4_")[0] == 0
    assert summary(offhook, country="FR") == (0, 0, 0, "0.00")


def test_an_account_sees_its_own(offhook):
    begun = begin(service(offhook))
    stranger = offhook.client("AC" + "6" * 32, "a-token-of-its-own").verify.v2
    assert stranger.verification_attempts.list() == []
    sid = begun.send_code_attempts[0]["attempt_sid"]
    assert refusal(stranger.verification_attempts(sid).fetch) == (404, 20404)
    assert stranger.services.list() == []


def test_pages_of_attempts_stay_in_place(offhook):
    shop = service(offhook)
    sids = [begin(shop, f"+1973264{number:04}").sid for number in range(5)]
    assert [one.verification_sid for one in attempts(offhook, page_size=2)] == sids[::-1]


def test_verifications_are_listed_when_they_have_ended_too(offhook):
    shop = service(offhook)
    begin(shop)
    guess(shop, "wrong1")
    begin(shop, OTHER)
    shop.verifications(OTHER).update(status="canceled")
    shown = offhook._api.get("/offhook/v1/Verifications")["verifications"]
    assert [(one["to"], one["status"], one["wrong_checks"], one["checks_left"]) for one in shown] == [
        (OTHER, "canceled", 0, 0),
        (PERSON, "pending", 1, 4),
    ]
    assert offhook._api.get("/offhook/v1/Verifications", Status="canceled")["verifications"] == shown[:1]
    offhook.clock.advance(minutes=10)
    listed = offhook._api.get("/offhook/v1/Verifications", To=PERSON)["verifications"]
    assert [one["status"] for one in listed] == ["expired"]


def test_templates_are_there_in_many_languages(offhook):
    templates = offhook.client().verify.v2.templates.list()
    assert len(templates) == 2
    for template in templates:
        assert len(template.translations) >= 20
        assert template.translations["en"]["is_default_translation"]
        assert all("{{code}}" in one["text"] and one["status"] == "approved" for one in template.translations.values())
