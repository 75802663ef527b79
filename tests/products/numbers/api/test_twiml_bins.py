"""TwiML bins: kept, changed, removed, filled with what a call or a text is told."""

import pytest
import requests

from offhook.testing import RefusedError

PATH = "/offhook/v1/TwimlBins"
HELLO = "<Response><Say>Hello {{From}}</Say></Response>"


def shown(offhook, path):
    return offhook._api.get(path)


def made(offhook, twiml=HELLO, **more):
    return offhook._api.post(PATH, Twiml=twiml, **more)


def test_a_bin_is_kept_changed_listed_and_removed(offhook):
    first, second = made(offhook, FriendlyName="Greeting"), made(offhook)
    assert [one["sid"] for one in shown(offhook, PATH)["twiml_bins"]] == [second["sid"], first["sid"]]
    changed = offhook._api.post(f"{PATH}/{first['sid']}", Twiml="<Response/>")
    assert (changed["friendly_name"], changed["twiml"]) == ("Greeting", "<Response/>")
    offhook._api.delete(f"{PATH}/{first['sid']}")
    assert [one["sid"] for one in shown(offhook, PATH)["twiml_bins"]] == [second["sid"]]


@pytest.mark.parametrize("twiml", ["", "hello", "<Respond/>", "<!DOCTYPE x><Response/>", "<Response><Say></Response>"])
def test_what_is_no_document_is_refused(offhook, twiml):
    with pytest.raises(RefusedError) as refusal:
        made(offhook, twiml)
    assert refusal.value.code == 20001


def test_whoever_knows_its_url_can_read_it_as_it_is_kept(offhook):
    answer = requests.get(made(offhook)["document_url"], timeout=10)
    assert (answer.status_code, answer.text) == (200, HELLO)
    assert answer.headers["content-type"] == "application/xml"


def test_a_call_hears_it_filled(offhook):
    number = offhook.number("+14155550123", voice_url=made(offhook)["document_url"])
    offhook.handset("+15005550077").call(number).hears("Hello +15005550077")


def test_a_text_is_answered_with_it_and_what_it_is_filled_with_is_escaped(offhook):
    echo = made(offhook, "<Response><Message>You said {{Body}}</Message></Response>")
    number = offhook.number("+14155550123", sms_url=echo["document_url"])
    ann = offhook.handset("+15005550077")
    ann.text(number, "<Redirect>x</Redirect> & more")
    ann.wait_for("You said <Redirect>x</Redirect> & more")


def test_at_twilios_host_it_is_the_same(offhook):
    kept = made(offhook)
    number = offhook.number("+14155550123", voice_url=f"https://handler.twilio.com/twiml/{kept['sid']}")
    offhook.handset("+15005550077").call(number).hears("Hello +15005550077")


def test_another_account_does_not_get_it(offhook):
    other = offhook.client("AC" + "9" * 32, "token-of-another-account")
    kept = made(offhook)
    other.incoming_phone_numbers.create(phone_number="+14155550199", voice_url=kept["document_url"])
    call = offhook.handset("+15005550077").call("+14155550199")
    call.hears("application error")
    (alert,) = other.monitor.v1.alerts.list()
    assert (alert.error_code, "404" in alert.alert_text) == ("11200", True)
