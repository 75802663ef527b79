"""The inspector's list: every request in and out, filtered, and with no secret in it."""

import base64
import re
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from offhook.testing import Offhook, RefusedError
from offhook.testing.calling import Api
from offhook.testing.running import Running, quiet, settings_for

OURS, PERSON = "+12023358536", "+19732644152"
EXCHANGES = "/offhook/v1/Exchanges"


@pytest.fixture
def api(offhook: Offhook) -> Api:
    return Api(offhook.url, offhook.account_sid, offhook.auth_token)


@pytest.fixture
def talked(offhook: Offhook, app) -> str:
    """One message with its callbacks and one text with its webhook; the message's SID."""
    document = "<Response><Message>hello back</Message></Response>"
    offhook.number(OURS, sms_url=app.says("/sms", document))
    client = offhook.client()
    sid = client.messages.create(to=PERSON, from_=OURS, body="hi", status_callback=app.says("/status")).sid
    phone = offhook.handset(PERSON)
    phone.text(OURS, "hello")
    phone.wait_for("hello back")
    return str(sid)


def test_a_call_of_the_api_is_kept_with_its_answer(offhook, talked):
    [call] = [made for made in offhook.exchanges(kind="api") if made.resource_sid == talked]
    assert (call.direction, call.method, call.status) == ("in", "POST", 201)
    assert call.url == f"{offhook.url}/2010-04-01/Accounts/{offhook.account_sid}/Messages.json"
    assert (call.parameters["Body"], call.parameters["To"]) == ("hi", PERSON)
    assert talked in call.response_body
    assert call.request_headers["user-agent"].startswith("twilio-python/")
    assert (call.error_code, call.error, call.notes) == (None, None, ())


def test_callbacks_and_documents_are_kept_in_order(offhook, app, talked):
    made = offhook.exchanges(direction="out", resource_sid=talked)
    assert [(one.kind, one.parameters["MessageStatus"], one.status) for one in made] == [
        ("callback", "sent", 200),
        ("callback", "delivered", 200),
    ]
    [document] = offhook.exchanges(kind="document")
    assert (document.url, document.method, document.status) == (f"{app.url}/sms", "POST", 200)
    assert "<Message>hello back</Message>" in document.response_body
    assert document.request_headers["x-twilio-signature"]


def test_a_refused_call_is_kept_with_its_error(offhook, api):
    with pytest.raises(RefusedError):
        api.post(api.in_account("Messages"), To=PERSON, From=OURS)
    [call] = [made for made in offhook.exchanges(kind="api") if made.error_code]
    assert (call.status, call.error_code, call.error) == (400, 21602, "Message body is required.")


def test_a_parameter_that_nobody_knows_is_noted(offhook, api):
    api.post(api.in_account("Messages"), To=PERSON, From=OURS, Body="hi", Frum="typo")
    [call] = [made for made in offhook.exchanges(kind="api") if made.notes]
    assert "Frum" in call.notes[0]


def test_a_parameter_that_nobody_knows_is_refused_when_strict(strict):
    strict.number(OURS)
    api = Api(strict.url, strict.account_sid, strict.auth_token)
    with pytest.raises(RefusedError) as caught:
        api.post(api.in_account("Messages"), To=PERSON, From=OURS, Body="hi", Frum="typo")
    assert (caught.value.status, caught.value.code) == (400, 20001)
    assert "Frum" in str(caught.value)
    assert strict.handset(PERSON).inbox == []


def test_an_answer_that_never_came_is_told_as_a_sentence(offhook, closed_port):
    url = f"http://127.0.0.1:{closed_port}/status"
    offhook.client().messages.create(to=PERSON, from_=OURS, body="hi", status_callback=url)
    failed = offhook.exchanges(kind="callback")
    assert failed
    assert {one.status for one in failed} == {None}
    assert {one.error_code for one in failed} == {11205}
    assert all(one.error for one in failed)


def test_one_is_fetched_by_its_sid(offhook, api, talked):
    [document] = offhook.exchanges(kind="document")
    shown = api.get(f"{EXCHANGES}/{document.sid}")
    assert (shown["sid"], shown["url"]) == (document.sid, document.url)
    with pytest.raises(RefusedError) as caught:
        api.get(f"{EXCHANGES}/EX{'0' * 32}")
    assert caught.value.code == 20404


def test_pages_lead_through_all_of_them_newest_first(offhook, api, talked):
    offhook.clock.settle()
    whole = [one["sid"] for one in api.get(EXCHANGES, Direction="out", PageSize="100")["exchanges"]]
    walked = [one["sid"] for one in api.pages(EXCHANGES, "exchanges", Direction="out")]
    assert walked == whole
    assert [one.sid for one in offhook.exchanges(direction="out")] == whole[::-1]


@pytest.mark.parametrize("form", [{"Direction": "sideways"}, {"Kind": "secret"}, {"PageSize": "0"}])
def test_a_filter_that_makes_no_sense_is_refused(api, form):
    with pytest.raises(RefusedError) as caught:
        api.get(EXCHANGES, **form)
    assert caught.value.code == 20001


def test_another_account_s_exchange_is_not_there(offhook, talked):
    [document] = offhook.exchanges(kind="document")
    stranger = Api(offhook.url, "AC" + "9" * 32, "token")
    with pytest.raises(RefusedError) as caught:
        stranger.get(f"{EXCHANGES}/{document.sid}")
    assert caught.value.code == 20404


def test_no_secret_is_anywhere_in_the_table(tmp_path):
    secret, password, cookie = "feedfacefeedfacefeedfacefeedface", "webhook-password", "cookie-value"
    settings = replace(settings_for(tmp_path), auth_token=secret)
    with quiet(), Running(settings) as found, Offhook(found.url, found.account_sid, secret) as offhook:

        def application(environ, start):
            start("200 OK", [("Content-Type", "text/xml"), ("Set-Cookie", f"session={cookie}")])
            return [b"<Response/>"]

        url = offhook.serve(application).replace("http://", f"http://user:{password}@")
        offhook.number(OURS, sms_url=f"{url}/sms?token={password}")
        phone = offhook.handset(PERSON)
        for _ in range(2):
            phone.text(OURS, "hi")
        offhook.client().messages.create(to=PERSON, from_=OURS, body="hi", status_callback=f"{url}/status")
        with pytest.raises(RefusedError):
            Api(offhook.url, offhook.account_sid, password).get("/offhook/v1/Clock")
        assert len(offhook.exchanges()) > 5
    with closing(sqlite3.connect(tmp_path / "offhook.db")) as connection:
        rows = connection.execute("SELECT * FROM exchanges").fetchall()
        rows += connection.execute("SELECT * FROM alerts").fetchall()
    assert len(rows) > 5
    kept = repr(rows)
    for hidden in (secret, password, cookie):
        assert hidden not in kept
        assert base64.b64encode(f"{settings.account_sid}:{hidden}".encode()).decode() not in kept
    assert "[redacted]" in kept


def test_of_a_look_at_exchanges_only_the_beginning_is_kept(offhook, api, talked):
    assert len(str(api.get(EXCHANGES))) > 5_000
    offhook.clock.settle()
    [look] = api.get(EXCHANGES, Url=EXCHANGES)["exchanges"]
    assert look["response_body"].startswith('{"meta":{')
    assert re.search(r" \[… \d{4,} bytes in all\]\Z", look["response_body"])
    assert len(look["response_body"]) < 1_100
