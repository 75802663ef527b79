"""What becomes of a message when carriers take it, refuse it, or when the process stops in between."""

import asyncio
import itertools

import pytest

from offhook.carriers import CarrierError, DeliveryReport
from offhook.kit.clock import HOUR, MINUTE, SECOND
from offhook.products.messaging.sending import FIRST_RETRY, LONGEST_RETRY, VALIDITY
from offhook.storage import StorageError

CALLBACK = "http://127.0.0.1:9/status"


def busy() -> CarrierError:
    return CarrierError("the line is busy", temporary=True, code=30008)


def refused() -> CarrierError:
    return CarrierError("no such destination", temporary=False, code=30005)


def test_a_message_that_the_carrier_takes_is_sent(lines):
    async def run() -> None:
        async with lines.opened() as line:
            message = await line.accepted(status_callback=CALLBACK)
            kept = await line.fetch(message)
            assert (kept.status, kept.due, kept.attempts) == ("sent", None, 1)
            assert kept.date_sent == lines.clock.now()
            [outbound] = line.carrier.taken
            assert (outbound.sid, outbound.from_, outbound.to, outbound.body) == (
                message.sid,
                "+12023358536",
                "+19732644152",
                "hi",
            )
            assert [said["MessageStatus"] for _, said in await line.callbacks()] == ["sent"]

    asyncio.run(run())


def test_what_the_carrier_took_is_not_sent_again_because_the_database_was_away_for_a_moment(lines):
    """The note that it was sent is repeated, not the text."""

    class AwayAfter:
        """The real database, which refuses two commits after so many."""

        def __init__(self, database, commits: int) -> None:
            self.database, self.refusals = database, [False] * commits + [True, True]

        def __getattr__(self, name):
            return getattr(self.database, name)

        async def commit(self, unit):
            if self.refusals and self.refusals.pop(0):
                raise StorageError("unavailable", "gone for now")
            await self.database.commit(unit)

    async def run() -> None:
        async with lines.opened() as line:
            line.sending._database = AwayAfter(line.database, commits=1)  # the attempt is noted, its end is not
            message = await line.accepted(status_callback=CALLBACK)
            assert (await line.fetch(message)).status == "sending"
            await line.advance(5 * MINUTE)
            assert (await line.fetch(message)).status == "sent"
            assert len(line.carrier.taken) == 1
            assert [said["MessageStatus"] for _, said in await line.callbacks()] == ["sent"]

    asyncio.run(run())


def test_a_permanent_refusal_fails_the_message_at_once(lines):
    async def run() -> None:
        async with lines.opened(refused()) as line:
            message = await line.accepted(status_callback=CALLBACK)
            kept = await line.fetch(message)
            assert (kept.status, kept.error_code, kept.due) == ("failed", 30005, None)
            [(url, said)] = await line.callbacks()
            assert url == CALLBACK
            assert (said["MessageStatus"], said["ErrorCode"]) == ("failed", "30005")
            await line.advance(VALIDITY)
            assert len(line.carrier.tried_at) == 1

    asyncio.run(run())


def test_a_temporary_refusal_is_tried_again_and_then_sent(lines):
    async def run() -> None:
        async with lines.opened(busy(), busy()) as line:
            message = await line.accepted(status_callback=CALLBACK)
            kept = await line.fetch(message)
            assert (kept.status, kept.error_code) == ("sending", None)
            assert await line.callbacks() == []
            await line.advance(FIRST_RETRY - 1)
            assert len(line.carrier.tried_at) == 1
            await line.advance(1)
            assert len(line.carrier.tried_at) == 2
            await line.advance(2 * FIRST_RETRY)
            kept = await line.fetch(message)
            assert (kept.status, kept.attempts) == ("sent", 3)
            assert [said["MessageStatus"] for _, said in await line.callbacks()] == ["sent"]

    asyncio.run(run())


def test_each_attempt_has_a_name_of_its_own(lines):
    class Remembering:
        def __init__(self, carrier) -> None:
            self.attempts: list[str] = []
            self._send, carrier.send = carrier.send, self.send

        async def send(self, message) -> None:
            self.attempts.append(message.attempt)
            await self._send(message)

    async def run() -> None:
        async with lines.opened(busy(), busy()) as line:
            seen = Remembering(line.carrier)
            await line.accepted()
            await line.advance(HOUR)
            assert len(seen.attempts) == len(set(seen.attempts)) == 3

    asyncio.run(run())


