"""Input that means harm or makes no sense: the right code, told once, nothing lost, and the next text is answered."""

import json
import urllib.error
import urllib.request
from urllib.parse import urlencode

import pytest

from offhook.testing import Offhook, RefusedError
from offhook.testing.calling import Api
from tests.products.messaging.talking import ALSO_OURS, OURS, PERSON, PNG, came, codes, refusal, say

OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
FORM = "application/x-www-form-urlencoded"
GOOD = urlencode({"To": PERSON, "From": OURS, "Body": "good"}).encode()
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))

DOCUMENTS = {
    "a DTD": ('<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd"><Response><Message>x</Message></Response>', 12100),
    "an entity": ('<!DOCTYPE x [<!ENTITY e "boo">]><Response><Message>&e;</Message></Response>', 12100),
    "a file": ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Response>&e;</Response>', 12100),
    "a billion laughs": (f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><Response>&l8;</Response>', 12100),
    "an unknown entity": ("<Response><Message>&nbsp;</Message></Response>", 12100),
    "60,000 levels": ("<a>" * 60_000, 11750),
    "9,000 levels": ("<a>" * 9_000 + "</a>" * 9_000, 12100),
    "65 kB": (f"<Response><Message>{'x' * 65_536}</Message></Response>", 11750),
    "NULs": ("<Response><Message>a\0b</Message></Response>", 12100),
    "only NULs": ("\0" * 100, 12100),
    "no UTF-8": (b"<Response><Message>\xff\xfe\xfd</Message></Response>", 12100),
    "an unknown encoding": ('<?xml version="1.0" encoding="utf-7"?><Response/>', 12100),
    "two roots": ("<Response/><Response/>", 12100),
    "words before it": ("Hello <Response/>", 12100),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_that_means_harm_is_told_once_and_nothing_is_lost(offhook, app, name):
    document, code = DOCUMENTS[name]
    offhook.number(OURS, sms_url=app.says("/sms", document), sms_fallback_url=app.says("/fallback", say("sorry")))
    phone = offhook.handset(PERSON)
    sent = phone.text(OURS, "hi")
    assert came(offhook) == ["sorry"]
    assert codes(offhook) == [code]
    assert [asked.parameters["ErrorCode"] for asked in app.at("/fallback")] == [str(code)]
    assert offhook.client().messages(sent.message_sid).fetch().status == "received"
    app.says("/sms", say("better"))
    phone.text(OURS, "again")
    assert came(offhook) == ["sorry", "better"]


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        (b"%", FORM),
        (b"To=%zz&From=+1&Body=x", FORM),
        (b"To=%2B19732644152&From=%2B12023358536&Body=%ff%fe", FORM),
        (b"To=%2B19732644152&From=%2B12023358536&Body=\xff\xfe", FORM),
        (b"\0\0\0\0", FORM),
        (b"&&&===&=&", FORM),
        (b'{"To": "+19732644152", "From": "+12023358536", "Body": "x"}', "application/json"),
        (b"<Message/>", "text/xml"),
        (PNG, "image/png"),
    ],
    ids=["percent", "no hex", "escaped bytes", "bytes", "NULs", "only marks", "JSON", "XML", "PNG"],
)
def test_a_form_that_is_none_is_refused_and_nothing_is_sent(offhook, form, kind):
    status, body = post(offhook, form, kind)
    assert (status in (400, 415), body["status"]) == (True, status)
    assert body["code"] in (20001, 20415, 21604, 21211)
    assert offhook.client().messages.list() == []
    assert post(offhook, GOOD, FORM)[0] == 201
    assert came(offhook) == ["good"]


def post(offhook: Offhook, form: bytes, kind: str) -> tuple[int, dict]:
    api = Api(offhook.url, offhook.account_sid, offhook.auth_token)
    headers = {**api._headers, "Content-Type": kind}
    request = urllib.request.Request(offhook.url + api.in_account("Messages"), form, headers)
    try:
        with OPENER.open(request) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as problem:
        with problem:
            return problem.code, json.load(problem)


CHARACTERS = {"controls": "\x01\x02\x1b", "marks": "\u202e\u200b\ufffe", "emoji": "😀" * 200, "lines": "\n\r\n\t"}


@pytest.mark.parametrize("name", CHARACTERS)
def test_any_characters_arrive_as_they_were_sent(either, name):
    offhook, app = either
    body = CHARACTERS[name]
    offhook.client().messages.create(to=PERSON, from_=OURS, body=body)
    assert came(offhook) == [body]
    offhook.number(OURS, sms_url=app.says("/sms"))
    offhook.handset(PERSON).text(OURS, body)
    offhook.clock.settle()
    assert [asked.parameters["Body"] for asked in app.asked] == [body]


def test_a_nul_is_refused_on_either_database(either):
    offhook, _ = either
    assert refusal(offhook.client().messages.create, to=PERSON, from_=OURS, body="a\0b") == (400, 20001)
    with pytest.raises(RefusedError) as caught:
        offhook.handset(PERSON).text(OURS, "a\0b")
    assert (caught.value.status, caught.value.code) == (400, 20001)
    assert offhook.client().messages.list() == []


def test_what_belongs_to_another_account_is_as_absent_as_what_does_not_exist(offhook):
    message = offhook.client().messages.create(to=PERSON, from_=OURS, body="mine")
    offhook.clock.settle()
    stranger = offhook.client("AC" + "9" * 32, "whatever")
    for sid in (message.sid, "SM" + "0" * 32, "nonsense", "SM' OR 1=1 --", "..%2f..%2fAccounts"):
        theirs = stranger.messages(sid)
        for call in (theirs.fetch, theirs.delete, theirs.media.list, theirs.feedback.create):
            assert absent(call), (sid, call)
    assert refusal(stranger.api.accounts(offhook.account_sid).messages(message.sid).fetch)[0] in (403, 404)
    assert offhook.client().messages(message.sid).fetch().body == "mine"


def absent(call) -> bool:
    try:
        call()
    except Exception as problem:  # noqa: BLE001 - lists raise another kind than the rest
        return "404" in str(problem) or "20404" in str(problem)
    return False


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"ValidityPeriod": "36001"}, 90007),
        ({"ValidityPeriod": "-5"}, 90007),
        ({"ValidityPeriod": "soon"}, 20001),
        ({"SmartEncoded": "maybe"}, 20001),
        ({"StatusCallback": "javascript:alert(1)"}, 21609),
        ({"MessagingServiceSid": "MG" + "0" * 32}, 21705),
        ({"To": "+1" + "9" * 40}, 21211),
        ({"To": "'; DROP TABLE messages; --"}, 21211),
        ({"From": "\u0000"}, None),
    ],
    ids=str,
)
def test_parameters_that_make_no_sense_have_codes_of_their_own(offhook, form, code):
    status, body = post(offhook, urlencode({"To": PERSON, "From": ALSO_OURS, "Body": "x", **form}).encode(), FORM)
    assert status == 400
    assert code in (None, body["code"])
    assert offhook.client().messages.list() == []
