"""Lookup v2 with twilio-python: what numbering plans say, what was said of a line, and nulls with a reason."""

import json

import pytest
from twilio.base.exceptions import TwilioRestException

PERSON, OURS, LONDON, PARIS = "+12125550100", "+12023358536", "+442079460018", "+33612345678"
PACKAGES = (
    "caller_name",
    "sim_swap",
    "call_forwarding",
    "line_type_intelligence",
    "line_status",
    "identity_match",
    "reassigned_number",
    "sms_pumping_risk",
    "phone_number_quality_score",
    "pre_fill",
)
ALL = ",".join(PACKAGES)


def look_up(offhook, number: str = PERSON, **asked):
    return offhook.client().lookups.v2.phone_numbers(number).fetch(**asked)


def test_a_number_is_shown_with_its_formats_and_every_field(offhook) -> None:
    answer = offhook.client().request("GET", f"{offhook.url}/lookups/v2/PhoneNumbers/+14159929960")
    assert answer.status_code == 200
    assert json.loads(answer.text) == {
        "calling_country_code": "1",
        "country_code": "US",
        "phone_number": "+14159929960",
        "national_format": "(415) 992-9960",
        "valid": True,
        "validation_errors": [],
        **dict.fromkeys(PACKAGES),
        "url": f"{offhook.url}/lookups/v2/PhoneNumbers/+14159929960",
    }


def test_a_national_number_is_one_of_the_country_that_is_given(offhook) -> None:
    assert look_up(offhook, "(415) 992-9960").phone_number == "+14159929960"
    found = look_up(offhook, "07400 123456", country_code="gb")
    assert (found.phone_number, found.national_format, found.country_code, found.calling_country_code) == (
        "+447400123456",
        "07400 123456",
        "GB",
        "44",
    )


@pytest.mark.parametrize(
    ("number", "error"),
    [
        ("+1415555", "TOO_SHORT"),
        ("+1415555267123", "TOO_LONG"),
        ("+999123456", "INVALID_COUNTRY_CODE"),
        ("hello", "NOT_A_NUMBER"),
        ("+50122222222", "INVALID_LENGTH"),
    ],
)
def test_what_is_no_number_is_not_valid_and_its_packages_know_nothing(offhook, number: str, error: str) -> None:
    found = look_up(offhook, number, fields="line_type_intelligence,line_status")
    assert (found.valid, found.validation_errors) == (False, [error])
    assert (found.country_code, found.national_format) == (None, None)
    assert found.line_status == {"status": None, "error_code": 60600}
    assert found.line_type_intelligence["error_code"] == 60600


def test_every_possible_number_is_valid_but_not_for_who_is_strict(offhook, strict) -> None:
    assert look_up(offhook, "+15550001111").valid
    found = look_up(strict, "+15550001111")
    assert (found.valid, found.validation_errors) == (False, ["INVALID_BUT_POSSIBLE"])
    assert found.national_format == "(555) 000-1111"


def test_only_what_is_asked_for_is_answered(offhook) -> None:
    found = look_up(offhook, fields="validation, LINE_STATUS")
    assert [name for name in PACKAGES if getattr(found, name) is not None] == ["line_status"]


@pytest.mark.parametrize(("name", "value"), [("fields", "live_activity"), ("country_code", "XX")])
def test_what_does_not_exist_is_refused(offhook, name: str, value: str) -> None:
    with pytest.raises(TwilioRestException) as refused:
        look_up(offhook, **{name: value})
    assert (refused.value.status, refused.value.code) == (400, 20001)


def test_of_a_number_that_nobody_knows_every_package_has_nulls_and_a_reason(offhook) -> None:
    found = look_up(offhook, fields=ALL, first_name="Ann", last_verified_date="20260101")
    reasons = {name: getattr(found, name)["error_code"] for name in PACKAGES}
    assert reasons == {**dict.fromkeys(PACKAGES, 60600), "caller_name": None, "line_status": None}
    assert found.caller_name["caller_type"] == "UNDETERMINED"
    assert found.line_status["status"] == "Reachable"
    assert found.identity_match["first_name_match"] == "no_data_available"
    assert found.reassigned_number["is_number_reassigned"] == "no_data_available"