def test_the_waits_grow_to_ten_minutes_and_end_with_the_message_s_validity(lines):
    async def run() -> None:
        async with lines.opened(*[busy() for _ in range(200)]) as line:
            message = await line.accepted(status_callback=CALLBACK)
            await line.advance(VALIDITY + HOUR)
            tried = line.carrier.tried_at
            waits = [later - earlier for earlier, later in itertools.pairwise(tried)]
            assert waits[:4] == [5 * SECOND, 10 * SECOND, 20 * SECOND, 40 * SECOND]
            assert waits == sorted(waits)
            assert waits[-1] == LONGEST_RETRY == 10 * MINUTE
            assert tried[-1] < message.date_created + VALIDITY
            kept = await line.fetch(message)
            assert (kept.status, kept.error_code) == ("failed", 30036)
            assert kept.date_updated == message.date_created + VALIDITY

    asyncio.run(run())


def test_a_message_that_waits_for_its_retry_outlives_a_restart(lines):
    async def run() -> None:
        async with lines.opened(busy()) as line:
            message = await line.accepted()
        async with lines.opened() as line:
            await line.settle()
            assert line.carrier.taken == []
            await line.advance(FIRST_RETRY)
            assert [taken.sid for taken in line.carrier.taken] == [message.sid]
            assert (await line.fetch(message)).status == "sent"

    asyncio.run(run())


def test_a_message_may_wait_no_longer_than_its_validity_period(lines):
    async def run() -> None:
        async with lines.opened(*[busy() for _ in range(20)]) as line:
            message = await line.accepted(validity=30, status_callback=CALLBACK)
            await line.advance(30 * SECOND - 1)
            assert (await line.fetch(message)).status == "sending"
            assert await line.callbacks() == []
            await line.advance(1)
            assert [at - message.date_created for at in line.carrier.tried_at] == [0, 5 * SECOND, 15 * SECOND]
            kept = await line.fetch(message)
            assert (kept.status, kept.error_code, kept.due) == ("failed", 30036, None)
            [(_, said)] = await line.callbacks()
            assert (said["MessageStatus"], said["ErrorCode"]) == ("failed", "30036")
            await line.advance(VALIDITY)
            assert len(line.carrier.tried_at) == 3

    asyncio.run(run())


def test_a_message_that_waited_too_long_for_its_first_attempt_is_not_sent(lines):
    async def run() -> None:
        async with lines.opened() as line:
            line.sending.queue.stop()  # as if the process had died right after the commit
            message = await line.accepted(validity=30)
        lines.clock.move_to(lines.clock.now() + MINUTE)
        async with lines.opened() as line:
            await line.settle()
            assert line.carrier.tried_at == []
            kept = await line.fetch(message)
            assert (kept.status, kept.error_code) == ("failed", 30036)

    asyncio.run(run())


def test_a_receipt_that_overtakes_the_carrier_s_yes_is_still_told_after_sent(lines):
    """A fast network's receipt may come before `send` returns; an app sees `sent` first in any case."""

    async def run() -> None:
        async with lines.opened() as line:

            async def report_first(outbound) -> None:
                await line.apply(DeliveryReport(outbound.sid, "delivered"))

            line.carrier.send = report_first
            message = await line.accepted(status_callback=CALLBACK)
            kept = await line.fetch(message)
            assert kept.status == "delivered"
            assert kept.date_sent is not None
            assert [said["MessageStatus"] for _, said in await line.callbacks()] == ["sent", "delivered"]

    asyncio.run(run())


@pytest.mark.parametrize(("outcome", "code"), [("undelivered", 30003), ("failed", 30008)])
def test_a_report_of_failure_carries_its_code_to_the_message_and_the_app(lines, outcome, code):
    async def run() -> None:
        async with lines.opened() as line:
            message = await line.accepted(status_callback=CALLBACK)
            await line.report(message, outcome, code)
            kept = await line.fetch(message)
            assert (kept.status, kept.error_code) == (outcome, code)
            _, said = (await line.callbacks())[-1]
            assert (said["MessageStatus"], said["SmsStatus"], said["ErrorCode"]) == (outcome, outcome, str(code))

    asyncio.run(run())


def test_without_a_callback_url_nobody_is_told(lines):
    async def run() -> None:
        async with lines.opened() as line:
            message = await line.accepted()
            await line.report(message, "delivered")
            assert await line.callbacks() == []

    asyncio.run(run())
