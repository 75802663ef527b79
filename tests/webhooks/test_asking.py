"""Twilio's contract with an app: what is sent, how long it may take, what is tried again, which error it is."""

import asyncio
import base64
import socket
import time
from urllib.parse import parse_qsl, urlsplit

import pytest
from twilio.request_validator import RequestValidator

from offhook.webhooks import WebhookError

TOKEN = "12345"


def valid(request, url):
    return RequestValidator(TOKEN).validate(url, dict(request.form), request.headers["x-twilio-signature"])


async def failing(house, url, **changes):
    with pytest.raises(WebhookError) as caught:
        await house.asker.ask(house.question(url, **changes))
    return caught.value


def closed_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_a_post_carries_the_form_and_is_signed(run, answers):
    async def scenario(house):
        house.app.otherwise = answers.build(body=b"<Response/>")
        response = await house.asker.ask(house.question(house.app.url("/sms?a=b#rc=2")))
        (request,) = house.app.requests
        assert (request.method, request.target) == ("POST", "/sms?a=b")
        assert request.form == [("Body", "hi there"), ("From", "+1")]
        assert request.headers["content-type"] == "application/x-www-form-urlencoded; charset=UTF-8"
        assert request.headers["user-agent"] == "TwilioProxy/1.1"
        assert request.headers["i-twilio-idempotency-token"] == "KB1"
        assert valid(request, house.app.url("/sms?a=b"))
        assert response.body == b"<Response/>"

    run(scenario)


@pytest.mark.parametrize("path", ["/sms", "/sms?a=b", "/sms?", "/it's"])
def test_a_get_carries_the_parameters_in_its_signed_query(run, path):
    async def scenario(house):
        await house.asker.ask(house.question(house.app.url(path), method="GET"))
        (request,) = house.app.requests
        query = parse_qsl(urlsplit(request.target).query)
        assert query[-2:] == [("Body", "hi there"), ("From", "+1")]
        assert (request.method, request.body, "content-type" in request.headers) == ("GET", "", False)
        assert valid(request, house.app.url(request.target))

    run(scenario)


@pytest.mark.parametrize(
    ("fragment", "script", "requests"),
    [
        ("", ["drop", "ok"], 2),
        ("", ["drop", "drop", "ok"], 2),
        ("#rc=0", ["drop", "ok"], 1),
        ("#rc=5", ["drop"] * 5 + ["ok"], 6),
        ("", ["500", "ok"], 1),
        ("#rp=5xx", ["500", "ok"], 2),
        ("#rp=5xx", ["404", "ok"], 1),
        ("#rp=4xx", ["404", "ok"], 2),
        ("#rp=4xx", ["500", "ok"], 1),
        ("#rp=4xx,5xx&rc=3", ["500", "404", "503", "ok"], 4),
        ("#rp=5xx", ["drop", "ok"], 1),
        ("#rp=all&rc=3", ["drop", "404", "500", "ok"], 4),
        ("#rt=300", ["hang", "ok"], 1),
        ("#rt=300&rp=rt", ["hang", "ok"], 2),
        ("#rt=300&rp=ct", ["hang", "ok"], 1),
        ("#anchor", ["drop", "ok"], 2),
    ],
)
def test_what_is_tried_again_stands_in_the_fragment(run, answers, fragment, script, requests):
    async def scenario(house):
        kinds = {"drop": answers.drop, "hang": answers.hang, "ok": answers.ok}
        house.app.script = [kinds.get(each) or answers.build(f"{each} No") for each in script]
        question = house.question(house.app.url() + fragment)
        if requests == len(script):
            assert (await house.asker.ask(question)).status == 200
        else:
            with pytest.raises(WebhookError):
                await house.asker.ask(question)
        assert len(house.app.requests) == requests
        assert {each.headers["i-twilio-idempotency-token"] for each in house.app.requests} == {"KB1"}
        assert {each.target for each in house.app.requests} == {"/hook"}

    run(scenario)


def test_each_question_has_its_own_token(run):
    async def scenario(house):
        for token in ("KB1", "KB2"):
            await house.asker.ask(house.question(house.app.url(), token=token))
        assert [each.headers["i-twilio-idempotency-token"] for each in house.app.requests] == ["KB1", "KB2"]

    run(scenario)


@pytest.mark.parametrize("fragment", ["#tt=300&rc=5&rp=all", "#tt=300&rt=200&rc=5&rp=rt"])
def test_all_attempts_together_stay_within_the_total(run, answers, fragment):
    async def scenario(house):
        house.app.otherwise = answers.hang
        start = time.monotonic()
        assert (await failing(house, house.app.url() + fragment)).code == 11205
        assert 0.25 < time.monotonic() - start < 0.6

    run(scenario)


