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
    assert offhook.variables == {
        "TWILIO_ACCOUNT_SID": offhook.account_sid,
        "TWILIO_AUTH_TOKEN": offhook.auth_token,
        "OFFHOOK_URL": offhook.url,
    }
    assert {name: os.environ[name] for name in offhook.variables} == offhook.variables
    assert offhook.variables.items() <= offhook.environment.items()


def test_a_program_of_its_own_needs_no_change_to_reach_it(offhook, monkeypatch):
    monkeypatch.setenv("TWILIO_API_KEY", "SK" + "1" * 32)
    program = """if True:
        import os
        from twilio.rest import Client
        print(Client().messages.create(to="+19732644152", from_="+12023358536", body="hi").sid)
        print(os.environ.get("TWILIO_API_KEY"))
    """
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env=offhook.environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [offhook.handset(PERSON).wait_for("hi").message_sid, "None"]


def test_one_that_runs_elsewhere_is_found_by_its_data_folder(tmp_path):
    with pytest.raises(LookupError, match="no Offhook runs"):
        Offhook.at(tmp_path)
    with quiet(), Running(settings_for(tmp_path)) as found:
        elsewhere = Offhook.at(tmp_path)
        assert (elsewhere.url, elsewhere.account_sid) == (found.url, found.account_sid)
        assert elsewhere.environment["HTTPS_PROXY"] == found.proxy_url


def test_a_program_with_those_variables_reaches_it(offhook):
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
    child = {"PATH": os.environ["PATH"], **offhook.variables}
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
