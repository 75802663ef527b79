"""Pages that stay where they are while rows come and go."""

import asyncio

import pytest

from offhook.storage import PageRequest, Unit, parse_token, read_page, reading
from tests.sample_tables import REMOVE, Parcel, adding, parcels


async def page(database, request):
    return await read_page(database, reading(parcels, Parcel), parcels, Parcel, request)


async def add(database, first, last):
    await database.commit(adding(*(f"P{n}" for n in range(first, last + 1))))


def numbers(found):
    return [int(row.sid[1:]) for row in found.rows]


def following(token, size, number=0):
    return PageRequest(size, number, *parse_token(token))


def test_pages_forwards_then_backwards_show_every_row_once(place):
    async def scenario():
        async with place.opened() as database:
            await add(database, 1, 8)
            first = await page(database, PageRequest(3))
            assert (numbers(first), first.previous_token) == ([8, 7, 6], None)
            second = await page(database, following(first.next_token, 3))
            third = await page(database, following(second.next_token, 3))
            assert (numbers(second), numbers(third), third.next_token) == ([5, 4, 3], [2, 1], None)
            back = await page(database, following(third.previous_token, 3))
            assert numbers(back) == [5, 4, 3]
            start = await page(database, following(back.previous_token, 3))
            assert (numbers(start), start.previous_token) == ([8, 7, 6], None)
            assert numbers(await page(database, following(start.next_token, 3))) == [5, 4, 3]

    asyncio.run(scenario())


def test_rows_that_come_and_go_meanwhile_do_not_move_the_pages(place):
    async def scenario():
        async with place.opened() as database:
            await add(database, 1, 6)
            first = await page(database, PageRequest(2))
            await add(database, 7, 9)
            removing = Unit()
            removing.add(REMOVE, {"key": "P5"})  # the very row the token points behind
            removing.add(REMOVE, {"key": "P3"})
            await database.commit(removing)
            second = await page(database, following(first.next_token, 2))
            assert (numbers(first), numbers(second)) == ([6, 5], [4, 2])
            back = await page(database, following(second.previous_token, 2))
            assert numbers(back) == [7, 6]
            newest = await page(database, following(back.previous_token, 2))
            assert (numbers(newest), newest.previous_token) == ([9, 8], None)

    asyncio.run(scenario())


def test_a_page_that_ends_with_the_last_row_has_no_next(place):
    async def scenario():
        async with place.opened() as database:
            await add(database, 1, 4)
            first = await page(database, PageRequest(2))
            last = await page(database, following(first.next_token, 2))
            assert (numbers(last), last.next_token) == ([2, 1], None)
            beyond = await page(database, following("PA1", 2))
            assert (beyond.rows, beyond.next_token, beyond.previous_token) == ([], None, None)

    asyncio.run(scenario())


def test_a_page_can_be_asked_for_by_number(place):
    async def scenario():
        async with place.opened() as database:
            await add(database, 1, 5)
            third = await page(database, PageRequest(2, number=2))
            assert (numbers(third), third.next_token) == ([1], None)
            assert numbers(await page(database, following(third.previous_token, 2))) == [3, 2]

    asyncio.run(scenario())


RUBBISH = [
    "",
    "PA",
    "PB",
    "5",
    "PA-5",
    "PA+5",
    "PA 5",
    "PA5 ",
    "PA0x5",
    "PA5_0",
    "PAzz",
    "pa5",
    "PAFF",
    "PA٣",
    "PA5\n",
    "PA5-",
    "PA-5",
    "PA5-x",
    "PA5-5-5",
]


@pytest.mark.parametrize("token", [*RUBBISH, "PA" + "f" * 16, "PA5-" + "f" * 16])
def test_rubbish_is_no_token(token):
    with pytest.raises(ValueError, match="not a page token"):
        parse_token(token)


def test_tokens_carry_the_place():
    assert parse_token("PA1f") == (31, None, None)
    assert parse_token("PB7fffffffffffffff") == (None, 2**63 - 1, None)
    assert parse_token("PA1f-7b") == (31, None, 123)
