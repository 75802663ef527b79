"""No list of things that there are many of is read from one end to the other, on either database.

The databases are filled as the bench fills them, with fewer rows. Of few rows PostgreSQL might well read all; it is
told not to where there is another way.
"""

import asyncio
import re
from pathlib import Path

import pytest

from bench.filling import Month, fill
from bench.plans import Lists, explained
from offhook.kit import sids
from offhook.storage.migrating import migrate_postgres, migrate_sqlite
from tests.postgresql import Server

NOW = 1_790_000_000_000_000
MANY = 20_000  # messages
BOUNDED = ("exchanges_by_time", "exchanges_that_failed")  # may be read as a whole: narrow, and as long as what is kept
FEW = "_by_resource|messages_sent_late|calls_by_parent|recordings_by_call"  # indexes that find a few rows
EMPTY = {"future", "past"}  # periods that any index with a date finds nothing in
USES = re.compile(r"using (\w+) on [^\n]*((?:\n +[A-Z][\w ]+: [^\n]*)*)")  # an index, and what is said of its use


async def plans_of(where: Path | str) -> dict[str, list[str]]:
    month = Month([sids.new_sid(sids.ACCOUNT) for _ in range(6)], MANY, NOW)
    await fill(where, month)
    async with explained(where, "SET enable_seqscan = off") as database:
        return await Lists(database, month).all()


@pytest.fixture(scope="module")
def sqlite_plans(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    path = tmp_path_factory.mktemp("plans") / "test.db"
    migrate_sqlite(path)
    return asyncio.run(plans_of(path))


@pytest.fixture(scope="module")
def postgres_plans() -> dict[str, list[str]]:
    with Server() as server:
        url = server.url(server.new_database())

        async def all_plans() -> dict[str, list[str]]:
            await migrate_postgres(url)
            return await plans_of(url)

        return asyncio.run(all_plans())


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_every_list_is_asked_for_in_every_way(kind, request):
    plans = request.getfixturevalue(f"{kind}_plans")
    assert sum(name.startswith("messages") for name in plans) == 4 * 4 * 6 * 3
    assert all(plans.values())


def test_sqlite_reads_no_table_from_one_end_to_the_other(sqlite_plans):
    for name, step in steps(sqlite_plans):
        if step.startswith("SCAN") and step != "SCAN anon_1":
            assert re.fullmatch(f"SCAN exchanges USING (COVERING )?INDEX ({'|'.join(BOUNDED)})", step), name


def test_sqlite_sorts_only_what_there_is_little_of(sqlite_plans):
    for name, plans in sqlite_plans.items():
        for plan in plans:
            if "TEMP B-TREE" in plan:
                assert re.search(FEW, plan) or name.startswith("traffic"), name


def test_sqlite_finds_dates_in_the_same_index(sqlite_plans):
    dates = {"since": "date_created>?", "until": "date_created<?"}
    for name, plans in sqlite_plans.items():
        for period in dates.keys() & set(name.split(",")[0].split()):
            assert any("messages_by_" in plan and dates[period] in plan for plan in plans), name


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_number_is_found_in_its_index(kind, request):
    for name, plans in request.getfixturevalue(f"{kind}_plans").items():
        words = set(name.split(",")[0].split())
        if name.startswith("messages") and {"From", "To"} & words and not EMPTY & words:
            assert any(re.search("messages_by_(from|to)\\b", plan) for plan in plans), name


def test_a_sender_of_few_messages_is_looked_up_before_a_recipient_of_many(sqlite_plans):
    assert "messages_by_from " in sqlite_plans["messages From person To ours"][1]
    assert "messages_by_to " in sqlite_plans["messages From busy To busy"][1]


def test_postgresql_reads_no_table_from_one_end_to_the_other(postgres_plans):
    for name, step in steps(postgres_plans):
        assert "Seq Scan" not in step, name
    for name, plans in postgres_plans.items():
        for plan in plans:
            assert {index for index, rest in USES.findall(plan) if "Index Cond" not in rest} <= set(BOUNDED), name


def steps(plans: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Each step of each plan, with the name of its list."""
    return [(name, step.strip()) for name, found in plans.items() for plan in found for step in plan.splitlines()]
