"""Subaccounts: made, renamed, suspended, closed for good."""

import asyncio

import pytest

from offhook.web import ApiError
from tests.products.accounts.houses import house


def test_a_subaccount_without_a_name_is_named_after_its_moment(tmp_path):
    async def scenario():
        async with house(tmp_path) as here:
            assert (await here.subaccount()).account.friendly_name == "SubAccount Created at 2023-11-14 10:13 pm"

    asyncio.run(scenario())


def test_two_that_close_an_account_close_it_once(tmp_path):
    async def scenario():
        async with house(tmp_path) as here:
            account = (await here.subaccount()).account
            closed: list[str] = []
            here.accounts.on_closed(closed.append)

            def close(unit):
                return here.accounts.subaccounts.change(unit, account, None, "closed")

            outcomes = await asyncio.gather(here.commit(close), here.commit(close), return_exceptions=True)
            assert [outcome.code for outcome in outcomes if isinstance(outcome, ApiError)] == [21479]
            assert closed == [account.sid]

    asyncio.run(scenario())


def test_those_who_asked_hear_of_a_closed_account_whatever_the_others_do(tmp_path):
    async def scenario():
        async with house(tmp_path) as here:
            account = (await here.subaccount()).account
            heard: list[str] = []

            def stumble(_sid):
                raise RuntimeError("a bug somewhere else")

            here.accounts.on_closed(stumble)
            here.accounts.on_closed(heard.append)
            await here.set_status(account.sid, "suspended")
            assert heard == []
            await here.set_status(account.sid, "closed")
            assert heard == [account.sid]

    asyncio.run(scenario())


def test_a_new_name_does_not_undo_a_suspension_of_the_same_moment(tmp_path):
    async def scenario():
        async with house(tmp_path) as here:
            before = (await here.subaccount("Lin")).account
            change = here.accounts.subaccounts.change
            await here.commit(lambda unit: change(unit, before, None, "suspended"))
            await here.commit(lambda unit: change(unit, before, "Kim", None))
            after = await here.accounts.fetch(before.sid)
            assert after is not None
            assert (after.friendly_name, after.status) == ("Kim", "suspended")

    asyncio.run(scenario())


def test_a_subaccount_has_no_subaccounts(tmp_path):
    async def scenario():
        async with house(tmp_path) as here:
            made = await here.subaccount()
            with pytest.raises(ApiError) as caught:
                await here.subaccount(owner=made.account.sid)
            assert caught.value.code == 21101

    asyncio.run(scenario())
