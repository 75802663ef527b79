"""A second token beside the first; promoted, it is the only one."""

import asyncio

import pytest

from offhook.storage import Unit
from tests.products.accounts.houses import House, house


async def second_token(here: House) -> str:
    made = await here.commit(lambda unit: here.accounts.tokens.create_secondary(unit, here.sid))
    return made.auth_token


async def counting(here: House, *tokens: str) -> list[bool]:
    return [await here.accounts.authenticate(here.sid, token) is not None for token in tokens]


def test_both_tokens_count_until_the_second_is_promoted(tmp_path):
    async def scenario():
        async with house(tmp_path) as here:
            first, second = here.auth_token, await second_token(here)
            assert await counting(here, first, second) == [True, True]
            assert await here.accounts.auth_token(here.sid) == first
            unit = Unit()
            await here.accounts.tokens.promote(unit, here.sid, otherwise=LookupError())
            await here.database.commit(unit)
            assert await counting(here, first, second) == [False, True]
            assert await here.accounts.auth_token(here.sid) == second

    asyncio.run(scenario())


def test_a_promoted_token_is_still_there_after_a_restart(tmp_path):
    async def scenario():
        async with house(tmp_path) as here:
            second = await second_token(here)
            unit = Unit()
            await here.accounts.tokens.promote(unit, here.sid, otherwise=LookupError())
            await here.database.commit(unit)
        async with house(tmp_path) as again:
            assert again.auth_token == second

    asyncio.run(scenario())


def test_another_second_token_takes_the_place_of_the_first_one(tmp_path):
    async def scenario():
        async with house(tmp_path) as here:
            one, two = await second_token(here), await second_token(here)
            assert await counting(here, here.auth_token, one, two) == [True, False, True]

    asyncio.run(scenario())


def test_a_deleted_second_token_counts_no_more(tmp_path):
    async def scenario():
        async with house(tmp_path) as here:
            second = await second_token(here)
            unit = Unit()
            assert await here.accounts.tokens.delete_secondary(unit, here.sid)
            await here.database.commit(unit)
            assert await counting(here, here.auth_token, second) == [True, False]
            assert not await here.accounts.tokens.delete_secondary(Unit(), here.sid)

    asyncio.run(scenario())


def test_what_is_promoted_is_what_was_shown(tmp_path):
    async def scenario():
        async with house(tmp_path) as here:
            await second_token(here)
            unit = Unit()
            await here.accounts.tokens.promote(unit, here.sid, otherwise=LookupError())
            newest = await second_token(here)
            with pytest.raises(LookupError):
                await here.database.commit(unit)
            assert await counting(here, here.auth_token, newest) == [True, True]

    asyncio.run(scenario())


def test_without_a_second_token_there_is_nothing_to_promote(tmp_path):
    async def scenario():
        async with house(tmp_path) as here:
            assert await here.accounts.tokens.promote(Unit(), here.sid, otherwise=LookupError()) is None

    asyncio.run(scenario())
