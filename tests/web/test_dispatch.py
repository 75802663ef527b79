"""What a caller sees of a request's trip, whatever goes wrong on it."""

import asyncio
import sqlite3

import pytest
import structlog
from structlog.testing import capture_logs

from offhook.storage import StorageError
from offhook.storage.sqlite import SqliteDatabase
from tests.sample_api import AUTHORIZED, JARS, OTHER, OWNER, TOKEN, Api, basic, open_api, run

FORM = (b"content-type", b"application/x-www-form-urlencoded")


def test_a_created_thing_is_on_the_disk_before_the_answer(tmp_path):
    async def scenario(api: Api):
        seen = []
        committing = api.database.commit

        async def commit(unit):
            await committing(unit)
            with sqlite3.connect(tmp_path / "api.db") as other:  # a connection of its own sees committed rows only
                seen.extend(other.execute("SELECT label FROM jars").fetchall())

        api.database.commit = commit
        answer = await api.create("plums")
        assert (answer.status, answer.json["label"], seen) == (201, "plums", [("plums",)])
        assert answer.headers["content-type"] == "application/json"
        assert int(answer.headers["content-length"]) == len(answer.body)
        assert answer.headers["twilio-request-id"].startswith("RQ")

    run(tmp_path, scenario)


@pytest.mark.parametrize(("then", "code"), [("refuse", 21610), ("fail", 20500)])
def test_nothing_is_kept_when_the_operation_raises(tmp_path, then, code):
    async def scenario(api: Api):
        with capture_logs():
            answer = await api.create("plums", Then=then)
        assert (answer.json["code"], await api.count()) == (code, 0)

    run(tmp_path, scenario)


def test_nothing_is_kept_that_cannot_be_shown(tmp_path):
    async def scenario(api: Api):
        with capture_logs():
            assert (await api.create("invisible")).status == 500
        assert await api.count() == 0

    run(tmp_path, scenario)


def test_a_bug_tells_the_caller_nothing_of_the_inside(tmp_path):
    async def scenario(api: Api):
        with capture_logs() as logs:
            answer = await api.create("plums", Then="fail")
        assert answer.status == 500
        assert answer.json == {
            "code": 20500,
            "message": "An internal server error has occurred",
            "more_info": "http://127.0.0.1:4665/errors/20500",
            "status": 500,
        }
        assert TOKEN not in answer.body.decode()
        assert [entry["event"] for entry in logs] == ["operation_failed"]

    run(tmp_path, scenario)


@pytest.mark.parametrize("label", ["plums", "invisible"])
def test_neither_log_nor_record_holds_the_token(tmp_path, label):
    async def scenario(api: Api):
        with capture_logs([structlog.processors.format_exc_info]) as logs:
            await api.create(label)
            await api.call("GET", f"/2010-04-01/Accounts/{OWNER}/Jars.json?AuthToken={TOKEN}", AUTHORIZED)
        (listed, created) = await api.recorded()
        assert TOKEN not in repr((listed, created, logs))
        assert AUTHORIZED[1].decode() not in repr((listed, created, logs))
        assert ("authorization", f"Basic {OWNER}:[redacted]") in created.request_headers
        assert "AuthToken=[redacted]" in listed.url

    run(tmp_path, scenario)


@pytest.mark.parametrize(
    ("kind", "status", "code", "retry"),
    [("unavailable", 503, 20503, "1"), ("full", 507, 20507, None), ("broken", 500, 20500, None)],
)
def test_a_database_in_trouble_is_an_error_that_says_what_to_do(tmp_path, kind, status, code, retry):
    async def scenario(api: Api):
        class Troubled(SqliteDatabase):
            async def commit(self, unit):
                raise StorageError(kind, "secret detail of the database")

        api.database.__class__ = Troubled
        with capture_logs():
            answer = await api.create("plums")
        assert (answer.status, answer.json["code"]) == (status, code)
        assert answer.headers.get("retry-after") == retry
        assert "secret detail" not in answer.body.decode()

    run(tmp_path, scenario)


def test_a_database_that_is_really_gone_is_a_503(tmp_path):
    async def scenario(api: Api):
        await api.database.close()
        with capture_logs() as logs:
            answer = await api.create("plums")
        assert (answer.status, answer.headers["retry-after"]) == (503, "1")
        assert [entry["event"] for entry in logs] == ["storage_failed", "exchange_lost"]

    run(tmp_path, scenario)


