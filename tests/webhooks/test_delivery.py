"""Callbacks arrive in order, at least once, and leave the outbox when they are settled."""

import asyncio

import pytest
from structlog.testing import capture_logs

from offhook.kit.clock import MINUTE, SECOND
from offhook.storage import StorageError

START = 1_700_000_000 * SECOND


def numbers(app):
    """Which callbacks came, in order: resource and number."""
    return [tuple(value for _, value in request.form) for request in app.requests]


async def until(condition):
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.002)


def test_a_callback_is_made_once_and_forgotten(run):
    async def scenario(house):
        await house.queue.start()
        await house.tell("/status", "SM1")
        await house.work.idle()
        (request,) = house.app.requests
        assert (request.method, request.target) == ("POST", "/status")
        assert request.form == [("MessageSid", "SM1"), ("Number", "0")]
        assert request.headers["i-twilio-idempotency-token"].startswith("KB")
        assert (house.rows(), await house.alerts()) == ([], [])
        (exchange,) = await house.exchanges()
        assert (exchange.kind, exchange.resource_sid, exchange.status) == ("callback", "SM1", 200)

    run(scenario)


def test_those_of_one_resource_come_in_order_however_slow_the_first(run, answers):
    async def scenario(house):
        async def late(writer):
            await asyncio.sleep(0.1)
            writer.write(answers.ok)

        house.app.script = [late]
        await house.queue.start()
        await house.tell("/status", *["SM1"] * 8)
        await house.work.idle()
        assert numbers(house.app) == [("SM1", str(n)) for n in range(8)]
        assert house.app.requests[1].at - house.app.requests[0].at > 0.09

    run(scenario)


def test_a_slow_app_does_not_keep_other_resources_waiting(run, answers):
    async def scenario(house):
        release = asyncio.Event()

        async def held(writer):
            await release.wait()
            writer.write(answers.ok)

        house.app.script = [held]
        await house.queue.start()
        await house.tell("/status", "SM1", "SM1")
        await until(lambda: len(house.app.requests) == 1)
        await house.tell("/status", *(f"SM{n}" for n in range(2, 22)))
        await until(lambda: len(house.app.requests) == 21)
        assert [resource for resource, _ in numbers(house.app)].count("SM1") == 1
        release.set()
        await house.work.idle()
        assert numbers(house.app)[-1] == ("SM1", "1")
        assert house.rows() == []

    run(scenario)


def test_a_callback_of_an_account_that_is_gone_is_given_up(run):
    async def scenario(house):
        await house.queue.start()
        await house.tell("/status#rc=5&rp=all", "SM1", "SM1", account_sid="AC" + "f" * 32)
        await house.tell("/status", "SM2")
        await house.work.idle()
        await house.timers.advance(house.clock.now() + 10 * MINUTE)
        assert (numbers(house.app), house.rows()) == ([("SM2", "0")], [])

    run(scenario)


@pytest.mark.parametrize(("fragment", "requests"), [("", 1), ("#rc=3&rp=5xx", 4)])
def test_what_the_app_never_takes_becomes_an_alert(run, answers, fragment, requests):
    async def scenario(house):
        house.app.otherwise = answers.build("503 No", "Set-Cookie: sid=hidden", body=b"<oops/>")
        await house.queue.start()
        url = house.app.url("/status?token=hidden").replace("//", "//user:hidden@") + fragment
        await house.tell(url, "SM1")
        await house.work.idle()
        assert (len(house.app.requests), house.rows()) == (requests, [])
        tokens = {request.headers["i-twilio-idempotency-token"] for request in house.app.requests}
        assert len(tokens) == 1
        (alert,) = await house.alerts()
        assert (alert.error_code, alert.log_level, alert.resource_sid) == (11200, "error", "SM1")
        assert (alert.request_method, alert.request_variables) == ("POST", "MessageSid=SM1&Number=0")
        assert alert.alert_text.endswith("answered 503")
        assert alert.response_body == "<oops/>"
        assert "hidden" not in repr(alert)

    run(scenario)


def test_a_callback_that_fails_does_not_stop_the_next_one(run, answers):
    async def scenario(house):
        house.app.script = [answers.build("500 No")]
        await house.queue.start()
        await house.tell("/status", "SM1", "SM1")
        await house.work.idle()
        assert numbers(house.app) == [("SM1", "0"), ("SM1", "1")]
        assert len(await house.alerts()) == 1

    run(scenario)


