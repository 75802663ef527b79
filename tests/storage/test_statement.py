"""SQL written once, run by two drivers."""

import asyncio

import msgspec
import pytest
from sqlalchemy import and_, func, or_, select, true, update

from offhook.storage import Query, Statement, Unit, given, lease_of, reading
from tests.sample_tables import ADD, ALL, Parcel, adding, parcel, parcels


@pytest.mark.parametrize("form", ["sqlite", "postgres"])
def test_a_missing_value_is_a_key_error(form):
    values = parcel("P1")
    del values["weight"]
    with pytest.raises(KeyError, match="weight"):
        getattr(ADD, form).arguments(values)


@pytest.mark.parametrize("form", ["sqlite", "postgres"])
def test_values_that_nobody_asked_for_are_left_alone(form):
    compiled = getattr(ADD, form)
    assert compiled.arguments({**parcel("P1"), "colour": "red"}) == compiled.arguments(parcel("P1"))


def test_an_insert_names_every_column_but_seq():
    assert sorted(ADD.sqlite.names) == sorted(column.name for column in parcels.columns if column.name != "seq")
    assert ADD.inserts_one


def test_a_value_used_twice_is_given_once(place):
    async def scenario():
        async with place.opened() as database:
            await database.commit(adding("P1", weight=5))
            unit = Unit()
            heavier = update(parcels).where(parcels.c.weight < given("grams")).values(weight=given("grams"))
            step = unit.add(Statement(heavier), {"grams": 9})
            await database.commit(unit)
            assert (step.changed, (await database.first(ALL)).weight) == (1, 9)

    asyncio.run(scenario())


def test_constants_stay_in_the_statement(place):
    async def scenario():
        async with place.opened() as database:
            for sid, weight in (("A", 1), ("B", 2), ("C", 3), ("D", 4)):
                await database.commit(adding(sid, weight=weight))
            wanted = and_(
                parcels.c.weight.in_([1, 3, 4]), or_(parcels.c.sid != "D", parcels.c.status == given("status"))
            )
            query = Query(select(parcels.c.sid).where(wanted).order_by(parcels.c.sid), str)
            assert await database.all(query, status="sent") == ["A", "C"]
            assert await database.all(query, status="new") == ["A", "C", "D"]
            nothing = Query(select(parcels.c.sid).where(parcels.c.weight.in_([])), str)
            assert await database.all(nothing) == []

    asyncio.run(scenario())


def test_booleans_are_booleans_on_both_databases(place):
    class Care(msgspec.Struct):
        sid: str
        fragile: bool | None

    async def scenario():
        async with place.opened() as database:
            for sid, fragile in (("A", True), ("B", False), ("C", None)):
                await database.commit(adding(sid, fragile=fragile))
            found = await database.all(Query(reading(parcels, Care).order_by(parcels.c.sid), Care))
            assert [row.fragile for row in found] == [True, False, None]
            assert [type(row.fragile) for row in found] == [bool, bool, type(None)]
            careful = Query(select(parcels.c.sid).where(parcels.c.fragile == true()), str)
            assert await database.all(careful) == ["A"]
            chosen = Query(select(parcels.c.sid).where(parcels.c.fragile == given("fragile")), str)
            assert await database.all(chosen, fragile=False) == ["B"]

    asyncio.run(scenario())


def test_numbers_of_microseconds_and_any_text_come_back_as_they_were(place):
    async def scenario():
        async with place.opened() as database:
            text = "naïve 'quotes' \"and\" ?$1 :name % \\ \N{TELEPHONE RECEIVER} \U0001f4de\n"
            await database.commit(adding("P1", status=text, weight=2**63 - 1, due=-(2**63)))
            row = await database.first(ALL)
            assert (row.status, row.weight, row.due) == (text, 2**63 - 1, -(2**63))

    asyncio.run(scenario())


def test_expressions_replace_given_values(place):
    async def scenario():
        async with place.opened() as database:
            statement = Statement.insert(parcels, **lease_of(5_000_000), status=func.upper(given("word")))
            values = {**parcel("P1"), "word": "new"}
            del values["lease"], values["status"]
            unit = Unit()
            unit.add(statement, values)
            unit.add(statement, {**values, "sid": "P2"})
            await database.commit(unit)
            assert [row.status for row in await database.all(ALL)] == ["NEW", "NEW"]

    asyncio.run(scenario())


def test_records_may_be_made_by_any_function(place):
    async def scenario():
        async with place.opened() as database:
            await database.commit(adding("A", "B"))
            total = Query(select(func.count(), func.sum(parcels.c.weight)), lambda count, grams: (count, int(grams)))
            assert await database.first(total) == (2, 2)
            assert [type(row) for row in await database.all(ALL)] == [Parcel, Parcel]

    asyncio.run(scenario())
