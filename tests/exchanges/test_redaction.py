"""Secrets in every spelling we know of, and what is no secret."""

import base64
import time
from urllib.parse import quote_plus, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offhook.exchanges import redaction
from offhook.exchanges.redaction import MOST_TEXT, REDACTED, SECRETS

CANARY = "xoxb-s3cr3t.Canary"


def basic(text):
    return "Basic " + base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("Authorization", basic(f"AC1:{CANARY}"), "Basic AC1:[redacted]"),
        ("authorization", basic(f"AC1:{CANARY}").replace("Basic", "basic"), "basic AC1:[redacted]"),
        ("Authorization", basic(CANARY), "Basic [redacted]"),
        ("Authorization", basic(f"{CANARY}:"), "Basic [redacted]"),
        ("Authorization", basic(f":{CANARY}"), "Basic [redacted]"),
        ("Authorization", f"Basic {CANARY}", "Basic [redacted]"),
        ("Authorization", f"Bearer {CANARY}", "Bearer [redacted]"),
        ("Authorization", CANARY, REDACTED),
        ("Authorization", f"{CANARY} x", REDACTED),
        ("Authorization", f"Digest username=a, response={CANARY}", "Digest [redacted]"),
        ("Proxy-Authorization", basic(f"a:{CANARY}"), "Basic a:[redacted]"),
        ("Cookie", f"sid={CANARY}; theme={CANARY}=b", "sid=[redacted]; theme=[redacted]"),
        ("Cookie", CANARY, REDACTED),
        ("Cookie", f"sid={CANARY},{CANARY}", "sid=[redacted]"),
        ("Set-Cookie", f"sid={CANARY}; Path=/; HttpOnly", "sid=[redacted]; Path=/; HttpOnly"),
        ("Set-Cookie", f"sid=a,{CANARY}; Expires=Thu, 01 Jan 2026 00:00:00 GMT", None),
        ("Set-Cookie", f"a=1; Path=/, sid={CANARY}", "a=[redacted]; [redacted]"),
        ("Set-Cookie", CANARY, REDACTED),
        ("Twilio-Client-Validation", CANARY, REDACTED),
        ("X-Api-Key", CANARY, REDACTED),
        ("X-Auth-Token", CANARY, REDACTED),
        ("X-CSRF-Token", CANARY, REDACTED),
        ("X-Hook-Secret", CANARY, REDACTED),
        ("Location", f"https://u:{CANARY}@a.example/b", "https://[redacted]@a.example/b"),
        ("Location", f"/back?token={CANARY}#x", "/back?token=[redacted]#x"),
        ("Referer", f"https://a.example/?a=1&AuthToken={CANARY}", "https://a.example/?a=1&AuthToken=[redacted]"),
    ],
)
def test_headers_keep_no_secret(name, value, kept):
    ((kept_name, shown),) = redaction.headers([(name, value)])
    assert kept_name == name
    assert "Canary" not in shown
    assert kept is None or shown == kept


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),
        ("X-Twilio-Signature", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        ("I-Twilio-Idempotency-Token", "KB123"),
        ("Idempotency-Key", "abc"),
        ("Set-Cookie", "=; Path=/"),
        ("WWW-Authenticate", 'Basic realm="Twilio API"'),
        ("User-Agent", "twilio-python/9.13.0 (Linux x86_64)"),
        ("Location", "https://a.example/?PageToken=PA1&x=mail@b.example"),
        ("X-Key-Words", "a=b"),
    ],
)
def test_other_headers_stay_as_they_are(name, value):
    shown = redaction.headers([(name, value)])[0][1]
    assert shown in (value, "=[redacted]; Path=/")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"https://user:{CANARY}@a.example/b?c=d", "https://[redacted]@a.example/b?c=d"),
        (f"https://{CANARY}@a.example", "https://[redacted]@a.example"),
        (f"https://u:a@{CANARY}@a.example/", "https://[redacted]@a.example/"),
        (f"http://[::1]:80/?token={CANARY}&a=1", "http://[::1]:80/?token=[redacted]&a=1"),
        (f"http://a/?a=1&Auth_Token={CANARY}", "http://a/?a=1&Auth_Token=[redacted]"),
        (f"http://a/?CODE={CANARY}", "http://a/?CODE=[redacted]"),
        (f"http://a/?%74oken={CANARY}", "http://a/?%74oken=[redacted]"),
        (f"http://a/#access_token={CANARY}", "http://a/#access_token=[redacted]"),
        (f"http://[/?token={CANARY}", "http://[/?token=[redacted]"),
        (f"u:{CANARY}@a/?token={CANARY}".replace(f"u:{CANARY}@", ""), "a/?token=[redacted]"),
        ("http://a/b?PageToken=PA1&code_name=x&tokens=3", "http://a/b?PageToken=PA1&code_name=x&tokens=3"),
        ("http://a/b?mail=x@y", "http://a/b?mail=x@y"),
        ("http://a/\x00b", "http://a/\ufffdb"),
        ("", ""),
    ],
)
def test_urls_keep_no_secret(text, kept):
    assert redaction.url(text) == kept