@pytest.mark.parametrize(
    "header",
    [
        None,
        b"",
        b"Basic",
        b"Basic !!!",
        b"Basic " + b"\xff",
        b"Basic QUM=",  # AC, no colon
        b"Bearer " + TOKEN.encode(),
        basic(OWNER, "wrong")[1],
        basic(OWNER, TOKEN + " ")[1],
        basic(OWNER, "")[1],
        basic("AC\x00", TOKEN)[1],
        basic("\u00e4\u00f6\u00fc", "\U0001f511")[1],
    ],
)
def test_who_is_not_known_gets_the_challenge_that_old_clients_wait_for(tmp_path, header):
    async def scenario(api: Api):
        answer = await api.call("GET", JARS, *([(b"authorization", header)] if header is not None else []))
        assert (answer.status, answer.json["code"]) == (401, 20003)
        assert answer.headers["www-authenticate"] == 'Basic realm="Twilio API"'

    run(tmp_path, scenario)


def test_an_unknown_path_is_told_to_known_callers_only(tmp_path):
    async def scenario(api: Api):
        assert (await api.call("GET", "/2010-04-01/Nothing.json")).status == 401
        answer = await api.call("GET", "/2010-04-01/Nothing.json", AUTHORIZED)
        assert (answer.status, answer.json["code"]) == (404, 20404)
        assert answer.json["message"] == "The requested resource /2010-04-01/Nothing.json was not found"

    run(tmp_path, scenario)


def test_an_account_acts_on_its_own_things_and_the_owner_on_everybodys(tmp_path):
    async def scenario(api: Api):
        theirs = JARS.replace(OWNER, OTHER)
        assert (await api.call("GET", theirs, basic(OTHER))).status == 200
        assert (await api.call("GET", theirs, basic(OWNER))).status == 200
        refused = await api.call("GET", JARS, basic(OTHER))
        absent = await api.call("GET", JARS.replace(OWNER, "AC" + "c" * 32), basic(OTHER))
        assert refused.status == absent.status == 404
        assert refused.json["message"].replace(OWNER, "") == absent.json["message"].replace("AC" + "c" * 32, "")

    run(tmp_path, scenario)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_another_method_is_told_which_ones_there_are(tmp_path, method):
    async def scenario(api: Api):
        answer = await api.call(method, JARS, AUTHORIZED)
        assert (answer.status, answer.json["code"]) == (405, 20004)
        assert answer.headers["allow"] == "GET, HEAD, POST"

    run(tmp_path, scenario)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", f"/2010-04-01/Accounts/{OWNER}/Calls.json"),
        ("GET", f"/2010-04-01/Accounts/{OWNER}/Conferences/CF1/Participants.json"),
        ("HEAD", "/video/v1/Rooms"),
        ("DELETE", "/flex_api/v1/FlexFlows/FO1"),
    ],
)
def test_what_only_twilio_has_is_not_yet_here_for_known_callers(tmp_path, method, path):
    async def scenario(api: Api):
        assert (await api.call(method, path)).status == 401
        answer = await api.call(method, path, AUTHORIZED)
        assert (answer.status, answer.json["code"]) == (501, 20501)
        (exchange, *_) = await api.recorded()
        assert (exchange.status, exchange.error_code, exchange.account_sid) == (501, 20501, OWNER)

    run(tmp_path, scenario)


def test_a_method_that_neither_has_is_told_the_methods_of_both(tmp_path):
    async def scenario(api: Api):
        answer = await api.call("PUT", f"/2010-04-01/Accounts/{OWNER}/Calls.json", AUTHORIZED)
        assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD, POST")

    run(tmp_path, scenario)


def test_head_is_answered_like_get(tmp_path):
    async def scenario(api: Api):
        got, headed = [await api.call(method, JARS, AUTHORIZED) for method in ("GET", "HEAD")]
        assert (headed.status, headed.headers["content-length"]) == (200, got.headers["content-length"])

    run(tmp_path, scenario)


def test_a_body_that_is_too_large_is_refused_before_it_is_read(tmp_path):
    async def scenario(api: Api):
        answer = await api.call("POST", JARS, AUTHORIZED, (b"content-length", b"1048577"), chunks=[])
        assert (answer.status, answer.json["code"]) == (413, 20001)

    run(tmp_path, scenario)


