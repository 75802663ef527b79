"""One Offhook in a test's hands."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest

from offhook.testing import Offhook, RefusedError
from offhook.testing.running import Running, quiet, settings_for

OURS, PERSON = "+12023358536", "+19732644152"


def test_the_app_s_environment_names_this_offhook(offhook):
    assert offhook.environment == {
        "TWILIO_ACCOUNT_SID": offhook.account_sid,
        "TWILIO_AUTH_TOKEN": offhook.auth_token,
        "OFFHOOK_URL": offhook.url,
    }
    assert {name: os.environ[name] for name in offhook.environment} == offhook.environment


def test_a_program_with_that_environment_reaches_it(offhook):
    program = """if True:
        import os, urllib.request
        manager = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        url, sid = os.environ["OFFHOOK_URL"], os.environ["TWILIO_ACCOUNT_SID"]
        manager.add_password(None, url, sid, os.environ["TWILIO_AUTH_TOKEN"])
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPBasicAuthHandler(manager)
        )
        print(opener.open(f"{url}/2010-04-01/Accounts/{sid}/Messages.json").status)
    """
    child = {"PATH": os.environ["PATH"], **offhook.environment}
    done = subprocess.run([sys.executable, "-c", program], env=child, capture_output=True, text=True, check=True)
    assert done.stdout == "200\n"


def test_a_number_is_bought_once_and_set_from_then_on(offhook):
    bought = offhook.number(OURS, sms_url="https://example.com/one")
    again = offhook.number(OURS, sms_url="https://example.com/two", friendly_name="Desk")
    assert (bought.sid, bought.sms_url) == (again.sid, "https://example.com/one")
    assert (str(again), again.sms_url) == (OURS, "https://example.com/two")
    [owned] = offhook.client().incoming_phone_numbers.list()
    assert (owned.friendly_name, owned.sms_url) == ("Desk", "https://example.com/two")


def test_any_number_will_do(offhook):
    one, other = offhook.number(), offhook.number(area_code="212")
    assert str(one).startswith("+1415")
    assert str(other).startswith("+1212")


def test_a_refusal_says_what_twilio_would(offhook):
    with pytest.raises(RefusedError, match="21421") as caught:
        offhook.number("12")
    assert (caught.value.status, caught.value.code) == (400, 21421)


def test_two_of_them_know_nothing_of_each_other(offhook, tmp_path):
    with quiet(), Running(settings_for(tmp_path)) as found:
        other = Offhook(found.url, found.account_sid, found.auth_token)
        other.clock.advance(days=1)
        other.handset(PERSON).text("+12125550100", "over there")
        assert offhook.handset(PERSON).inbox == []
        assert other.clock.now() - offhook.clock.now() > timedelta(hours=23)
        assert other.account_sid != offhook.account_sid


def test_every_test_begins_with_nothing(offhook):
    assert offhook.exchanges() == []
    assert offhook.alerts() == []
    assert offhook.client().incoming_phone_numbers.list() == []


def test_the_sdk_s_client_reaches_every_product_here(offhook):
    client = offhook.client()
    assert client.messages.list() == []
    assert client.monitor.v1.alerts.list() == []
    assert {exchange.url.split("/")[2] for exchange in offhook.exchanges()} == {offhook.url.split("/")[2]}


def test_a_proxy_in_the_environment_is_not_in_the_way(offhook, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert offhook.client().messages.list() == []
    assert offhook.handset(PERSON).inbox == []


def test_the_story_names_calls_that_were_refused_and_parameters_that_were_ignored(offhook):
    with pytest.raises(RefusedError):
        offhook.number("12")
    offhook.number(OURS, sms_ulr="https://example.com/typo")
    story = offhook.story()
    assert "21421" in story
    assert "SmsUlr" in story