def spellings(words):
    """One name as people write it."""
    camel = "".join(word.capitalize() for word in words)
    yield from {"_".join(words), "-".join(words), ".".join(words), camel, camel[0].lower() + camel[1:], camel.upper()}


@pytest.mark.parametrize("words", SECRETS.split("|"))
def test_a_secret_is_found_by_its_name_wherever_it_stands(words):
    for text in (text for name in spellings(words.split()) for text in places(name)):
        kept = redaction.body(text.encode())
        assert "Canary" not in kept, text
        assert REDACTED in kept


def places(name):
    """A secret of this name in every kind of text."""
    return [
        f"To=%2B1&{name}={CANARY}&Body=x",
        f"{name}={quote_plus(CANARY + ' & more')}",
        f"%{ord(name[0]):02x}{name[1:]}={CANARY}",
        f'{{"to": 1, "{name}": "{CANARY}", "x": 2}}',
        f'{{"{name}":"{CANARY}\\"{CANARY}"}}',
        f'{{"{name}" : "{CANARY}',
        f"<a b='1' {name}=\"{CANARY}\" c='2'/>",
        f"<?xml version='1.0'?><a {name}='{CANARY}'/>",
        f"<x><{name}>{CANARY}</{name}></x>",
        f'form-data; x\r\nContent-Disposition: form-data; name="{name}"\r\nContent-Type: a\r\n\r\n{CANARY}\r\n--',
        f"StatusCallback={quote_plus(f'https://a/?{name}={CANARY}&b=1')}",
        f"<Redirect>https://a/?{name}={CANARY}</Redirect>",
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"StatusCallback={quote_plus(f'https://user:{CANARY}@a.example/s')}&To=1",
        f"Url=https://user:{CANARY}@a.example/s",
        f'{{"sms_url": "https://user:{CANARY}@a.example/s"}}',
        f'{{"sms_url": "https:\\/\\/user:{CANARY}@a.example\\/s"}}',
        f"<Redirect>https://user:{CANARY}@a.example/s</Redirect>",
        f"see https://user:{CANARY}@a.example/s",
    ],
)
def test_credentials_in_urls_go_wherever_the_url_stands(text):
    kept = redaction.body(text.encode())
    assert "Canary" not in kept
    assert "a.example" in kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "To=%2B19732644152&From=%2B14155550100&Body=your+code+is+123456&PageToken=PA1",
        '{"code":20404,"message":"x","more_info":"https://www.twilio.com/docs/errors/20404","status":404}',
        '{"error_code":"30008","phone_number":"+1","token_type":"bearer","pins":[1]}',
        "<Response><Message to='+1' from=\"+2\">a &amp; b = c, 50% off: http://a.example/?b=c&amp;d=e</Message></Response>",
        "✓ 100% of a=b",
    ],
)
def test_what_is_no_secret_stays_readable(text):
    assert redaction.body(text.encode()) == text


def test_numbers_are_secrets_too_but_not_an_errors():
    assert redaction.body(b'{"pin": 1234, "Code":12, "code": 20404}') == (
        '{"pin": "[redacted]", "Code":"[redacted]", "code": 20404}'
    )