def test_a_body_that_grows_too_large_is_refused_as_it_comes(tmp_path):
    async def scenario(api: Api):
        chunk = {"type": "http.request", "body": b"x" * 600_000, "more_body": True}
        answer = await api.call("POST", JARS, AUTHORIZED, (b"content-length", b"5"), chunks=[chunk] * 2)
        assert answer.status == 413

    run(tmp_path, scenario)


@pytest.mark.parametrize("length", [b"-1", b"five", b"1e3", b"0x10", b"1_0", b"", "\u0663".encode(), b"9" * 30])
def test_a_content_length_that_is_no_number_is_the_callers_mistake(tmp_path, length):
    async def scenario(api: Api):
        answer = await api.call("POST", JARS, AUTHORIZED, (b"content-length", length), form={"Label": "plums"})
        assert (answer.status, answer.json["code"], await api.count()) == (400, 20001, 0)

    run(tmp_path, scenario)


@pytest.mark.parametrize("kind", [b"application/json", b"text/xml", b"multipart/form-data; boundary=x"])
def test_a_body_that_is_no_form_is_refused(tmp_path, kind):
    async def scenario(api: Api):
        answer = await api.call("POST", JARS, AUTHORIZED, (b"content-type", kind), body=b'{"Label":"plums"}')
        assert (answer.status, answer.json["code"]) == (415, 20415)

    run(tmp_path, scenario)


def test_a_form_may_come_in_pieces_and_with_a_charset(tmp_path):
    async def scenario(api: Api):
        pieces = [
            {"type": "http.request", "body": b"Label=ap", "more_body": True},
            {"type": "http.request", "body": b"", "more_body": True},
            {"type": "http.request", "body": b"ples"},
        ]
        kind = (b"content-type", b"Application/X-WWW-Form-Urlencoded; charset=UTF-8")
        answer = await api.call("POST", JARS, AUTHORIZED, kind, chunks=pieces)
        assert answer.json["label"] == "apples"

    run(tmp_path, scenario)


def test_nothing_is_done_for_a_client_that_went_away(tmp_path):
    async def scenario(api: Api):
        chunks = [
            {"type": "http.request", "body": b"Label=plums", "more_body": True},
            {"type": "http.disconnect"},
        ]
        answer = await api.call("POST", JARS, AUTHORIZED, chunks=chunks)
        assert (answer.status, await api.count(), await api.recorded()) == (0, 0, [])

    run(tmp_path, scenario)


@pytest.mark.parametrize("name", [b"host", b"authorization", b"content-length", b"content-type"])
def test_a_header_that_decides_something_may_come_once_only(tmp_path, name):
    async def scenario(api: Api):
        headers = {b"authorization": AUTHORIZED[1], b"content-length": b"11", b"content-type": FORM[1], b"host": b"x"}
        twice = [(name, headers[name])] if name == b"host" else [(name, headers[name])] * 2
        answer = await api.call("POST", JARS, *twice, body=b"Label=plums")
        assert (answer.status, await api.count()) == (400, 0)
        assert name.decode() in answer.json["message"]

    run(tmp_path, scenario)


def test_other_headers_may_be_repeated_and_are_recorded_together(tmp_path):
    async def scenario(api: Api):
        await api.call("GET", JARS, AUTHORIZED, (b"accept", b"text/html"), (b"accept", b"application/json"))
        (exchange,) = await api.recorded()
        assert ("accept", "text/html, application/json") in exchange.request_headers

    run(tmp_path, scenario)


@pytest.mark.parametrize("host", [b"a b", b"<script>", b"[", b"user@evil", b"a/b", b"a,b", b"a:port", b"\xc3\xa4"])
def test_a_host_that_is_none_is_refused_and_recorded(tmp_path, host):
    async def scenario(api: Api):
        answer = await api.call("GET", JARS, AUTHORIZED, host=host)
        assert answer.status == 400
        assert len(await api.recorded()) == 1

    run(tmp_path, scenario)


