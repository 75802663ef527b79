"""A callback is written with the change it tells of, or not at all."""

from offhook.storage import Unit
from offhook.webhooks import outbox
from offhook.webhooks.outbox import Callback, has_earlier


def add(house, unit, resource="SM1", after=None, parameters=(("Body", "ä ✓"), ("A", ""), ("A", "2"))):
    house.outbox.add(
        unit, account_sid="AC1", resource_sid=resource, url="http://a", parameters=parameters, now=5, after=after
    )


def test_parameters_come_back_in_order_with_repeats(run):
    async def scenario(house):
        taken = []
        house.outbox.hand_over_to(taken.append)
        unit = Unit()
        add(house, unit)
        assert taken == []
        await house.database.commit(unit)
        (callback,) = taken
        assert callback.pairs == (("Body", "ä ✓"), ("A", ""), ("A", "2"))
        assert (callback.due, callback.created, callback.method) == (5, 5, "POST")
        (row,) = await read(house)
        assert row.pairs == callback.pairs
        assert row.sid == callback.sid

    run(scenario)


async def read(house):
    await outbox.claims.clear(house.database)
    return await outbox.claims.claim(house.database, now=10, hold=1, most=10)


def test_without_a_change_there_is_no_callback(run):
    async def scenario(house):
        taken = []
        house.outbox.hand_over_to(taken.append)
        unit = Unit()
        unchanged = unit.add(outbox._DELETE, {"sid": "nothing"})
        add(house, unit, after=unchanged)
        await house.database.commit(unit)
        assert (taken, house.rows()) == ([], [])

    run(scenario)


def test_in_a_process_that_does_not_deliver_a_callback_waits_free_for_others(run):
    async def scenario(house):
        idle = outbox.Outbox(house.queue.hold)
        unit = Unit()
        idle.add(unit, account_sid="AC1", resource_sid="SM1", url="http://a", parameters=(), now=5)
        await house.database.commit(unit)
        assert len(await outbox.claims.claim(house.database, now=10, hold=1, most=10)) == 1

    run(scenario)


def test_forgetting_removes_one(run):
    async def scenario(house):
        taken: list[Callback] = []
        house.outbox.hand_over_to(taken.append)
        unit = Unit()
        add(house, unit)
        add(house, unit)
        await house.database.commit(unit)
        assert not await has_earlier(house.database, taken[0])
        assert await has_earlier(house.database, taken[1])
        forgetting = Unit()
        outbox.forget(forgetting, taken[0])
        await house.database.commit(forgetting)
        assert not await has_earlier(house.database, taken[1])
        assert len(house.rows()) == 1

    run(scenario)
