"""What is said of the line of a phone."""

import pytest

from offhook.testing import RefusedError
from offhook.testing.calling import segment
from tests.products.monitor.streams import api_of

PERSON = "+19732644152"
LINE = f"/offhook/v1/Handsets/{segment(PERSON)}/Line"
EVERYTHING = {
    "Type": "mobile",
    "CarrierName": "Hooli",
    "MobileCountryCode": "310",
    "MobileNetworkCode": "26",
    "Status": "Active",
    "CallerName": "ANN LEE",
    "CallerType": "CONSUMER",
    "CallForwarding": "false",
    "SimSwapped": "2026-01-31T10:00:00Z",
    "Reassigned": "20260102",
    "CarrierRiskCategory": "very high",
    "SmsPumpingRiskScore": "0",
    "NumberBlocked": "never",
    "QualityScore": "100",
    "FirstName": "Ann",
    "LastName": "Lee",
    "AddressLine1": "1 Main Street",
    "AddressLine2": "Floor 2",
    "City": "Springfield",
    "State": "NJ",
    "PostalCode": "07081",
    "AddressCountryCode": "US",
    "NationalId": "123-45-6789",
    "DateOfBirth": "19900228",
}


def test_everything_that_is_said_is_shown_on_either_database(either) -> None:
    offhook, _ = either
    api = api_of(offhook)
    shown = api.post(LINE, **EVERYTHING)
    assert shown == api.get(LINE)
    assert shown == {
        "address": PERSON,
        "type": "mobile",
        "carrier_name": "Hooli",
        "mobile_country_code": "310",
        "mobile_network_code": "26",
        "status": "Active",
        "caller_name": "ANN LEE",
        "caller_type": "CONSUMER",
        "call_forwarding": False,
        "sim_swapped": "2026-01-31T10:00:00Z",
        "reassigned": "20260102",
        "carrier_risk_category": "very high",
        "sms_pumping_risk_score": 0,
        "number_blocked": "never",
        "quality_score": 100,
        "first_name": "Ann",
        "last_name": "Lee",
        "address_line1": "1 Main Street",
        "address_line2": "Floor 2",
        "city": "Springfield",
        "state": "NJ",
        "postal_code": "07081",
        "address_country_code": "US",
        "national_id": "123-45-6789",
        "date_of_birth": "19900228",
        "url": f"{offhook.url}{LINE.replace('%2B', '+')}",
    }


def test_what_is_not_given_stays_and_an_empty_text_is_taken_back(offhook) -> None:
    api = api_of(offhook)
    api.post(LINE, CarrierName="Hooli", City="Springfield", SimSwapped="never")
    shown = api.post(LINE, City="", QualityScore="7")
    assert (shown["carrier_name"], shown["city"], shown["sim_swapped"], shown["quality_score"]) == (
        "Hooli",
        None,
        "never",
        7,
    )


def test_a_phone_of_which_nothing_is_said_is_reachable_until_it_is_off(offhook) -> None:
    api = api_of(offhook)
    assert {name: value for name, value in api.get(LINE).items() if value} == {
        "address": PERSON,
        "status": "Reachable",
        "url": f"{offhook.url}{LINE.replace('%2B', '+')}",
    }
    offhook.handset(PERSON).behave(power="off", line="landline")
    shown = api.get(LINE)
    assert (shown["status"], shown["type"]) == ("Unreachable", "landline")
    assert api.post(LINE, Type="fixedVoip", Status="Inactive")["type"] == "fixedVoip"
    assert api.get(LINE)["status"] == "Inactive"


def test_everything_can_be_taken_back_once(offhook) -> None:
    api = api_of(offhook)
    offhook.handset(PERSON).has_line(carrier_name="Hooli", call_forwarding=True, quality_score=3)
    api.delete(LINE)
    assert api.get(LINE)["carrier_name"] is None
    with pytest.raises(RefusedError) as refused:
        api.delete(LINE)
    assert (refused.value.status, refused.value.code) == (404, 20404)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Type", "smart"),
        ("Status", "asleep"),
        ("CallerType", "ROBOT"),
        ("CarrierRiskCategory", "none"),
        ("CallForwarding", "perhaps"),
        ("MobileCountryCode", "31"),
        ("MobileCountryCode", "abc"),
        ("MobileNetworkCode", "1234"),
        ("SimSwapped", "yesterday"),
        ("NumberBlocked", "2026-13-01"),
        ("Reassigned", "2026-01-02"),
        ("Reassigned", "20260230"),
        ("DateOfBirth", "never"),
        ("SmsPumpingRiskScore", "101"),
        ("QualityScore", "-1"),
        ("QualityScore", "many"),
        ("FirstName", "A" * 257),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_name(offhook, name: str, value: str) -> None:
    with pytest.raises(RefusedError) as refused:
        api_of(offhook).post(LINE, **{name: value})
    assert (refused.value.status, refused.value.code) == (400, 20001)
    assert f"'{name}'" in str(refused.value)
    assert api_of(offhook).get(LINE)[_field(name)] in (None, "Reachable")


def _field(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).strip("_")


def test_an_address_that_is_none_has_no_line(offhook) -> None:
    with pytest.raises(RefusedError) as refused:
        api_of(offhook).get("/offhook/v1/Handsets/abc/Line")
    assert refused.value.code == 21211


def test_only_the_first_account_says_what_lines_there_are(offhook) -> None:
    other = offhook.client().api.accounts.create()
    client = offhook.client(other.sid, other.auth_token)
    for method in ("GET", "POST", "DELETE"):
        assert client.request(method, f"{offhook.url}{LINE}").status_code == 403
