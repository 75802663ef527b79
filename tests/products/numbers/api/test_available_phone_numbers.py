"""AvailablePhoneNumbers through twilio-python."""

import requests
from twilio.rest.api.v2010.account.available_phone_number_country import AvailablePhoneNumberCountryInstance
from twilio.rest.api.v2010.account.available_phone_number_country.local import LocalInstance

from tests.products.numbers.rooms import documented, refusal


def raw(offhook, path, **query):
    url = f"{offhook.url}/2010-04-01/Accounts/{offhook.account_sid}/AvailablePhoneNumbers{path}.json"
    with requests.Session() as session:
        session.trust_env = False
        return session.get(url, params=query, auth=(offhook.account_sid, offhook.auth_token)).json()


def test_countries_are_listed_with_the_kinds_that_they_have(offhook):
    shown = offhook.client().available_phone_numbers.list()
    kinds = {country.country_code: set(country.subresource_uris) for country in shown}
    assert kinds["US"] == kinds["CA"] == {"local", "toll_free"}
    assert kinds["GB"] == {"local", "mobile", "toll_free"}
    assert len(kinds) == len(shown) > 20


def test_one_country_is_fetched_and_an_unknown_one_is_not_there(offhook):
    numbers = offhook.client().available_phone_numbers
    germany = numbers("de").fetch()
    assert (germany.country_code, germany.country, germany.beta) == ("DE", "Germany", False)
    assert germany.subresource_uris["mobile"].endswith("/AvailablePhoneNumbers/DE/Mobile.json")
    assert refusal(numbers("XX").fetch) == (404, 20404)
    assert refusal(numbers("XX").local.list) == (404, 20404)
    assert refusal(numbers("US").mobile.list) == (404, 20404)


def test_every_documented_field_is_there(offhook):
    country = raw(offhook, "/US")
    assert set(country) == documented(AvailablePhoneNumberCountryInstance)
    number = raw(offhook, "/US/Local", AreaCode="510")["available_phone_numbers"][0]
    assert set(number) == documented(LocalInstance)


def test_a_number_says_where_it_is_and_what_it_carries(offhook):
    number = raw(offhook, "/US/Local", AreaCode="510")["available_phone_numbers"][0]
    assert number["friendly_name"].startswith("(510) 555-")
    known = {name: number[name] for name in ("locality", "region", "postal_code", "iso_country", "lata", "rate_center")}
    assert known == {
        "locality": "Oakland",
        "region": "CA",
        "postal_code": "94607",
        "iso_country": "US",
        "lata": "722",
        "rate_center": "OAKLAND",
    }
    assert (number["latitude"], number["longitude"]) == ("37.800000", "-122.270000")
    assert number["capabilities"] == {
        "voice": True, "sms": True, "mms": True, "fax": False, "SMS": True, "MMS": True
    }  # fmt: skip
    assert (number["address_requirements"], number["beta"]) == ("none", False)


def test_outside_north_america_only_the_city_is_known(offhook):
    number = raw(offhook, "/GB/Local", InLocality="London")["available_phone_numbers"][0]
    assert (number["locality"], number["iso_country"]) == ("London", "GB")
    assert [number[n] for n in ("region", "postal_code", "lata", "rate_center", "latitude", "longitude")] == [None] * 6
    mobile = raw(offhook, "/GB/Mobile")["available_phone_numbers"][0]
    assert (mobile["locality"], mobile["capabilities"]["MMS"]) == (None, False)


def test_a_list_has_one_page_of_the_size_asked_for(offhook):
    local = offhook.client().available_phone_numbers("US").local
    assert len(local.list()) == 50
    assert len(local.list(page_size=7)) == 7
    assert len(local.list(limit=120)) == 120
    shown = raw(offhook, "/US/Local", PageSize="3")
    assert (len(shown["available_phone_numbers"]), shown["next_page_uri"], shown["page_size"]) == (3, None, 3)
    assert raw(offhook, "/US/Local", Page="1")["available_phone_numbers"] == []


def test_words_can_be_searched_for(offhook):
    numbers = offhook.client().available_phone_numbers("US")
    assert all("78676" in number.phone_number for number in numbers.local.list(contains="STORM", limit=20))
    assert [n.phone_number for n in numbers.toll_free.list(contains="+1800FLOWERS")] == ["+18003569377"]
    assert all(n.phone_number.startswith("+1510555") for n in numbers.local.list(contains="510555****", limit=20))


def test_numbers_near_another_number_are_in_its_neighbourhood(offhook):
    local = offhook.client().available_phone_numbers("US").local
    assert {n.region for n in local.list(near_number="+12125550100", limit=200)} <= {"NY", "NJ", "CT"}
    assert {n.locality for n in local.list(near_number="+14155550100", distance=1, limit=200)} == {"San Francisco"}
    assert {n.locality for n in local.list(near_lat_long="61.2,-149.9", limit=20)} == {"Anchorage"}
    assert local.list(near_number="+447700900123") == []


def test_a_place_can_be_given_as_a_number_there(offhook):
    local = offhook.client().available_phone_numbers("US").local
    assert {n.region for n in local.list(in_region="+13125550100", limit=100)} == {"IL"}
    assert {n.postal_code for n in local.list(in_postal_code="+13125550100", limit=100)} == {"60601"}
    assert {n.locality for n in local.list(in_locality="+13125550100", limit=100)} == {"Chicago"}
    assert {n.lata for n in local.list(in_lata="+14155550100", limit=100)} == {"722"}


def test_capabilities_leave_numbers_out_only_when_they_are_required(offhook):
    gb = offhook.client().available_phone_numbers("GB")
    assert gb.mobile.list(mms_enabled=True) == []
    assert len(gb.mobile.list(mms_enabled=False, sms_enabled=True, limit=5)) == 5
    assert offhook.client().available_phone_numbers("US").local.list(fax_enabled=True) == []


def test_filters_that_make_no_sense_are_refused(offhook):
    local = offhook.client().available_phone_numbers("US").local
    assert refusal(local.list, contains="1") == (400, 20001)
    assert refusal(local.list, near_number="home") == (400, 21401)
    assert refusal(local.list, near_lat_long="north") == (400, 20001)
    assert refusal(local.list, near_lat_long="91,0") == (400, 20001)
    assert refusal(local.list, near_lat_long="nan,0") == (400, 20001)
    assert refusal(local.list, near_number="+14155550100", distance=501) == (400, 20001)
    assert refusal(local.list, in_rate_center="OAKLAND") == (400, 20001)
    assert [n.locality for n in local.list(in_rate_center="OAKLAND", in_lata="722", limit=1)] == ["Oakland"]


def test_what_was_found_can_be_bought_and_is_gone_then(offhook):
    client = offhook.client()
    found = client.available_phone_numbers("DE").mobile.list(limit=1)[0]
    bought = client.incoming_phone_numbers.create(phone_number=found.phone_number)
    assert bought.phone_number == found.phone_number
    assert found.phone_number not in [n.phone_number for n in client.available_phone_numbers("DE").mobile.list()]


def test_numbers_are_sold_on_either_database(either):
    offhook, _ = either
    client = offhook.client()
    found = client.available_phone_numbers("US").local.list(area_code=415, limit=3)
    client.incoming_phone_numbers.local.create(phone_number=found[1].phone_number)
    left = client.available_phone_numbers("US").local.list(area_code=415, limit=2)
    assert [n.phone_number for n in left] == [found[0].phone_number, found[2].phone_number]
