"""Asking an app again what it was asked: signed anew, changed if wanted, and without consequences."""

import pytest

from offhook.testing import RefusedError
from tests.products.monitor.streams import api_of

OURS, PERSON = "+12023358536", "+19732644152"
EXCHANGES = "/offhook/v1/Exchanges"


@pytest.fixture
def api(offhook):
    return api_of(offhook)


@pytest.fixture
def document(offhook, app):
    """The exchange of a webhook."""
    offhook.number(OURS, sms_url=app.says("/sms?shop=1", "<Response><Message>hello back</Message></Response>"))
    app.says("/sms", "<Response><Message>hello back</Message></Response>")
    offhook.handset(PERSON).text(OURS, "a & b = ü ✓")
    [found] = offhook.exchanges(kind="document")
    return found


def resend(api, sid, **form):
    return api.post(f"{EXCHANGES}/{sid}/Resend", **form)


def refusal(api, sid, **form):
    with pytest.raises(RefusedError) as caught:
        resend(api, sid, **form)
    return caught.value


def test_the_app_is_asked_again_with_a_signature_that_its_validator_accepts(offhook, app, api, document):
    made = resend(api, document.sid)
    first, second = app.asked
    assert (second.method, second.url, second.pairs) == (first.method, first.url, first.pairs)
    assert second.is_signed
    assert second.headers["i-twilio-idempotency-token"] != first.headers["i-twilio-idempotency-token"]
    assert (made["kind"], made["direction"], made["status"]) == ("document", "out", 200)
    assert made["resent_from"] == document.sid
    assert made["resource_sid"] == document.resource_sid
    assert "hello back" in made["response_body"]
    said = [text.body for text in offhook.handset(PERSON).inbox if text.direction == "inbound"]
    assert said == ["hello back"]  # it is not carried out again


def test_it_is_kept_as_an_exchange_of_its_own(offhook, api, document):
    made = resend(api, document.sid)
    offhook.clock.settle()
    assert api.get(f"{EXCHANGES}/{made['sid']}") == made
    assert api.get(f"{EXCHANGES}/{document.sid}")["resent_from"] is None
    assert resend(api, made["sid"])["resent_from"] == made["sid"]


def test_it_is_signed_with_the_token_of_today(offhook, app, api, document, monkeypatch):
    client = offhook.client()
    second = client.accounts.v1.secondary_auth_token().create().secondary_auth_token
    client.accounts.v1.auth_token_promotion().update()
    resend(api_of(offhook, auth_token=second), document.sid)
    assert not app.asked[-1].is_signed
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", second)
    resend(api_of(offhook, auth_token=second), document.sid)
    assert app.asked[-1].is_signed


def test_url_method_and_parameters_can_be_changed(app, api, document):
    url = app.says("/other", "<Response/>")
    made = resend(api, document.sid, Url=f"{url}?x=1", Parameters="Body=new+one&From=%2B1&Empty=")
    assert app.asked[-1].pairs == [("Body", "new one"), ("From", "+1"), ("Empty", "")]
    assert (app.asked[-1].url, app.asked[-1].is_signed) == (f"{url}?x=1", True)
    made = resend(api, document.sid, Url=url, Method="get")
    assert made["method"] == app.asked[-1].method == "GET"
    assert app.asked[-1].pairs == app.asked[0].pairs
    assert app.asked[-1].is_signed
    resend(api, made["sid"], Parameters="Body=only")
    assert (app.asked[-1].path, app.asked[-1].pairs, app.asked[-1].is_signed) == ("/other", [("Body", "only")], True)
    resend(api, made["sid"])
    assert app.asked[-1].pairs == app.asked[0].pairs
    assert app.asked[-1].is_signed


def test_a_failure_is_told_by_the_exchange_and_is_no_alert(offhook, app, api, document, closed_port):
    app.says("/sms", "oops", status=500)
    made = resend(api, document.sid)
    assert (made["status"], made["error_code"], made["response_body"]) == (500, 11200, "oops")
    made = resend(api, document.sid, Url=f"http://127.0.0.1:{closed_port}/")
    assert (made["status"], made["error_code"]) == (None, 11205)
    assert made["error"]
    assert offhook.alerts() == []


def test_a_callback_can_be_sent_again(offhook, app, api):
    offhook.client().messages.create(to=PERSON, from_=OURS, body="hi", status_callback=app.says("/status"))
    [sent, _] = offhook.exchanges(kind="callback")
    assert resend(api, sent.sid)["kind"] == "callback"
    assert app.asked[-1].parameters["MessageStatus"] == "sent"
    assert app.asked[-1].is_signed


def test_what_came_in_cannot_be_sent_again(offhook, api, document):
    came_in = offhook.exchanges(kind="api")[0]
    problem = refusal(api, came_in.sid)
    assert (problem.status, problem.code) == (409, 20409)
    assert "came in" in str(problem)


def test_what_was_redacted_cannot_be_sent_and_says_which(offhook, app, api):
    url = app.says("/sms", "<Response/>").replace("http://", "http://user:pass@")
    number = offhook.number(OURS, sms_url=url)
    offhook.handset(PERSON).text(OURS, "see https://u:secret@a.example/")
    [kept] = offhook.exchanges(kind="document")
    problem = refusal(api, kept.sid, Url=f"{app.url}/sms")
    assert (problem.status, problem.code) == (409, 20409)
    assert "Body" in str(problem)
    assert "'Parameters'" in str(problem)
    problem = refusal(api, kept.sid, Parameters="Body=x")
    assert "'Url'" in str(problem)
    assert resend(api, kept.sid, Url=f"{app.url}/sms", Parameters="Body=x")["status"] == 200
    assert number


def test_nonsense_is_refused(api, document):
    for form in ({"Url": "ftp://a"}, {"Method": "PUT"}, {"Url": "http://a.example/#ct=never"}):
        assert refusal(api, document.sid, **form).code == 20001
    assert refusal(api, "EX" + "0" * 32).code == 20404


def test_metadata_addresses_stay_out_of_reach(api, document):
    made = resend(api, document.sid, Url="http://169.254.169.254/latest/meta-data")
    assert made["status"] is None
    assert made["error_code"]


def test_another_account_s_exchange_is_not_there(offhook, document):
    stranger = api_of(offhook, "AC" + "9" * 32, "token")
    assert refusal(stranger, document.sid).code == 20404
