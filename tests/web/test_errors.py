"""Errors as the SDKs read them."""

import json

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.base.version import Version
from twilio.http.response import Response

from offhook.storage import StorageError
from offhook.web import ApiError, errors, invalid_parameter, not_found
from offhook.web.answering import error_answer
from tests.sample_api import run

EVERY = [
    ApiError(21211, "Invalid 'To'"),
    not_found("/x"),
    errors.unauthorized(),
    errors.method_not_allowed(["POST"]),
    invalid_parameter("Page", "no"),
    errors.malformed("no"),
    errors.too_large(5),
    errors.internal(),
    *(errors.of_storage(StorageError(kind, "x")) for kind in ("conflict", "full", "unavailable", "broken")),
]


@pytest.mark.parametrize("error", EVERY, ids=lambda error: f"{error.code}")
def test_the_body_has_twilios_four_members_and_no_others(error):
    """A body with `type` and `title` besides would be taken for another kind of error."""
    answer = error_answer(error)
    assert answer.headers["Content-Type"] == "application/json"
    assert json.loads(answer.body) == {
        "code": error.code,
        "message": error.message,
        "more_info": f"https://www.twilio.com/docs/errors/{error.code}",
        "status": error.status,
    }


@pytest.mark.parametrize(
    ("host", "scheme", "origin"),
    [
        (b"127.0.0.1:4665", "http", "http://127.0.0.1:4665"),
        (b"[::1]:4665", "http", "http://[::1]:4665"),
        (b"box.lan", "https", "https://box.lan"),
        (b"api.twilio.com", "https", "https://www.twilio.com/docs"),
        (b"API.Dublin.ie1.Twilio.com.:443", "https", "https://www.twilio.com/docs"),
        (b'evil"><script>', "http", "https://www.twilio.com/docs"),
    ],
)
def test_more_info_leads_to_who_was_asked(tmp_path, host, scheme, origin):
    async def scenario(api):
        error = (await api.call("GET", "/nowhere.json", host=host, scheme=scheme)).json
        assert error["more_info"] == f"{origin}/errors/{error['code']}"

    run(tmp_path, scenario)


@pytest.mark.parametrize("error", EVERY, ids=lambda error: f"{error.code}")
def test_the_sdk_raises_its_own_exception_with_our_code(error):
    answer = error_answer(error)
    raised = Version(None, "v1").exception("POST", "/x", Response(answer.status, answer.body.decode()), "No")
    assert isinstance(raised, TwilioRestException)
    assert (raised.code, raised.status, raised.msg) == (error.code, error.status, f"No: {error.message}")


def test_what_may_be_done_instead_is_in_the_headers():
    assert error_answer(errors.method_not_allowed(["DELETE", "POST"])).headers["Allow"] == "DELETE, POST"
    assert error_answer(errors.method_not_allowed(["POST", "GET"])).headers["Allow"] == "GET, HEAD, POST"
    assert error_answer(errors.unauthorized()).headers["WWW-Authenticate"].startswith("Basic realm=")
