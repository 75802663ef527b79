"""IncomingPhoneNumbers/Local, /Mobile and /TollFree, and the settings that the plain tests leave out."""

import pytest
import requests
from twilio.rest.api.v2010.account.incoming_phone_number import IncomingPhoneNumberInstance
from twilio.rest.api.v2010.account.incoming_phone_number.mobile import MobileInstance

from tests.products.numbers.rooms import documented, refusal

LOCAL, MOBILE, TOLL_FREE = "+14155550123", "+447700900123", "+18885550123"
GIVEN = {
    "api_version": "2008-08-01",
    "address_sid": "AD" + "1" * 32,
    "bundle_sid": "BU" + "2" * 32,
    "identity_sid": "RI" + "3" * 32,
    "emergency_status": "Active",
    "emergency_address_sid": "AD" + "4" * 32,
    "trunk_sid": "TK" + "5" * 32,
    "voice_receive_mode": "fax",
    "voice_caller_id_lookup": True,
    "status_callback": "http://app.example/status",
    "status_callback_method": "GET",
}


def shown(number):
    return {name: getattr(number, name) for name in GIVEN}


def test_each_kind_lists_its_own(offhook):
    numbers = offhook.client().incoming_phone_numbers
    numbers.local.create(phone_number=LOCAL)
    numbers.mobile.create(phone_number=MOBILE)
    numbers.toll_free.create(phone_number=TOLL_FREE)
    lists = (numbers.local, numbers.mobile, numbers.toll_free)
    assert [[n.phone_number for n in some.list()] for some in lists] == [[LOCAL], [MOBILE], [TOLL_FREE]]
    assert {n.phone_number: n.type for n in numbers.list()} == {
        LOCAL: "local",
        MOBILE: "mobile",
        TOLL_FREE: "toll-free",
    }
    assert numbers.toll_free.list(phone_number="888*0123")[0].phone_number == TOLL_FREE
    assert numbers.toll_free.list(phone_number="415") == numbers.local.list(friendly_name="other") == []
    assert numbers.local.list(origin="hosted") == numbers.list(origin="hosted") == []
    assert len(numbers.local.list(origin="twilio", beta=False)) == 1


def test_a_number_bought_without_its_kind_is_listed_under_it(offhook):
    numbers = offhook.client().incoming_phone_numbers
    numbers.create(phone_number=TOLL_FREE)
    assert [n.phone_number for n in numbers.toll_free.list()] == [TOLL_FREE]


def test_a_number_of_another_kind_is_refused(offhook):
    numbers = offhook.client().incoming_phone_numbers
    assert refusal(numbers.mobile.create, phone_number=LOCAL) == (400, 21458)
    assert refusal(numbers.local.create, phone_number=TOLL_FREE) == (400, 21458)
    assert refusal(numbers.toll_free.create, phone_number=MOBILE) == (400, 21458)
    assert refusal(numbers.local.create, phone_number="four") == (400, 21421)
    assert numbers.list() == []


def test_an_area_code_is_for_the_main_list(offhook):
    with requests.Session() as session:
        session.trust_env = False
        url = f"{offhook.url}/2010-04-01/Accounts/{offhook.account_sid}/IncomingPhoneNumbers/Local.json"
        form = {"PhoneNumber": LOCAL, "AreaCode": "415"}
        answer = session.post(url, data=form, auth=(offhook.account_sid, offhook.auth_token))
    assert (answer.status_code, answer.json()["code"]) == (400, 21457)


def test_every_setting_is_kept_and_shown(offhook):
    numbers = offhook.client().incoming_phone_numbers
    bought = numbers.local.create(phone_number=LOCAL, **GIVEN)
    assert shown(bought) == shown(numbers(bought.sid).fetch()) == GIVEN
    assert bought.emergency_address_status == "registered"


def test_every_setting_can_be_changed_and_taken_away(offhook):
    numbers = offhook.client().incoming_phone_numbers
    number = numbers.create(phone_number=LOCAL)
    assert number.emergency_address_status == "unregistered"
    assert shown(number.update(**GIVEN)) == GIVEN
    cleared = number.update(address_sid="", trunk_sid="", emergency_address_sid="", emergency_status="Inactive")
    assert (cleared.address_sid, cleared.trunk_sid, cleared.emergency_address_sid) == (None, None, None)
    assert cleared.bundle_sid == GIVEN["bundle_sid"]


def test_the_answer_has_every_documented_field(offhook):
    with requests.Session() as session:
        session.trust_env = False
        path = f"{offhook.url}/2010-04-01/Accounts/{offhook.account_sid}/IncomingPhoneNumbers"
        credentials = (offhook.account_sid, offhook.auth_token)
        answer = session.post(f"{path}/Mobile.json", data={"PhoneNumber": MOBILE}, auth=credentials).json()
    assert set(answer) >= documented(IncomingPhoneNumberInstance) | documented(MobileInstance)
    assert answer["capabilities"] == {"voice": True, "sms": True, "mms": False, "fax": False}


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        ({"sms_application_sid": "AP" + "0" * 32}, 21420),
        ({"voice_application_sid": "AP" + "0" * 32}, 21420),
        ({"address_sid": "somewhere"}, 20001),
        ({"bundle_sid": "AD" + "1" * 32}, 20001),
        ({"sms_method": "PUT"}, 21403),
        ({"voice_url": "example.com"}, 21402),
        ({"api_version": "1999-01-01"}, 20001),
        ({"emergency_status": "Perhaps"}, 20001),
        ({"account_sid": "nobody"}, 21470),
    ],
)
def test_a_setting_that_cannot_be_is_refused_and_nothing_changes(offhook, setting, code):
    number = offhook.client().incoming_phone_numbers.create(phone_number=LOCAL)
    assert refusal(number.update, friendly_name="other", **setting) == (400, code)
    assert number.fetch().friendly_name == "(415) 555-0123"


def test_a_number_that_carries_no_texts_has_no_sms_url(offhook):
    numbers = offhook.client().incoming_phone_numbers
    assert refusal(numbers.create, phone_number="+448081570123", sms_url="http://app.example") == (400, 21407)
    bought = numbers.toll_free.create(phone_number="+448081570123", voice_url="http://app.example")
    assert refusal(numbers(bought.sid).update, sms_url="http://app.example") == (400, 21407)
    assert numbers(bought.sid).update(sms_url="").sms_url == ""


def test_a_trunk_and_a_voice_application_take_each_others_place(offhook):
    client = offhook.client()
    application = client.applications.create(friendly_name="calls")
    number = client.incoming_phone_numbers.create(phone_number=LOCAL, trunk_sid=GIVEN["trunk_sid"])
    number = number.update(voice_application_sid=application.sid)
    assert (number.voice_application_sid, number.trunk_sid) == (application.sid, None)
    number = number.update(trunk_sid=GIVEN["trunk_sid"])
    assert (number.voice_application_sid, number.trunk_sid) == ("", GIVEN["trunk_sid"])