def test_numbering_plans_know_kinds_and_carriers_outside_north_america(offhook) -> None:
    london = look_up(offhook, LONDON, fields="line_type_intelligence").line_type_intelligence
    paris = look_up(offhook, PARIS, fields="line_type_intelligence").line_type_intelligence
    assert (london["type"], london["carrier_name"], london["error_code"]) == ("landline", None, None)
    assert (paris["type"], paris["carrier_name"]) == ("mobile", "SFR")


def test_what_is_said_of_a_line_wins_over_its_plan(offhook) -> None:
    offhook.handset(PARIS).has_line(carrier_name="Hooli", mobile_country_code="208", mobile_network_code="01")
    assert look_up(offhook, PARIS, fields="line_type_intelligence").line_type_intelligence == {
        "mobile_country_code": "208",
        "mobile_network_code": "01",
        "carrier_name": "Hooli",
        "type": "mobile",
        "error_code": None,
    }


def test_a_number_of_ours_is_voip(offhook) -> None:
    offhook.number(OURS)
    found = look_up(offhook, OURS, fields="line_type_intelligence").line_type_intelligence
    assert (found["type"], found["carrier_name"]) == ("nonFixedVoip", "Offhook")


def test_callers_have_names_in_the_united_states(offhook) -> None:
    abroad = look_up(offhook, LONDON, fields="caller_name").caller_name
    assert abroad == {"caller_name": None, "caller_type": None, "error_code": 60607}
    offhook.handset(PERSON).has_line(caller_name="HOOLI INC", caller_type="BUSINESS")
    found = look_up(offhook, fields="caller_name").caller_name
    assert found == {"caller_name": "HOOLI INC", "caller_type": "BUSINESS", "error_code": None}


def test_a_changed_sim_is_told_with_how_long_ago(offhook) -> None:
    phone = offhook.handset(PERSON)
    phone.has_line(sim_swapped="2020-04-27T10:18:50Z", carrier_name="Hooli")
    swap = look_up(offhook, fields="sim_swap").sim_swap
    assert (swap["carrier_name"], swap["error_code"]) == ("Hooli", None)
    assert swap["last_sim_swap"]["last_sim_swap_date"] == "2020-04-27T10:18:50Z"
    assert swap["last_sim_swap"]["swapped_in_period"] is True
    before = swap["last_sim_swap"]["swapped_period"]
    offhook.clock.advance(hours=1)
    after = look_up(offhook, fields="sim_swap").sim_swap["last_sim_swap"]["swapped_period"]
    assert hours(after) == hours(before) + 1
    phone.has_line(sim_swapped="never")
    assert look_up(offhook, fields="sim_swap").sim_swap["last_sim_swap"] == {
        "last_sim_swap_date": None,
        "swapped_period": "PT72H0M0S",
        "swapped_in_period": False,
    }


def hours(duration: str) -> int:
    return int(duration.removeprefix("PT").partition("H")[0])


def test_forwarding_and_status_are_told(offhook) -> None:
    phone = offhook.handset(PERSON)
    phone.has_line(call_forwarding=False)
    phone.behave(power="off")
    found = look_up(offhook, fields="call_forwarding,line_status")
    assert found.call_forwarding == {"call_forwarding_enabled": False, "error_code": None}
    assert found.line_status == {"status": "Unreachable", "error_code": None}


def test_a_person_is_compared_with_the_holder(offhook) -> None:
    offhook.handset(PERSON).has_line(first_name="Ann", last_name="Lee", address_line1="1 Main Street", state="NJ")
    said = {"first_name": "ann", "last_name": "Smith", "address_line1": "1", "address_line2": "Main Str."}
    found = look_up(offhook, fields="identity_match", **said).identity_match
    assert found == {
        "first_name_match": "exact_match",
        "last_name_match": "no_match",
        "address_lines_match": "high_partial_match",
        "city_match": None,
        "state_match": None,
        "postal_code_match": None,
        "address_country_match": None,
        "national_id_match": None,
        "date_of_birth_match": None,
        "summary_score": 60,
        "error_code": None,
        "error_message": None,
    }


