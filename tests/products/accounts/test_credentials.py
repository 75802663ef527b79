"""Which credentials count, when, and for what."""

import asyncio

import pytest

from offhook.products.accounts.known import Known
from offhook.storage import Sealer
from offhook.web import ApiError, Identity
from tests.products.accounts.houses import house


def test_a_key_acts_as_its_account(tmp_path):
    async def scenario():
        async with house(tmp_path) as here:
            key = await here.commit(lambda unit: here.accounts.keys.create(unit, here.sid))
            found = await here.accounts.authenticate(key.key.sid, key.secret)
            assert found == Identity(here.sid, key.key.sid, owns_all=True)

    asyncio.run(scenario())


def test_a_subaccounts_key_does_not_own_all(tmp_path):
    async def scenario():
        async with house(tmp_path) as here:
            made = await here.subaccount()
            key = await here.commit(lambda unit: here.accounts.keys.create(unit, made.account.sid))
            found = await here.accounts.authenticate(key.key.sid, key.secret)
            assert found == Identity(made.account.sid, key.key.sid, owns_all=False)

    asyncio.run(scenario())


@pytest.mark.parametrize("wrong", ["", "x", "ü" * 32, "0" * 32])
def test_a_wrong_secret_is_nobody(tmp_path, wrong):
    async def scenario():
        async with house(tmp_path) as here:
            key = await here.commit(lambda unit: here.accounts.keys.create(unit, here.sid))
            assert await here.accounts.authenticate(key.key.sid, wrong) is None
            assert await here.accounts.authenticate(here.sid, wrong) is None
            assert await here.accounts.authenticate("SK" + "0" * 32, wrong) is None
            assert await here.accounts.authenticate("AC" + "0" * 32, wrong) is None

    asyncio.run(scenario())


def test_an_accounts_token_is_no_keys_secret_and_the_other_way_round(tmp_path):
    async def scenario():
        async with house(tmp_path) as here:
            key = await here.commit(lambda unit: here.accounts.keys.create(unit, here.sid))
            assert await here.accounts.authenticate(key.key.sid, here.auth_token) is None
            assert await here.accounts.authenticate(here.sid, key.secret) is None

    asyncio.run(scenario())


def test_unknown_keys_are_not_adopted(tmp_path):
    async def scenario():
        async with house(tmp_path, adopts=True) as here:
            assert await here.accounts.authenticate("SK" + "0" * 32, "secret") is None

    asyncio.run(scenario())


def test_a_closed_account_is_not_adopted_again(tmp_path):
    async def scenario():
        async with house(tmp_path, adopts=True) as here:
            sid = "AC" + "5" * 32
            assert await here.accounts.authenticate(sid, "theirs") is not None
            await here.set_status(sid, "closed")
            assert await here.accounts.authenticate(sid, "theirs") is None
            assert await here.accounts.authenticate(sid, "another") is None

    asyncio.run(scenario())


def test_secrets_are_sealed_in_the_file(tmp_path):
    async def scenario():
        async with house(tmp_path) as here:
            key = await here.commit(lambda unit: here.accounts.keys.create(unit, here.sid))
            token = await here.commit(lambda unit: here.accounts.tokens.create_secondary(unit, here.sid))
            made = await here.subaccount()
        return key.secret, token.auth_token, made.auth_token, here.auth_token

    secrets = asyncio.run(scenario())
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert [secret for secret in secrets if secret.encode() in held] == []


def test_revoked_suspended_and_changed_count_at_once_here(tmp_path):
    async def scenario():
        async with house(tmp_path) as here:
            made = await here.subaccount()
            sid = made.account.sid
            key = await here.commit(lambda unit: here.accounts.keys.create(unit, sid))
            assert await here.accounts.authenticate(key.key.sid, key.secret) is not None
            assert await here.accounts.authenticate(sid, made.auth_token) is not None
            await here.set_status(sid, "suspended")
            assert await here.accounts.authenticate(key.key.sid, key.secret) is None
            assert await here.accounts.authenticate(sid, made.auth_token) is None
            await here.set_status(sid, "active")
            assert await here.accounts.authenticate(key.key.sid, key.secret) is not None
            await here.commit(lambda unit: here.accounts.keys.revoke(unit, key.key, otherwise=LookupError()))
            assert await here.accounts.authenticate(key.key.sid, key.secret) is None
            assert await here.accounts.authenticate(sid, made.auth_token) is not None

    asyncio.run(scenario())


