"""What the log says of requests: one line for each that is refused, none for those that go well."""

import pytest
from structlog.testing import capture_logs

from tests.sample_api import AUTHORIZED, JARS, OWNER, TOKEN, Api, basic, run

FORM = (b"content-type", b"application/x-www-form-urlencoded")
MESSY = f"/2010-04-01/Accounts/{OWNER}/Jars.json?AuthToken={TOKEN}"


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "code", "status"),
    [
        ("GET", MESSY, (), b"", 20003, 401),
        ("GET", MESSY, (basic(OWNER, "revoked"),), b"", 20003, 401),
        ("GET", JARS.replace(OWNER, "AC" + "c" * 32), (AUTHORIZED,), b"", 20404, 404),
        ("GET", JARS.replace(".json", "/JRnone.json"), (AUTHORIZED,), b"", 20404, 404),
        ("POST", MESSY, (AUTHORIZED, FORM), b"Label=%ff", 20001, 400),
        ("POST", JARS, (AUTHORIZED, (b"content-type", b"application/json")), b"{}", 20415, 415),
        ("POST", JARS, (AUTHORIZED, FORM), b"x" * (1024 * 1024 + 1), 20001, 413),
        ("PUT", JARS, (AUTHORIZED,), b"", 20004, 405),
        ("GET", "/video/v1/Rooms", (AUTHORIZED,), b"", 20501, 501),
    ],
)
def test_what_is_refused_is_told_once_and_without_secrets(tmp_path, method, path, headers, body, code, status):
    async def scenario(api: Api):
        with capture_logs() as logs:
            answer = await api.call(method, path, *headers, body=body)
        assert (answer.status, answer.json["code"]) == (status, code)
        assert logs == [
            {
                "event": "request_refused",
                "log_level": "info",
                "code": code,
                "status": status,
                "method": method,
                "path": path.partition("?")[0],
            }
        ]

    run(tmp_path, scenario)


def test_what_goes_well_is_not_told(tmp_path):
    async def scenario(api: Api):
        with capture_logs() as logs:
            assert (await api.create("plums")).status == 201
            assert (await api.call("GET", JARS, AUTHORIZED)).status == 200
        assert logs == []

    run(tmp_path, scenario)
