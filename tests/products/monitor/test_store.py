"""Alerts and audit events: every filter finds what looking at all of them finds, on both databases."""

import asyncio
import random

import pytest

from offhook.products.monitor import store
from offhook.products.monitor.alert import Alert
from offhook.products.monitor.audit_event import AuditEvent, Wanted
from offhook.storage import PageRequest, Unit
from tests.products.lists import opened, walk

ACCOUNTS = ("AC" + "1" * 32, "AC" + "2" * 32, "AC" + "3" * 32)


def event(number, chance):
    return AuditEvent(
        seq=0, sid=f"AE{number:03}", account_sid=chance.choice(ACCOUNTS), actor_sid=chance.choice(ACCOUNTS),
        actor_type="account", event_type=chance.choice(("a.created", "a.deleted")), resource_type="a",
        resource_sid=chance.choice(("PN1", "PN2")), resource_uri="api/x", event_data="{}",
        source_ip_address=chance.choice(("::1", None)), event_date=chance.randrange(1, 40),
    )  # fmt: skip


def alert(number, chance):
    return Alert(
        seq=0, sid=f"NO{number:03}", account_sid=chance.choice(ACCOUNTS), error_code=11200,
        log_level=chance.choice(("error", "warning")), alert_text="", resource_sid="SM1", request_method="POST",
        request_url="", request_variables="", response_headers="", response_body="",
        date_created=chance.randrange(1, 40),
    )  # fmt: skip


@pytest.fixture(params=["sqlite", "postgres"])
def run(request, tmp_path):
    """Runs `scenario(database)` on either database."""
    server = request.getfixturevalue("server") if request.param == "postgres" else None

    def run(scenario):
        async def whole():
            async with opened(tmp_path, server) as database:
                await scenario(database)

        asyncio.run(whole())

    return run


async def keep(database, add, rows):
    for row in rows:
        unit = Unit()
        add(unit, row)
        await database.commit(unit)


def newest_first(rows, moment, is_wanted):
    ordered = sorted(enumerate(rows), key=lambda each: (getattr(each[1], moment), each[0]), reverse=True)
    return [row.sid for _, row in ordered if is_wanted(row)]


def test_events_in_an_account_and_by_it_are_one_list(run):
    chance = random.Random(3)
    events = [event(number, chance) for number in range(80)]

    async def scenario(database):
        await keep(database, store.add_audit_event, events)
        for _ in range(40):
            account, size = chance.choice(ACCOUNTS), chance.choice((1, 3, 50))
            wanted = Wanted(
                actor_sid=chance.choice((None, None, *ACCOUNTS)),
                event_type=chance.choice((None, "a.created", "a.updated")),
                resource_sid=chance.choice((None, None, "PN1")),
                source_ip_address=chance.choice((None, "::1")),
                start=chance.choice((None, 10)),
                end=chance.choice((None, 30)),
            )
            found = await walk(lambda page, a=account, w=wanted: store.audit_events_page(database, a, page, w), size)
            assert found == newest_first(events, "event_date", lambda e, a=account, w=wanted: is_wanted(e, a, w))
        numbered = await store.audit_events_page(database, ACCOUNTS[0], PageRequest(5, number=1), Wanted())
        every = newest_first(events, "event_date", lambda e: is_wanted(e, ACCOUNTS[0], Wanted()))
        assert [row.sid for row in numbered.rows] == every[5:10]

    run(scenario)


def is_wanted(each, account, wanted):
    """Whether an event is of the account or by it, and what somebody looks for."""
    names = ("actor_sid", "event_type", "resource_sid", "source_ip_address")
    same = all(getattr(wanted, name) in (None, getattr(each, name)) for name in names)
    in_time = (wanted.start or 0) <= each.event_date <= (wanted.end or 99)
    return account in (each.account_sid, each.actor_sid) and same and in_time


def test_alerts_of_a_level_and_a_period(run):
    chance = random.Random(4)
    alerts = [alert(number, chance) for number in range(60)]

    async def scenario(database):
        await keep(database, store.add, alerts)
        for level in (None, "error", "debug"):
            for start, end in ((None, None), (10, None), (None, 30), (10, 30), (30, 10)):
                wanted = {"log_level": level, "start": start, "end": end}
                found = await walk(lambda page, w=wanted: store.page(database, ACCOUNTS[0], page, **w), 4)
                assert found == newest_first(
                    alerts,
                    "date_created",
                    lambda a, level=level, start=start, end=end: (
                        a.account_sid == ACCOUNTS[0]
                        and level in (None, a.log_level)
                        and (start or 0) <= a.date_created <= (end or 99)
                    ),
                )

    run(scenario)