@pytest.mark.parametrize("url", ["http://0x7f.1.2.3.4/", "http://a.example/#rc=99", "http:///"])
def test_a_url_that_cannot_be_called_is_settled_with_an_alert(run, url):
    """It would come back for ever otherwise."""

    async def scenario(house):
        await house.queue.start()
        with capture_logs() as logs:
            await house.tell(url, "SM1")
            await house.work.idle()
        assert house.rows() == []
        assert [alert.error_code for alert in await house.alerts()] in ([11100], [11243])
        assert [entry["event"] for entry in logs] == ["alert"]

    run(scenario)


def test_after_a_crash_what_was_under_way_is_made_again(run, answers):
    async def scenario(house):
        house.app.script = [answers.hang, answers.hang]
        await house.queue.start()
        await house.tell("/status", "SM1", "SM2", "SM1")
        await until(lambda: len(house.app.requests) == 2)
        assert [lease is not None for _, lease, _ in house.rows()] == [True] * 3
        house.queue.stop()
        await house.tasks.drain(0)  # everything is cut short, nothing is settled: as if the process had died
        await house.close()
        first = dict(zip(("SM1", "SM2"), sorted(house.app.requests, key=lambda r: r.body), strict=True))
        house.app.requests.clear()
        await house.open()
        await house.queue.start()
        await house.work.idle()
        assert house.rows() == []
        assert sorted(numbers(house.app)) == [("SM1", "0"), ("SM1", "2"), ("SM2", "1")]
        again = {request.form[0][1]: request for request in reversed(house.app.requests)}
        for resource in ("SM1", "SM2"):
            token = "i-twilio-idempotency-token"
            assert again[resource].headers[token] == first[resource].headers[token]

    run(scenario)


def test_a_callback_committed_without_anybody_to_take_it_is_found_by_a_sweep(run):
    async def scenario(house):
        await house.queue.start()
        house.outbox.hand_over_to(lambda _callback: None)  # the process died before it could hand it over
        await house.tell("/status", "SM1")
        assert house.app.requests == []
        await house.close()
        await house.open()
        await house.queue.start()
        await house.work.idle()
        assert numbers(house.app) == [("SM1", "0")]

    run(scenario)


class Refusing:
    """A monitor that cannot keep alerts for a while, as a bug or a lost database would have it."""

    def __init__(self, alerts, failures):
        self.alerts, self.failures = alerts, failures

    def add(self, unit, alert):
        if self.failures:
            self.failures -= 1
            raise StorageError("unavailable", "away")
        self.alerts.add(unit, alert)


def test_trouble_of_our_own_leaves_the_row_for_later_and_its_successors_behind_it(run, answers):
    async def scenario(house):
        delivery = house.queue._handle.__self__
        delivery._alerts = Refusing(house.monitor, 2)
        house.app.script = [answers.build("500 No"), answers.build("500 No"), answers.build("500 No")]
        await house.queue.start()
        with capture_logs() as logs:
            await house.tell("/status", "SM1", "SM1", "SM1")
            await house.tell("/status", "SM2")
            await house.work.idle()
            waiting = [(resource, lease) for resource, lease, _ in house.rows()]
            assert waiting.count(("SM1", None)) == 3
            before = len(house.app.requests)
            await house.timers.advance(START + 10 * MINUTE)
        assert house.rows() == []
        later = [number for resource, number in numbers(house.app)[before:] if resource == "SM1"]
        assert sorted(set(later), key=later.index) == ["0", "1", "2"]
        assert later == sorted(later)
        assert "row_failed" in [entry["event"] for entry in logs]

    run(scenario)


def test_a_resource_is_not_blocked_for_ever_by_a_row_that_is_gone(run):
    """With PostgreSQL a commit may be reported as failed although it was kept."""

    async def scenario(house):
        delivery = house.queue._handle.__self__
        delivery._troubled.add("SM1")
        await house.queue.start()
        await house.tell("/status", "SM1")
        await house.work.idle()
        assert numbers(house.app) == [("SM1", "0")]
        assert house.rows() == []

    run(scenario)


def test_nothing_is_remembered_of_what_is_settled(run):
    async def scenario(house):
        delivery = house.queue._handle.__self__
        await house.queue.start()
        await house.tell("/status", *(f"SM{n % 5}" for n in range(20)))
        await house.work.idle()
        assert (len(delivery._turns), delivery._troubled) == (0, set())

    run(scenario)
