"""accounts.twilio.com /v1/Messaging/GeoPermissions over HTTP, with the official SDK."""

from base64 import b64encode
from dataclasses import replace
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from offhook.kit.phone import countries
from offhook.testing import Offhook
from offhook.testing.running import Running, quiet, settings_for
from tests.products.accounts.clients import client_of, documented, refusal, with_key


def permissions(client):
    """The resource, of the account that the client is for."""
    return client.accounts.v1.messaging_geopermissions


def entry(country: str, enabled: bool | None, **more):
    return {"country_code": country, "type": "country", "enabled": enabled, **more}


def in_force(client, country: str) -> bool:
    [found] = permissions(client).fetch(country_code=country).permissions
    assert found["country_code"] == country
    return found["enabled"]


def enabled(client) -> set[str]:
    return {found["country_code"] for found in permissions(client).fetch().permissions if found["enabled"]}


@pytest.fixture
def shop(offhook):
    """A client of a subaccount."""
    made = offhook.client().api.accounts.create(friendly_name="shop")
    return client_of(offhook, made.sid, made.auth_token)


def test_in_dev_mode_every_country_may_be_texted(offhook):
    listed = permissions(offhook.client()).fetch()
    assert documented(listed) == {"permissions"}
    assert [found["country_code"] for found in listed.permissions] == list(countries())
    assert listed.permissions[0] == {**entry("AC", True), "error_code": 0, "error_messages": []}
    assert enabled(offhook.client()) == {*countries()}


def test_one_country_is_asked_for_however_it_is_written(offhook):
    [found] = permissions(offhook.client()).fetch(country_code="fr").permissions
    assert found["country_code"] == "FR"
    assert refusal(permissions(offhook.client()).fetch, country_code="XX")[:2] == (404, 20404)


def test_several_countries_are_set_at_once_and_the_others_stay(either):
    offhook, _ = either
    client = offhook.client()
    updated = permissions(client).update([entry("FR", False), entry("de", False), entry("US", True)])
    assert [(found["country_code"], found["enabled"]) for found in updated.permissions] == [
        ("FR", False),
        ("DE", False),
        ("US", True),
    ]
    assert enabled(client) == {*countries()} - {"FR", "DE"}
    permissions(client).update([entry("FR", True)])
    assert enabled(client) == {*countries()} - {"DE"}


def test_what_is_wrong_with_an_entry_is_said_and_the_others_count(offhook):
    client = offhook.client()
    wrong = [entry("XX", False), {**entry("ES", False), "type": "region"}, {"country_code": "IT"}]
    updated = permissions(client).update([*wrong, entry("FR", False)]).permissions
    assert [found["error_code"] for found in updated] == [20001, 20001, 20001, 0]
    assert ["'XX'" in updated[0]["error_messages"][0], updated[3]["error_messages"]] == [True, []]
    assert [found["enabled"] for found in updated] == [False, True, True, False]
    assert enabled(client) == {*countries()} - {"FR"}


@pytest.mark.parametrize("given", ["no JSON", '["FR"]', "{}", '{"country_code": 33}'])
def test_what_is_no_entry_is_refused_as_a_whole(offhook, given):
    client = offhook.client()
    assert refusal(permissions(client).update, [entry("FR", False), given])[:2] == (400, 20001)
    assert in_force(client, "FR")


def test_a_subaccount_follows_its_parent_until_it_says_something_itself(offhook, shop):
    parent = offhook.client()
    permissions(parent).update([entry("FR", False), entry("DE", False)])
    assert (in_force(shop, "FR"), in_force(shop, "DE")) == (False, False)
    permissions(shop).update([entry("FR", True), entry("ES", False)])
    assert (in_force(shop, "FR"), in_force(shop, "DE"), in_force(shop, "ES")) == (True, False, False)
    assert (in_force(parent, "FR"), in_force(parent, "ES")) == (False, True)
    permissions(parent).update([entry("DE", True)])
    assert in_force(shop, "DE")


def test_what_it_said_can_be_taken_back(offhook, shop):
    permissions(shop).update([entry("FR", False)])
    permissions(offhook.client()).update([entry("DE", False)])
    [french] = permissions(shop).update([entry("FR", None)]).permissions
    assert french["enabled"]
    assert (in_force(shop, "FR"), in_force(shop, "DE")) == (True, False)


def test_a_standard_key_may_look_and_nothing_else(offhook):
    client, _ = with_key(offhook)
    assert in_force(client, "FR")
    assert refusal(permissions(client).update, [entry("FR", False)])[:2] == (401, 20003)


def test_they_are_answered_at_twilio_s_host_too(offhook):
    permissions(offhook.client()).update([entry("FR", False)])
    credentials = b64encode(f"{offhook.account_sid}:{offhook.auth_token}".encode()).decode()
    headers = {"Host": "accounts.twilio.com", "Authorization": f"Basic {credentials}"}
    request = Request(f"{offhook.url}/v1/Messaging/GeoPermissions?CountryCode=FR", headers=headers)
    with build_opener(ProxyHandler({})).open(request) as answer:
        assert b'"enabled":false' in answer.read()


def test_the_process_says_what_counts_where_nobody_has_said_anything(tmp_path):
    narrow = replace(settings_for(tmp_path), countries="US,CA")
    with quiet(), Running(narrow) as found, Offhook(found.url, found.account_sid, found.auth_token) as offhook:
        client = offhook.client()
        assert enabled(client) == {"US", "CA"}
        permissions(client).update([entry("FR", True), entry("CA", False)])
        assert enabled(client) == {"US", "FR"}
    with quiet(), Running(narrow) as found, Offhook(found.url, found.account_sid, found.auth_token) as offhook:
        assert enabled(offhook.client()) == {"US", "FR"}