def test_a_change_by_another_process_counts_when_what_was_read_is_a_second_old(tmp_path):
    async def scenario():
        async with house(tmp_path) as here, house(tmp_path) as there:
            time = [50.0]
            known = Known(there.database, Sealer.open(tmp_path / "secret.key"), lambda: time[0])
            made = await here.subaccount()
            key = await here.commit(lambda unit: here.accounts.keys.create(unit, here.sid))
            assert (await known.key(key.key.sid)).secret == key.secret
            assert (await known.account(made.account.sid)).account == await here.accounts.fetch(made.account.sid)
            await here.commit(lambda unit: here.accounts.keys.revoke(unit, key.key, otherwise=LookupError()))
            await here.set_status(made.account.sid, "suspended")
            time[0] += 0.99
            assert await known.key(key.key.sid) is not None
            time[0] += 0.01
            assert await known.key(key.key.sid) is None
            assert (await known.account(made.account.sid)).account.status == "suspended"

    asyncio.run(scenario())


def test_a_key_that_is_revoked_twice_is_gone_the_second_time(tmp_path):
    async def scenario():
        async with house(tmp_path) as here:
            key = await here.commit(lambda unit: here.accounts.keys.create(unit, here.sid))
            await here.commit(lambda unit: here.accounts.keys.revoke(unit, key.key, otherwise=LookupError()))
            with pytest.raises(LookupError):
                await here.commit(lambda unit: here.accounts.keys.revoke(unit, key.key, otherwise=LookupError()))

    asyncio.run(scenario())


def test_a_keys_secret_is_handed_out_to_check_access_tokens(tmp_path):
    async def scenario():
        async with house(tmp_path) as here:
            made = await here.subaccount()
            key = await here.commit(lambda unit: here.accounts.keys.create(unit, made.account.sid))
            assert await here.accounts.key_secret(key.key.sid) == (made.account.sid, key.secret)
            await here.set_status(made.account.sid, "suspended")
            with pytest.raises(LookupError):
                await here.accounts.key_secret(key.key.sid)

    asyncio.run(scenario())


def test_an_account_is_as_active_as_those_that_own_it(tmp_path):
    async def scenario():
        async with house(tmp_path, adopts=True) as here:
            adopted = "AC" + "5" * 32
            await here.accounts.authenticate(adopted, "theirs")
            made = await here.subaccount(owner=adopted)
            assert await here.accounts.is_active(made.account.sid)
            await here.set_status(adopted, "suspended")
            assert not await here.accounts.is_active(made.account.sid)
            assert await here.accounts.authenticate(made.account.sid, made.auth_token) is None
            with pytest.raises(ApiError) as caught:
                await here.accounts.check_active(made.account.sid)
            assert (caught.value.code, caught.value.status) == (10001, 403)
            await here.set_status(adopted, "active")
            await here.accounts.check_active(made.account.sid)
            assert not await here.accounts.is_active("AC" + "0" * 32)

    asyncio.run(scenario())


def test_who_may_act_on_whom(tmp_path):
    async def scenario():
        async with house(tmp_path, adopts=True) as here:
            adopted = "AC" + "5" * 32
            await here.accounts.authenticate(adopted, "theirs")
            child = (await here.subaccount(owner=adopted)).account.sid
            other = (await here.subaccount()).account.sid
            everybody = [here.sid, adopted, child, other, "AC" + "0" * 32]

            async def reach(identity):
                return [sid for sid in everybody if await here.accounts.may_act_on(identity, sid)]

            assert await reach(Identity(here.sid, here.sid, owns_all=True)) == [here.sid, adopted, child, other]
            assert await reach(Identity(adopted, adopted)) == [adopted, child]
            assert await reach(Identity(child, child)) == [child]
            assert await reach(Identity(other, other)) == [other]
            for kind, expected in (("standard", [adopted]), ("main", [adopted, child])):
                key = await here.commit(lambda unit, k=kind: here.accounts.keys.create(unit, adopted, type=k))
                assert await reach(Identity(adopted, key.key.sid)) == expected

    asyncio.run(scenario())