def test_redirects_stay_within_the_total_too(run, answers):
    async def scenario(house):
        async def slowly(writer):
            await asyncio.sleep(0.1)
            writer.write(answers.build("302 Found", "Location: /again"))

        house.app.otherwise = slowly
        start = time.monotonic()
        problem = await failing(house, house.app.url() + "#tt=350&rc=0", follow=True)
        assert problem.code == 11205
        assert time.monotonic() - start < 0.6
        assert 3 <= len(house.app.requests) <= 4

    run(scenario)


@pytest.mark.parametrize(
    ("status", "method", "body"),
    [(301, "GET", ""), (302, "GET", ""), (303, "GET", ""), (307, "POST", "Body=hi+there&From=%2B1"),
     (308, "POST", "Body=hi+there&From=%2B1")],
)  # fmt: skip
def test_a_document_is_followed_and_each_hop_is_signed_for_its_url(run, answers, status, method, body):
    async def scenario(house):
        house.app.script = [answers.build(f"{status} There", "Location: ../other?x=y#rc=5")]
        await house.asker.ask(house.question(house.app.url("/a/b"), follow=True, cookies="sid=1"))
        _, second = house.app.requests
        assert (second.method, second.target, second.body) == (method, "/other?x=y", body)
        assert second.headers["cookie"] == "sid=1"
        assert valid(second, house.app.url("/other?x=y"))

    run(scenario)


@pytest.mark.parametrize("status", [302, 307])
def test_a_get_says_its_parameters_in_the_first_url_only(run, answers, status):
    async def scenario(house):
        house.app.script = [answers.build(f"{status} There", "Location: /other?x=y")]
        await house.asker.ask(house.question(house.app.url(), method="GET", follow=True))
        assert house.app.requests[1].target == "/other?x=y"
        assert valid(house.app.requests[1], house.app.url("/other?x=y"))

    run(scenario)


def test_a_callback_is_not_redirected(run, answers):
    async def scenario(house):
        house.app.otherwise = answers.build("302 Found", "Location: /other")
        assert (await house.asker.ask(house.question(house.app.url()))).status == 302
        assert len(house.app.requests) == 1

    run(scenario)


def test_cookies_and_credentials_stay_with_their_origin(run, answers):
    async def scenario(house):
        elsewhere = house.app.url("/other").replace("127.0.0.1", "localhost").replace("//", "//new:pass@")
        challenge = answers.build("401 Who", 'WWW-Authenticate: Basic realm="a"')
        house.app.script = [answers.build("307 There", f"Location: {elsewhere}"), challenge]
        url = house.app.url().replace("//", "//user:pass@")
        problem = await failing(house, url, follow=True, cookies="sid=secret")
        first, second = house.app.requests
        assert (first.headers["cookie"], second.headers["host"].split(":")[0]) == ("sid=secret", "localhost")
        assert not {"cookie", "authorization"} & set(second.headers)
        assert problem.response.status == 401

    run(scenario)


def test_ten_redirects_are_followed_and_not_one_more(run, answers):
    async def scenario(house):
        house.app.script = [answers.build("302 Found", "Location: /a")] * 10
        assert (await house.asker.ask(house.question(house.app.url(), follow=True))).status == 200
        house.app.script = [answers.build("302 Found", "Location: /a")] * 11
        assert (await failing(house, house.app.url(), follow=True)).code == 11215

    run(scenario)


@pytest.mark.parametrize("location", ["http://[", "ftp://a.example/", "//", "http://a b/", "javascript:x"])
def test_a_location_that_is_no_url_is_the_apps_mistake(run, answers, location):
    async def scenario(house):
        house.app.otherwise = answers.build("302 Found", f"Location: {location}")
        problem = await failing(house, house.app.url(), follow=True)
        assert problem.code == 11100
        assert len(house.app.requests) == 1

    run(scenario)


def test_credentials_of_the_url_answer_a_challenge_and_nothing_else(run, answers):
    async def scenario(house):
        house.app.script = [answers.build("401 Who", 'WWW-Authenticate: Basic realm="a"')]
        url = house.app.url().replace("//", "//user:p%40ss@")
        assert (await house.asker.ask(house.question(url))).status == 200
        first, second = house.app.requests
        assert "authorization" not in first.headers
        assert base64.b64decode(second.headers["authorization"].split()[1]) == b"user:p@ss"
        assert valid(first, house.app.url())
        assert valid(second, house.app.url())
        asked, answered = await house.exchanges()
        assert [(each.status, each.error) for each in (asked, answered)] == [(401, None), (200, None)]
        assert "p@ss" not in repr((asked, answered))
        assert "p%40ss" not in repr((asked, answered))
        assert ("Authorization", "Basic user:[redacted]") in answered.request_headers

    run(scenario)


