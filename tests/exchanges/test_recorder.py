"""The recorder keeps nobody waiting, keeps a bounded number, and costs the record rather than the call."""

import pytest
from structlog.testing import capture_logs

from offhook.exchanges import Exchange, Recorder, page, recorder, retention
from offhook.runtime import Tasks
from offhook.storage import PageRequest


def exchange(number, **changes):
    values = {
        "sid": f"EX{number}", "account_sid": "AC1", "direction": "in", "kind": "api", "method": "GET",
        "url": "http://a", "request_headers": (), "request_body": "", "status": 200, "response_headers": (),
        "response_body": "", "started": 0, "elapsed": 0,
    }  # fmt: skip
    return Exchange(**{**values, **changes})


async def kept(database):
    return [each.sid for each in (await page(database, PageRequest(1000))).rows]


def test_a_record_is_there_once_nothing_is_under_way(run):
    async def scenario(database, work):
        Recorder(database, Tasks(work)).record(exchange(1))
        await work.idle()
        assert await kept(database) == ["EX1"]

    run(scenario)


def test_old_ones_go_as_new_ones_come(run, monkeypatch):
    monkeypatch.setattr(retention, "PRUNE_EVERY", 10)

    async def scenario(database, work):
        records = Recorder(database, Tasks(work), keep=5)
        most = 0
        for number in range(1, 62):
            records.record(exchange(number))
            await work.idle()
            most = max(most, len(await kept(database)))
        assert (await kept(database))[:5] == ["EX61", "EX60", "EX59", "EX58", "EX57"]
        assert most <= 5 + 10  # what is kept, and what comes until the next pruning

    run(scenario)


def test_a_process_that_never_lives_long_prunes_too(run):
    async def scenario(database, work):
        for number in range(1, 9):
            Recorder(database, Tasks(work), keep=3).record(exchange(number))
            await work.idle()
        assert (await kept(database))[:3] == ["EX8", "EX7", "EX6"]
        assert len(await kept(database)) <= 3 + 1  # the one that made the others go

    run(scenario)


def test_bodies_are_kept_in_short_when_there_is_not_much_room(run):
    async def scenario(database, work):
        records = Recorder(database, Tasks(work), keep_bytes=200_000)
        for number in range(1, 5):
            records.record(exchange(number, request_body="é" * 20_000, response_body=f"{number}"))
            await work.idle()
        bodies = [each.request_body for each in (await page(database, PageRequest())).rows][::-1]
        assert bodies[:3] == ["é" * 20_000] * 3
        assert bodies[3] == "é" * (recorder.SHORT_BODY // 2) + " [… 40000 bytes in all]"

    run(scenario)


@pytest.mark.parametrize("number", [1, 2])
def test_a_closed_database_costs_the_record_only(run, number):
    async def scenario(database, work):
        await database.close()
        with capture_logs() as logs:
            Recorder(database, Tasks(work)).record(exchange(number))
        await work.idle()
        assert [entry["event"] for entry in logs] == ["exchange_lost"]

    run(scenario)


def test_a_record_that_cannot_be_written_harms_nobody(run):
    async def scenario(database, work):
        records = Recorder(database, Tasks(work))
        records.record(exchange(1))
        await work.idle()
        with capture_logs() as logs:
            records.record(exchange(1))  # the same SID again
            records.record(exchange(2))
            await work.idle()
        assert await kept(database) == ["EX2", "EX1"]
        assert [entry["event"] for entry in logs] == ["unit_failed"]

    run(scenario)