def test_a_country_is_compared_too(offhook) -> None:
    offhook.handset(PERSON).has_line(address_country_code="US", postal_code="07081")
    found = look_up(offhook, fields="identity_match", address_country_code="us", postal_code="07081").identity_match
    assert (found["address_country_match"], found["postal_code_match"]) == ("exact_match", "exact_match")


def test_packages_that_compare_need_something_to_compare_with(offhook) -> None:
    found = look_up(offhook, fields="identity_match,reassigned_number")
    assert found.identity_match["error_code"] == found.reassigned_number["error_code"] == 60617
    assert "FirstName" in found.identity_match["error_message"]


@pytest.mark.parametrize(
    ("reassigned", "since", "answer"),
    [("20260102", "20260101", "yes"), ("20260102", "20260103", "no"), ("never", "20200101", "no")],
)
def test_a_number_was_reassigned_since_a_day_or_not(offhook, reassigned: str, since: str, answer: str) -> None:
    offhook.handset(PERSON).has_line(reassigned=reassigned)
    found = look_up(offhook, fields="reassigned_number", last_verified_date=since).reassigned_number
    assert found == {"last_verified_date": since, "is_number_reassigned": answer, "error_code": None}


def test_the_risk_of_pumping_is_told_with_when_the_number_was_blocked(offhook) -> None:
    phone = offhook.handset(PERSON)
    phone.has_line(carrier_risk_category="low", sms_pumping_risk_score=0, number_blocked="never")
    assert look_up(offhook, fields="sms_pumping_risk").sms_pumping_risk == {
        "carrier_risk_category": "low",
        "number_blocked": False,
        "number_blocked_date": None,
        "number_blocked_last_3_months": False,
        "sms_pumping_risk_score": 0,
        "error_code": None,
    }
    phone.has_line(number_blocked=offhook.clock.now().isoformat(timespec="seconds"))
    found = look_up(offhook, fields="sms_pumping_risk").sms_pumping_risk
    assert (found["number_blocked"], found["number_blocked_last_3_months"]) == (True, True)
    phone.has_line(number_blocked="2020-01-01T00:00:00Z")
    found = look_up(offhook, fields="sms_pumping_risk").sms_pumping_risk
    assert (found["number_blocked_date"], found["number_blocked_last_3_months"]) == ("2020-01-01T00:00:00Z", False)


def test_quality_and_holder_are_told(offhook) -> None:
    offhook.handset(PERSON).has_line(quality_score=88, first_name="Ann", address_line1="1 Main", address_line2="Flat 2")
    found = look_up(offhook, fields="phone_number_quality_score,pre_fill")
    assert found.phone_number_quality_score == {"quality_score": 88, "error_code": None}
    assert (found.pre_fill["first_name"], found.pre_fill["address_line"]) == ("Ann", "1 Main Flat 2")
    assert (found.pre_fill["city"], found.pre_fill["error_code"]) == (None, None)


def test_test_credentials_may_look_up(offhook) -> None:
    client = offhook.client(*offhook.test_credentials)
    assert client.lookups.v2.phone_numbers("+14159929960").fetch().national_format == "(415) 992-9960"


def test_the_plan_tells_place_zone_and_international_format_too(offhook) -> None:
    answer = offhook.client().request("GET", f"{offhook.url}/offhook/v1/PhoneNumbers/+14159929960")
    assert json.loads(answer.text) == {
        "phone_number": "+14159929960",
        "national_format": "(415) 992-9960",
        "international_format": "+1 415-992-9960",
        "country_code": "US",
        "calling_country_code": "1",
        "type": None,
        "carrier_name": None,
        "city": "SAN FRANCISCO",
        "state": "CA",
        "time_zones": ["America/Los_Angeles"],
        "valid": True,
        "validation_errors": [],
    }
