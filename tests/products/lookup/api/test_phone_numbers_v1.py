"""Lookup v1 with twilio-python, which still has it."""

import pytest
from twilio.base.exceptions import TwilioRestException

PERSON, PARIS = "+12125550100", "+33612345678"


def look_up(offhook, number: str = PERSON, **asked):
    return offhook.client().lookups.v1.phone_numbers(number).fetch(**asked)


def test_a_number_is_formatted(offhook) -> None:
    found = look_up(offhook, "(212) 555-0100")
    assert (found.phone_number, found.national_format, found.country_code) == (PERSON, "(212) 555-0100", "US")
    assert (found.carrier, found.caller_name, found.add_ons) == (None, None, None)
    assert found.url == f"{offhook.url}/lookups/v1/PhoneNumbers/{PERSON}"


def test_its_carrier_and_its_name_are_told_if_they_are_asked_for(offhook) -> None:
    offhook.handset(PERSON).has_line(type="nonFixedVoip", carrier_name="Hooli", caller_name="ANN LEE")
    found = look_up(offhook, type=["carrier", "caller-name"])
    assert found.carrier == {
        "mobile_country_code": None,
        "mobile_network_code": None,
        "name": "Hooli",
        "type": "voip",
        "error_code": None,
    }
    assert found.caller_name == {"caller_name": "ANN LEE", "caller_type": "UNDETERMINED", "error_code": None}


@pytest.mark.parametrize(
    ("number", "kind", "name"), [(PARIS, "mobile", "SFR"), ("+442079460018", "landline", None), (PERSON, None, None)]
)
def test_there_are_three_kinds_of_lines(offhook, number: str, kind: str | None, name: str | None) -> None:
    carrier = look_up(offhook, number, type=["carrier"]).carrier
    assert (carrier["type"], carrier["name"]) == (kind, name)
    assert carrier["error_code"] == (None if kind else 60600)


def test_what_is_no_number_is_not_found(offhook) -> None:
    with pytest.raises(TwilioRestException) as refused:
        look_up(offhook, "+1415555")
    assert (refused.value.status, refused.value.code) == (404, 20404)


def test_add_ons_are_noted_as_not_read(offhook) -> None:
    assert look_up(offhook, add_ons=["whitepages_pro_caller_id"]).add_ons is None
    (exchange,) = offhook.exchanges(kind="api")
    assert "AddOns" in exchange.notes[0]