def test_long_bodies_are_cut_and_say_so():
    assert redaction.body(b"x" * MOST_TEXT) == "x" * MOST_TEXT
    assert redaction.body(b"x" * (MOST_TEXT + 1)) == "x" * MOST_TEXT + " [… 65537 bytes in all]"
    assert redaction.body("ä".encode() * MOST_TEXT).startswith("ä" * (MOST_TEXT // 2) + " [")
    assert redaction.body(b"x" + "ä".encode() * MOST_TEXT)[MOST_TEXT // 2] == "\ufffd"


@pytest.mark.parametrize(
    "before", ['{"token":"', "a=1&token=", "https://user:", "a=https%3A%2F%2Fuser%3A", '<a token="']
)
def test_a_secret_that_the_cut_goes_through_leaves_nothing_behind(before):
    text = ("<" if before[0] == "<" else "") + " " * (MOST_TEXT - len(before) - 9) + before + CANARY * 3
    assert "xoxb" not in redaction.body(text.encode())


@pytest.mark.parametrize(
    "raw", [b"\x00", b"\xff\xfe<\x00R\x00", b"\x89PNG\r\n\x00\x1a", bytes(range(256)), b"\xed\xa0\x80"]
)
def test_bytes_that_are_no_text_become_text_that_any_database_keeps(raw):
    kept = redaction.body(raw)
    assert "\x00" not in kept
    assert kept.encode()


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_nothing_that_is_captured_makes_it_fail(text):
    for kept in (
        redaction.url(text),
        redaction.body(text.encode(errors="replace")),
        *redaction.headers([(text, text)])[0],
    ):
        assert isinstance(kept, str)
    for name in ("cookie", "set-cookie", "authorization", "location"):
        redaction.headers([(name, text)])


@given(
    st.dictionaries(
        st.sampled_from(["To", "Body", "AuthToken", "Url", "x"]), st.text("ab%=&+ \"'<{[:/@?#", max_size=12)
    )
)
@settings(max_examples=200, deadline=None)
def test_a_form_with_a_secret_never_shows_it(parameters):
    kept = redaction.body(urlencode({**parameters, "Password": CANARY}).encode())
    assert "Canary" not in kept


HOSTILE = [
    "%",
    "&%",
    "://",
    "%3A%2F%2F",
    '"token":"',
    "<token ",
    '"token": ',
    "<a token=",
    'form-data name="token"\n',
    "?a%",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_makes_it_slow(piece):
    """65,536 characters in all; what is quadratic in one of the patterns takes minutes, not a tenth of a second."""
    text = (piece * MOST_TEXT)[:MOST_TEXT]
    start = time.process_time()
    redaction.body(text.encode())
    redaction.body(b"<" + text.encode())
    redaction.headers([("set-cookie", text), ("cookie", text), ("x", text)])
    assert time.process_time() - start < 2


def test_the_code_of_an_xml_error_is_no_secret_but_another_code_is():
    error = b"<TwilioResponse><RestException><Code>20404</Code><Status>404</Status></RestException></TwilioResponse>"
    assert redaction.body(error) == error.decode()
    assert "123456" not in redaction.body(b"<Verification><Code>123456</Code></Verification>")


def test_a_shortened_body_says_how_long_it_was():
    assert redaction.shortened("abc", 3) == "abc"
    assert redaction.shortened("abcd", 3) == "abc [… 4 bytes in all]"
    assert redaction.shortened("aé", 2) == "a [… 3 bytes in all]"


def test_a_body_that_was_cut_already_still_says_how_long_it_was():
    cut = redaction.body(b"x" * (redaction.MOST_TEXT + 1))
    short = redaction.shortened(cut, 10)
    assert short == f"{'x' * 10} [… {redaction.MOST_TEXT + 1} bytes in all]"
    assert redaction.is_cut(short)


def test_of_what_somebody_only_looked_at_the_beginning_is_kept():
    assert redaction.beginning(b"abc") == "abc"
    assert redaction.beginning(b"x" * 5_000) == f"{'x' * redaction.GLANCE} [… 5000 bytes in all]"
    cut_in_a_secret = b'{"a":"' + b"x" * (redaction.GLANCE - 30) + b'","auth_token":"0123456789"}'
    assert "012" not in redaction.beginning(cut_in_a_secret)


def test_of_a_long_list_the_beginning_is_kept_and_how_long_it_was():
    raw = b'{"keys":[' + b'{"auth_token":"swordfish"},' * 1000 + b"{}]}"
    kept = redaction.page(raw)
    assert "swordfish" not in kept
    assert len(kept) < 10_000
    assert kept.endswith(f" [… {len(raw)} bytes in all]")
    assert redaction.page(b'{"keys":[]}') == '{"keys":[]}'
