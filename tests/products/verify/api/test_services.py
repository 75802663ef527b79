"""Services through the API."""

import pytest

from tests.products.verify.proving import refusal

EVERYTHING = {
    "friendly_name": "Everything",
    "code_length": 8,
    "lookup_enabled": True,
    "skip_sms_to_landlines": True,
    "dtmf_input_required": False,
    "tts_name": "Polly.Joanna",
    "psd2_enabled": True,
    "do_not_share_warning_enabled": True,
    "custom_code_enabled": True,
    "push_include_date": True,
    "push_apn_credential_sid": "CR" + "1" * 32,
    "push_fcm_credential_sid": "CR" + "2" * 32,
    "totp_issuer": "Acme",
    "totp_time_step": 60,
    "totp_code_length": 8,
    "totp_skew": 2,
    "default_template_sid": "HJ" + "3" * 32,
    "whatsapp_msg_service_sid": "MG" + "4" * 32,
    "whatsapp_from": "whatsapp:+14155550100",
    "passkeys_relying_party_id": "example.com",
    "passkeys_relying_party_name": "Example",
    "passkeys_relying_party_origins": "login.example.com,www.example.com",
    "passkeys_authenticator_attachment": "platform",
    "passkeys_discoverable_credentials": "preferred",
    "passkeys_user_verification": "required",
    "verify_event_subscription_enabled": True,
}


@pytest.fixture
def services(offhook):
    return offhook.client().verify.v2.services


def test_a_new_service_has_twilios_defaults(services):
    made = services.create(friendly_name="Shop")
    assert (made.code_length, made.dtmf_input_required, made.lookup_enabled, made.psd2_enabled) == (
        6,
        True,
        False,
        False,
    )
    assert made.totp == {"issuer": "Shop", "time_step": 30, "code_length": 6, "skew": 1}
    assert made.push == {"include_date": False, "apn_credential_sid": None, "fcm_credential_sid": None}
    assert made.sid.startswith("VA")
    assert made.links["verifications"] == f"{made.url}/Verifications"
    assert None not in (made.date_created, made.date_updated)


@pytest.mark.parametrize("way", ["created", "changed"])
def test_every_setting_is_kept(services, way):
    if way == "created":
        made = services.create(**EVERYTHING)
    else:
        made = services(services.create(friendly_name="Shop").sid).update(**EVERYTHING)
    shown = services(made.sid).fetch()
    for name, value in EVERYTHING.items():
        if not name.startswith(("push", "totp", "whatsapp", "passkeys")):
            assert getattr(shown, name) == value, name
    assert shown.totp == {"issuer": "Acme", "time_step": 60, "code_length": 8, "skew": 2}
    assert shown.push["include_date"] is True
    assert shown.push["fcm_credential_sid"] == EVERYTHING["push_fcm_credential_sid"]
    assert shown.whatsapp == {"msg_service_sid": "MG" + "4" * 32, "from": "whatsapp:+14155550100"}
    assert shown.passkeys["relying_party"]["origins"] == ["login.example.com", "www.example.com"]
    assert shown.passkeys["user_verification"] == "required"


def test_what_is_not_named_stays_and_an_empty_text_is_none(services):
    made = services.create(**EVERYTHING)
    changed = services(made.sid).update(tts_name="")
    assert (changed.tts_name, changed.code_length, changed.friendly_name) == (None, 8, "Everything")


@pytest.mark.parametrize(
    "wrong",
    [
        {"friendly_name": ""},
        {"friendly_name": "x" * 33},
        {"friendly_name": "Call 12345"},
        {"friendly_name": "two\nlines"},
        {"code_length": 3},
        {"code_length": 11},
        {"totp_time_step": 19},
        {"totp_code_length": 9},
        {"totp_skew": 3},
    ],
    ids=str,
)
def test_values_that_make_no_sense_are_refused(services, wrong):
    assert refusal(services.create, **{"friendly_name": "Shop"} | wrong) == (400, 60200)


def test_services_are_listed_and_deleted(services):
    sids = [services.create(friendly_name=f"Shop {number}").sid for number in range(3)]
    assert [one.sid for one in services.list(page_size=2)] == sids[::-1]
    assert services(sids[0]).delete()
    assert refusal(services(sids[0]).fetch) == (404, 20404)
    assert refusal(services(sids[0]).delete) == (404, 20404)
    assert refusal(services(sids[0]).update, friendly_name="x") == (404, 20404)