def test_links_lead_to_where_the_client_found_us(tmp_path):
    async def scenario(api: Api):
        def link(answer):
            return answer.json["meta"]["url"]

        path = "/v1/Racks/top/Jars"
        assert link(await api.call("GET", f"/pantry{path}", AUTHORIZED)).startswith(
            f"http://127.0.0.1:4665/pantry{path}?"
        )
        twilio = {"host": b"pantry.twilio.com", "scheme": "https"}
        assert link(await api.call("GET", path, AUTHORIZED, **twilio)).startswith(f"https://pantry.twilio.com{path}?")
        assert link(await api.call("GET", f"/pantry{path}", AUTHORIZED, host=b"[::1]:1")).startswith("http://[::1]:1/")
        assert link(await api.call("GET", f"/pantry{path}", AUTHORIZED, host=b"")).startswith("http://127.0.0.1:4665/")

    run(tmp_path, scenario)


def test_a_delete_has_no_body_and_what_is_not_there_is_a_404(tmp_path):
    async def scenario(api: Api):
        await api.create("plums")
        gone = await api.call("DELETE", JARS.replace("Jars", "Jars/JRplums"), AUTHORIZED)
        assert (gone.status, gone.body) == (204, b"")
        assert "content-length" not in gone.headers
        assert (await api.call("DELETE", JARS.replace("Jars", "Jars/JRpears"), AUTHORIZED)).status == 404
        assert (await api.call("GET", JARS.replace("Jars", "Jars/JRpears"), AUTHORIZED)).status == 404

    run(tmp_path, scenario)


@pytest.mark.parametrize(
    ("method", "path", "body", "noted"),
    [
        ("POST", JARS, b"Label=plums&Colour=blue", "Colour"),
        ("POST", JARS + "?Material=clay", b"Label=plums", "Material"),
        ("GET", JARS + "?Colour=blue&Label=a&AccountSid=x", b"", "Colour"),
        ("GET", JARS, b"Label=plums", "Label"),
    ],
)
def test_what_an_operation_does_not_read_is_noted_or_refused(tmp_path, method, path, body, noted):
    async def scenario(api: Api):
        with capture_logs() as logs:
            answer = await api.call(method, path, AUTHORIZED, FORM, body=body)
        assert answer.status < 300
        (exchange,) = await api.recorded()
        name = f"{method} /2010-04-01/Accounts/{{account_sid}}/Jars.json"
        assert exchange.notes == (f"ignored parameters that {name} does not read: {noted}",)
        assert [entry["event"] for entry in logs] == ["unknown_parameters"]

    run(tmp_path, scenario)

    async def strictly():
        async with open_api(tmp_path / "strict", strict=True) as api:
            answer = await api.call(method, path, AUTHORIZED, FORM, body=body)
            assert (answer.status, answer.json["code"], await api.count()) == (400, 20001, 0)
            assert noted in answer.json["message"]

    (tmp_path / "strict").mkdir()
    asyncio.run(strictly())


def test_every_request_is_recorded_with_what_it_touched(tmp_path):
    async def scenario(api: Api):
        await api.create("plums")
        await api.create("x" * 21)
        refused, created = await api.recorded()
        assert (created.direction, created.kind, created.method, created.status) == ("in", "api", "POST", 201)
        assert (created.account_sid, created.resource_sid, created.error) == (OWNER, "JRplums", None)
        assert created.request_body == "Label=plums"
        assert '"label":"plums"' in created.response_body
        assert (refused.status, refused.error_code, refused.error) == (400, 21617, "Label is too long")

    run(tmp_path, scenario)


def test_a_call_whose_unit_fails_does_not_spoil_its_neighbours(tmp_path):
    async def scenario(api: Api):
        with capture_logs():
            answers = await asyncio.gather(*(api.create(label) for label in ("a", "b", "a", "c")))
        assert sorted(answer.status for answer in answers) == [201, 201, 201, 500]
        assert await api.count() == 3

    run(tmp_path, scenario)


def test_a_patch_has_its_parameters_in_its_body(tmp_path):
    async def scenario(api: Api):
        answer = await api.call("PATCH", "/pantry/v1/Lid?Then=now", AUTHORIZED, FORM, form={"Label": "plums"})
        assert (answer.status, answer.json["label"]) == (200, "plums")
        [exchange] = await api.recorded()
        assert exchange.notes == ("ignored parameters that PATCH /v1/Lid does not read: Then",)
        refused = await api.call("POST", "/pantry/v1/Lid", AUTHORIZED, FORM, form={"Label": "plums"})
        assert (refused.status, refused.headers["allow"]) == (405, "PATCH")

    run(tmp_path, scenario)
