"""Numbers that can never be bought, and the one that always can be with test credentials."""

import pytest

from tests.products.messaging.talking import refusal

FREE, OURS = "+15005550006", "+14155550142"


@pytest.fixture(params=["dev", "strict"])
def tested(request):
    """An Offhook in either mode, and a client with its test credentials."""
    found = request.getfixturevalue("offhook" if request.param == "dev" else "strict")
    return found, found.client(*found.test_credentials)


@pytest.mark.parametrize("wanted", [{"phone_number": FREE}, {"area_code": "500"}])
def test_with_test_credentials_one_number_can_always_be_bought(tested, wanted):
    offhook, client = tested
    bought = [
        client.incoming_phone_numbers.create(**wanted, friendly_name="Desk", sms_url="http://127.0.0.1:1/sms")
        for _ in range(2)
    ]
    assert {number.phone_number for number in bought} == {FREE}
    assert {number.account_sid for number in bought} == {client.account_sid}
    assert bought[0].sid != bought[1].sid
    assert (bought[0].friendly_name, bought[0].sms_url) == ("Desk", "http://127.0.0.1:1/sms")
    assert offhook.client().incoming_phone_numbers.list() == []
    assert [event for event in offhook.client().monitor.v1.events.list() if "phone-number" in event.event_type] == []


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"phone_number": "+15005550000"}, 21422),
        ({"phone_number": "+15005550001"}, 21421),
        ({"phone_number": OURS}, 21422),
        ({"phone_number": "+1415"}, 21421),
        ({"area_code": "533"}, 21452),
        ({"area_code": "415"}, 21452),
        ({"area_code": "nonsense"}, 21452),
        ({}, 20001),
        ({"phone_number": FREE, "sms_url": "nonsense"}, 21402),
        ({"phone_number": FREE, "sms_application_sid": "AP" + "1" * 32}, 21420),
    ],
)
def test_with_test_credentials_everything_else_is_refused(tested, wanted, code):
    assert refusal(tested[1].incoming_phone_numbers.create, **wanted) == (400, code)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"phone_number": "+15005550000"}, 21422),
        ({"phone_number": "+15005550001"}, 21421),
        ({"area_code": "533"}, 21452),
    ],
)
def test_in_dev_mode_what_can_never_be_bought_is_refused_to_everybody(offhook, wanted, code):
    assert refusal(offhook.client().incoming_phone_numbers.create, **wanted) == (400, code)
    assert offhook.client().incoming_phone_numbers.list() == []


def test_in_dev_mode_an_account_really_buys_what_can_be_bought(offhook):
    numbers = offhook.client().incoming_phone_numbers
    assert numbers.create(phone_number=FREE).phone_number == FREE
    assert refusal(numbers.create, phone_number=FREE) == (400, 21422)
    assert numbers.create(area_code="500").phone_number.startswith("+1500555")
    assert len(numbers.list()) == 2


def test_where_nothing_is_adopted_they_are_numbers_like_any_other(strict):
    numbers = strict.client().incoming_phone_numbers
    for number in ("+15005550000", "+15005550001"):
        assert numbers.create(phone_number=number).phone_number == number
    for area in ("500", "533"):
        assert refusal(numbers.create, area_code=area) == (400, 21451)
