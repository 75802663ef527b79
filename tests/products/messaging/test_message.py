"""The table of transitions, and that nothing gets past it: the UPDATE of every pair is run on a real database."""

import asyncio
import itertools
from pathlib import Path

import pytest

from offhook.carriers import DeliveryReport
from offhook.products.messaging import store
from offhook.products.messaging.message import NEXT, REPORTED, Message, may_become
from offhook.runtime import Work
from offhook.storage import Unit, open_database

FINAL = {"delivered", "undelivered", "failed", "canceled", "received"}
ALLOWED = {
    ("queued", "sending"),
    ("queued", "failed"),
    ("queued", "canceled"),
    ("sending", "sending"),
    ("sending", "sent"),
    ("sending", "delivered"),
    ("sending", "undelivered"),
    ("sending", "failed"),
    ("sent", "delivered"),
    ("sent", "undelivered"),
    ("sent", "failed"),
}


def make_message(sid: str, status: str) -> Message:
    return Message(
        seq=0,
        sid=sid,
        account_sid="AC1",
        direction="outbound-api",
        from_="+12023358536",
        to="+19732644152",
        body="hi",
        status=status,  # type: ignore[arg-type]
        num_segments=1,
        date_created=1,
        date_updated=1,
        due=1,
    )


def test_a_final_status_is_followed_by_nothing():
    assert {status for status, following in NEXT.items() if not following} == FINAL


def test_every_status_but_the_first_ones_can_be_reached():
    assert {status for status in NEXT if not may_become(status)} == {"queued", "received"}


def test_an_app_is_told_of_everything_that_happens_after_sending_began():
    assert {status for status in NEXT if may_become(status)} - {"sending"} == REPORTED


def test_who_may_follow_whom_is_what_the_database_lets_through(tmp_path: Path):
    pairs = list(itertools.product(NEXT, [status for status in NEXT if may_become(status)]))

    async def run() -> set[tuple[str, str]]:
        database = await open_database(None, tmp_path, Work())
        passed = set()
        for number, (former, following) in enumerate(pairs):
            unit = Unit()
            made = make_message(f"SM{number}", former)
            store.add(unit, made, hold=0)
            starts = following == "sending"
            step = store.start(unit, made, now=2) if starts else store.become(unit, made.sid, following, now=2)
            await database.commit(unit)
            message = await store.by_sid(database, "AC1", f"SM{number}")
            assert message is not None
            assert message.status == (following if step.changed else former)
            if step.changed:
                passed.add((former, following))
        await database.close()
        return passed

    assert asyncio.run(run()) == ALLOWED


@pytest.mark.parametrize("outcome", ["delivered", "undelivered", "failed"])
def test_a_late_or_repeated_report_changes_nothing_and_tells_nobody(lines, outcome):
    """`lines` is a real Sending on a real database; see conftest."""

    async def run() -> None:
        async with lines.opened() as sending:
            message = await sending.accepted(status_callback="http://127.0.0.1:9/status")
            await sending.report(message, outcome)
            settled = await sending.fetch(message)
            told = await sending.callbacks()
            for late in ("delivered", "undelivered", "failed", outcome):
                await sending.report(message, late)
            assert await sending.fetch(message) == settled
            assert settled.status == outcome
            assert await sending.callbacks() == told

    asyncio.run(run())


def test_a_report_about_a_message_that_nobody_knows_is_passed_over(lines):
    async def run() -> None:
        async with lines.opened() as sending:
            await sending.apply(DeliveryReport("SM" + "0" * 32, "delivered"))
            assert await sending.callbacks() == []

    asyncio.run(run())
