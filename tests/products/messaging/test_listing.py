"""The list of messages finds what looking at every one of them would find, in the order in which they were made."""

import asyncio
import random

import pytest

from offhook.kit.clock import HOUR, MINUTE, SECOND
from offhook.products.messaging import listing, store
from offhook.products.messaging.message import Message
from offhook.storage import PageRequest, Unit
from tests.products.lists import opened, walk

START = 1_700_000_000_000_000
OURS, OTHER = "AC" + "1" * 32, "AC" + "2" * 32


def message(number, made, waited=0, *, account=OURS, from_="+1", to="+2"):
    """One that was made so long after the start and waited so long, or was never sent."""
    at = START + made
    return Message(
        seq=0, sid=f"SM{number:03}", account_sid=account, direction="outbound-api", from_=from_, to=to, body="",
        status="sent", num_segments=1, date_created=at, date_updated=at,
        date_sent=None if waited is None else at + waited,
    )  # fmt: skip


async def keep(database, messages):
    for each in messages:  # one by one, so that they are numbered in this order
        unit = Unit()
        store.add(unit, each, 0)
        await database.commit(unit)


def found(database, *, from_=None, to=None, since=None, until=None, account=OURS):
    """What asks for a page."""
    return lambda page: listing.page(database, account, page, from_=from_, to=to, since=since, until=until)


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


def test_one_that_waited_for_hours_is_listed_by_the_day_it_was_sent(run):
    async def scenario(database):
        await keep(database, [message(1, 0, 3 * HOUR), message(2, HOUR), message(3, 2 * HOUR), message(4, 3 * HOUR)])
        since = START + 2 * HOUR
        assert await walk(found(database, since=since), 1) == ["SM004", "SM003", "SM001"]
        assert await walk(found(database, since=since), 50) == ["SM004", "SM003", "SM001"]
        assert await walk(found(database, since=since, until=since + HOUR - 1), 2) == ["SM003"]
        assert await walk(found(database, until=since - 1), 2) == ["SM002"]

    run(scenario)


def test_a_page_by_its_number_alone_shows_those_that_waited_too(run):
    async def scenario(database):
        await keep(database, [message(1, 0, 3 * HOUR), message(2, 2 * HOUR), message(3, 3 * HOUR)])
        page = await found(database, since=START + 2 * HOUR)(PageRequest(2, number=1))
        assert [row.sid for row in page.rows] == ["SM001"]

    run(scenario)


def test_every_filter_finds_what_looking_at_every_message_finds(run):
    chance = random.Random(7)
    waits = (0, 3 * SECOND, MINUTE, 2 * MINUTE, HOUR, 5 * HOUR, None)
    numbers = ("+1", "+2", "+3")
    messages = [
        message(
            number,
            chance.randrange(120) * 5 * MINUTE,
            chance.choice(waits),
            account=chance.choice((OURS, OURS, OTHER)),
            from_=chance.choice(numbers),
            to=chance.choice(numbers),
        )
        for number in range(150)
    ]

    async def scenario(database):
        await keep(database, messages)
        for _ in range(60):
            bounds = sorted(START + chance.randrange(120) * 5 * MINUTE for _ in range(2))
            wanted = {
                "from_": chance.choice((None, *numbers)),
                "to": chance.choice((None, *numbers)),
                "since": chance.choice((None, bounds[0])),
                "until": chance.choice((None, bounds[1])),
            }
            assert await walk(found(database, **wanted), chance.choice((1, 3, 7, 50))) == expected(wanted), wanted

    def expected(wanted):
        ordered = sorted(enumerate(messages), key=lambda each: (each[1].date_created, each[0]), reverse=True)
        return [each.sid for _, each in ordered if matches(each, wanted)]

    run(scenario)


def matches(each, wanted):
    """Whether a message is what somebody looks for."""
    sent = each.date_sent
    dates = wanted["since"], wanted["until"]
    in_time = dates == (None, None) or (
        sent is not None and (dates[0] is None or sent >= dates[0]) and (dates[1] is None or sent <= dates[1])
    )
    numbers = all(wanted[name] in (None, getattr(each, name)) for name in ("from_", "to"))
    return each.account_sid == OURS and in_time and numbers


def test_a_sender_of_many_is_not_looked_up_first(run, monkeypatch):
    monkeypatch.setattr(listing, "FEW", 3)

    async def scenario(database):
        await keep(database, [message(number, number * SECOND, to=f"+{number % 3}") for number in range(9)])
        assert await walk(found(database, from_="+1", to="+2"), 2) == ["SM008", "SM005", "SM002"]
        assert await walk(found(database, from_="+9", to="+2"), 2) == []

    run(scenario)


def test_nothing_is_sent_before_it_was_made_even_if_the_clock_was_set_back(run):
    async def scenario(database):
        made = message(1, HOUR, None)
        made.status = "sending"
        await keep(database, [made])
        unit = Unit()
        store.become(unit, made.sid, "sent", START)
        await database.commit(unit)
        kept = await store.by_sid(database, OURS, made.sid)
        assert kept.date_sent == START + HOUR
        assert await walk(found(database, since=START + HOUR, until=START + HOUR), 5) == ["SM001"]

    run(scenario)