def test_wrong_credentials_are_given_once(run, answers):
    async def scenario(house):
        house.app.otherwise = answers.build("401 Who", 'WWW-Authenticate: Basic realm="a"')
        problem = await failing(house, house.app.url().replace("//", "//user:wrong@"))
        assert (problem.code, problem.response.status, len(house.app.requests)) == (11200, 401, 2)
        assert "wrong" not in str(problem)

    run(scenario)


@pytest.mark.parametrize(
    ("answer", "code"),
    [("404 No", 11200), ("500 No", 11200), ("drop", 11205), ("hang", 11205), ("nonsense", 11200), ("large", 11750)],
)
def test_each_failure_has_twilios_error(run, answers, answer, code):
    async def scenario(house):
        special = {"drop": answers.drop, "hang": answers.hang, "nonsense": b"what?\r\n\r\n"}
        special["large"] = answers.build(body=b"x" * 65_537)
        house.app.otherwise = special.get(answer) or answers.build(answer)
        problem = await failing(house, house.app.url() + "#rt=300&rc=0")
        assert problem.code == code
        (exchange,) = await house.exchanges()
        assert (exchange.error_code, exchange.error) == (code, str(problem))
        assert (exchange.direction, exchange.kind, exchange.resource_sid) == ("out", "callback", "SM1")
        assert exchange.status == (int(answer[:3]) if answer[0].isdigit() else None)

    run(scenario)


def test_nobody_listening_is_a_failed_connection(run):
    async def scenario(house):
        problem = await failing(house, f"http://127.0.0.1:{closed_port()}/")
        assert problem.code == 11205
        assert len(await house.exchanges()) == 2

    run(scenario)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://a.example/#ct=5", 11243),
        ("http://a.example/#rc=9", 11243),
        ("http://a.example/#rp=sometimes", 11243),
        ("http:///x", 11100),
        ("ftp://a.example/", 11100),
        ("http://0x7f.1.2.3.4/", 11100),
        ("http://user:hidden@[::1", 11100),
        ("http://169.254.169.254/latest", 11200),
        ("http://nowhere.invalid/", 11210),
    ],
)
def test_a_url_that_cannot_be_called_is_an_error_and_never_a_crash(run, url, code):
    async def scenario(house):
        problem = await failing(house, url)
        assert problem.code == code
        assert "hidden" not in str(problem)

    run(scenario)


def test_every_attempt_is_recorded_without_secrets(run, answers):
    async def scenario(house):
        house.app.script = [answers.drop, answers.build("500 No", "Set-Cookie: sid=hidden; Path=/", body=b"<a/>")]
        url = house.app.url("/hook?token=hidden").replace("//", "//user:hidden@") + "#rc=3&rp=all"
        parameters = (("Body", "hi"), ("AuthToken", "hidden"))
        await house.asker.ask(house.question(url, parameters=parameters, cookies="sid=hidden"))
        dropped, failed, done = await house.exchanges()
        assert [each.status for each in (dropped, failed, done)] == [None, 500, 200]
        assert [each.error_code for each in (dropped, failed, done)] == [11205, 11200, None]
        assert "hidden" not in repr((dropped, failed, done))
        assert failed.url == house.app.url("/hook?token=[redacted]").replace("//", "//[redacted]@")
        assert (failed.request_body, failed.response_body) == ("Body=hi&AuthToken=[redacted]", "<a/>")
        assert "X-Twilio-Signature" in dict(failed.request_headers)

    run(scenario)


def test_an_answer_of_bytes_can_be_recorded(run, answers):
    async def scenario(house):
        house.app.otherwise = answers.build(body=bytes(range(256)))
        response = await house.asker.ask(house.question(house.app.url()))
        (exchange,) = await house.exchanges()
        assert response.body == bytes(range(256))
        assert exchange.response_body.startswith("\ufffd\x01\x02")

    run(scenario)


def test_the_record_failing_does_not_fail_the_question(run):
    async def scenario(house):
        await house.database.close()
        assert (await house.asker.ask(house.question(house.app.url()))).status == 200

    run(scenario)
