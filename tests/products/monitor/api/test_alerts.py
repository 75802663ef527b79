"""What went wrong, by Twilio's Alerts resource, with the official SDK."""

from datetime import timedelta

import pytest
from twilio.base.exceptions import TwilioException, TwilioRestException

from offhook.testing import Offhook
from tests.products.monitor.streams import api_of

OURS, PERSON = "+12023358536", "+19732644152"
ALERTS = "/monitor/v1/Alerts"


@pytest.fixture
def alerts(offhook: Offhook, app):
    """Of an app that answers 500, then something that is not TwiML, then an element nobody knows."""
    offhook.number(OURS, sms_url=f"{app.url}/sms")
    for body, status in (("oops", 500), ("<Response>", 200), ("<Response><Say>x</Say></Response>", 200)):
        app.says("/sms", body, status=status)
        offhook.handset(PERSON).text(OURS, "hi")
        offhook.clock.advance(hours=1)
    return offhook.client().monitor.v1.alerts


def test_the_newest_come_first_page_after_page(alerts):
    assert [alert.error_code for alert in alerts.list()] == ["12200", "12100", "11200"]
    assert [alert.error_code for alert in alerts.list(page_size=1)] == ["12200", "12100", "11200"]


def test_an_alert_tells_what_was_asked_and_answered(offhook, app, alerts):
    listed = alerts.list()[-1]
    alert = alerts(listed.sid).fetch()
    message = offhook.client().messages.list(from_=PERSON)[-1]
    assert (alert.sid, alert.account_sid, alert.error_code) == (listed.sid, offhook.account_sid, "11200")
    assert (alert.resource_sid, alert.log_level, alert.api_version) == (message.sid, "error", "2010-04-01")
    assert (alert.request_method, alert.request_url) == ("POST", f"{app.url}/sms")
    assert "Body=hi" in alert.request_variables
    assert alert.response_body == "oops"
    assert "500" in alert.alert_text
    assert alert.more_info == f"{offhook.url}/errors/11200"
    assert alert.url == f"{offhook.url}/monitor/v1/Alerts/{alert.sid}"
    assert alert.date_generated == alert.date_created is not None


def test_by_level(alerts):
    assert [alert.error_code for alert in alerts.list(log_level="warning")] == ["12200"]
    assert [alert.error_code for alert in alerts.list(log_level="error")] == ["12100", "11200"]


def test_what_is_no_level_is_refused(alerts):
    assert alerts.list(log_level="notice") == []
    with pytest.raises(TwilioException, match="none of error, warning, notice, debug"):
        alerts.list(log_level="foo")


def test_an_alert_that_is_about_no_request_has_no_method(offhook, app):
    offhook.number(OURS, sms_url=app.says("/sms", '<Response><Message to="me">hi</Message></Response>'))
    offhook.handset(PERSON).text(OURS, "hi")
    offhook.clock.settle()
    (alert,) = offhook.client().monitor.v1.alerts.list()
    assert (alert.error_code, alert.request_method) == ("14101", None)


def test_by_date(offhook, alerts):
    now = offhook.clock.now()
    assert [a.error_code for a in alerts.list(start_date=now - timedelta(hours=2, minutes=30))] == ["12200", "12100"]
    assert [a.error_code for a in alerts.list(end_date=now - timedelta(hours=2, minutes=30))] == ["11200"]
    assert alerts.list(start_date=now + timedelta(hours=1)) == []


def test_an_alert_that_is_not_there_or_not_one_s_own_is_20404(offhook, alerts):
    sid = alerts.list()[0].sid
    stranger = offhook.client("AC" + "9" * 32, "token").monitor.v1.alerts
    assert stranger.list() == []
    for call in (stranger(sid).fetch, alerts("NO" + "0" * 32).fetch):
        with pytest.raises(TwilioRestException) as caught:
            call()
        assert caught.value.code == 20404


def test_the_first_account_lists_those_of_another_and_fetches_them(offhook, app):
    sid, token = "AC" + "5" * 32, "0123456789abcdef" * 2
    shop, stranger = offhook.client(sid, token), offhook.client("AC" + "6" * 32, token)
    shop.incoming_phone_numbers.create(phone_number=OURS, sms_url=app.says("/sms", "oops", status=500))
    offhook.handset(PERSON).text(OURS, "hi")
    offhook.clock.settle()
    [alert] = shop.monitor.v1.alerts.list()
    first = api_of(offhook)
    assert first.get(ALERTS)["alerts"] == []
    [shown] = first.get(ALERTS, AccountSid=sid)["alerts"]
    assert (shown["sid"], shown["account_sid"]) == (alert.sid, sid)
    assert first.get(ALERTS, AccountSid=sid, LogLevel="warning")["alerts"] == []
    assert first.get(f"{ALERTS}/{alert.sid}") == shown
    assert api_of(offhook, stranger.username, token).get(ALERTS, AccountSid=sid)["alerts"] == []
    with pytest.raises(TwilioRestException) as caught:
        stranger.monitor.v1.alerts(alert.sid).fetch()
    assert caught.value.code == 20404
