"""Too many requests at once: refused before anything is done, with the code that clients know how to wait on."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from offhook.testing import Offhook
from offhook.testing.running import Running, quiet, settings_for
from offhook.web import ApiError
from offhook.web.limiting import Limit


def test_one_too_many_is_refused_and_there_is_room_again_afterwards():
    limit = Limit(2)
    with limit.one_more("AC1"), limit.one_more("AC1"):
        with pytest.raises(ApiError) as refused, limit.one_more("AC1"):
            pytest.fail("it was let in")
        with limit.one_more("AC2"):
            pass
    with limit.one_more("AC1"):
        pass
    error = refused.value
    assert (error.code, error.status, error.headers) == (20429, 429, {"Retry-After": "1"})
    assert not limit._under_way


def test_a_request_that_fails_leaves_its_place():
    limit = Limit(1)
    for _ in range(3):
        with pytest.raises(ValueError, match="wrong"), limit.one_more("AC1"):
            raise ValueError("wrong")


def test_what_is_refused_has_made_nothing(tmp_path):
    limited = replace(settings_for(tmp_path), concurrency=1)
    with quiet(), Running(limited) as found, Offhook(found.url, found.account_sid, found.auth_token) as offhook:
        number = offhook.number("+12023358536")

        def send(n: int) -> int:
            try:
                offhook.client().messages.create(to="+19732644152", from_=str(number), body=f"Text {n}")
            except Exception as problem:  # noqa: BLE001 - the SDK's own exception, looked at below
                return problem.code  # type: ignore[attr-defined]
            return 201

        with ThreadPoolExecutor(16) as pool:
            answers = list(pool.map(send, range(64)))
        assert set(answers) <= {201, 20429}
        assert len(offhook.handset("+19732644152").inbox) == answers.count(201) > 0
