"""What is kept is found again, on both databases."""

from offhook.exchanges import Exchange, by_sid, page, redaction, store
from offhook.exchanges.store import BATCH, OVERHEAD, Amount
from offhook.storage import PageRequest, Unit, parse_token


def exchange(number, **changes):
    values = {
        "sid": f"EX{number}",
        "account_sid": "AC1",
        "direction": "in",
        "kind": "api",
        "method": "POST",
        "url": "http://a.example/b",
        "request_headers": (("accept", "*/*"), ("x", "✓")),
        "request_body": "To=1",
        "status": 201,
        "response_headers": (("Content-Type", "application/json"),),
        "response_body": "{}",
        "started": 1_700_000_000_000_000,
        "elapsed": 1234,
        "resource_sid": None,
    }
    return Exchange(**{**values, **changes})


async def keep(database, *exchanges):
    unit = Unit()
    for each in exchanges:
        store.add(unit, each)
    await database.commit(unit)


async def sids(database, request=None, **filters):
    return [each.sid for each in (await page(database, request or PageRequest(), **filters)).rows]


def test_an_exchange_comes_back_as_it_was(run):
    async def scenario(database, work):
        whole = exchange(
            1,
            status=None,
            resource_sid="SM1",
            error_code=11205,
            error="no answer ✓",
            notes=("one", "two"),
            response_body="",
        )
        await keep(database, whole)
        found = await by_sid(database, "EX1")
        assert found.seq > 0
        found.seq = 0
        assert found == whole
        assert await by_sid(database, "EX2") is None

    run(scenario)


def test_what_was_captured_can_be_kept_whatever_bytes_it_was(run):
    """PostgreSQL refuses U+0000 in a text."""

    async def scenario(database, work):
        headers = redaction.headers([("x\x00y", "a\x00b"), ("Authorization", "Basic AAA6AAA=")])
        body = redaction.body(bytes(range(256)) * 300)
        await keep(
            database, exchange(1, url=redaction.url("http://a/\x00"), request_headers=headers, request_body=body)
        )
        found = await by_sid(database, "EX1")
        assert (found.url, found.request_body) == ("http://a/\ufffd", body)

    run(scenario)


def test_filters_must_all_match(run):
    async def scenario(database, work):
        await keep(
            database,
            exchange(1),
            exchange(2, account_sid="AC2"),
            exchange(3, direction="out", kind="callback", resource_sid="SM1"),
            exchange(4, direction="out", kind="document", resource_sid="SM1"),
            exchange(5, resource_sid="SM2"),
        )
        assert await sids(database) == ["EX5", "EX4", "EX3", "EX2", "EX1"]
        assert await sids(database, account_sid="AC1") == ["EX5", "EX4", "EX3", "EX1"]
        assert await sids(database, resource_sid="SM1") == ["EX4", "EX3"]
        assert await sids(database, resource_sid="SM1", kind="callback") == ["EX3"]
        assert await sids(database, direction="out", account_sid="AC2") == []
        assert await sids(database, direction="in", kind="api", account_sid="AC1") == ["EX5", "EX1"]

    run(scenario)


def test_pages_walk_there_and_back(run):
    async def scenario(database, work):
        await keep(database, *(exchange(n) for n in range(1, 6)))
        first = await page(database, PageRequest(2))
        following = PageRequest(2, 1, *parse_token(first.next_token))
        second = await page(database, following)
        assert [e.sid for e in second.rows] == ["EX3", "EX2"]
        await keep(database, exchange(6))
        assert [e.sid for e in second.rows] == await sids(database, following)
        back = parse_token(second.previous_token)
        assert await sids(database, PageRequest(2, 0, *back)) == ["EX5", "EX4"]

    run(scenario)


def test_what_is_kept_is_counted_in_bytes_as_well(run):
    async def scenario(database, work):
        assert await store.amount(database) == Amount(0, 0)
        unit = Unit()
        sizes = [store.add(unit, exchange(n, request_body=body)) for n, body in enumerate(("", "x" * 1000, "é" * 1000))]
        await database.commit(unit)
        assert sizes[1] == sizes[0] + 1000
        assert sizes[2] == sizes[0] + 2000
        assert sizes[0] >= OVERHEAD + len("http://a.example/b")
        assert await store.amount(database) == Amount(3, sum(sizes))

    run(scenario)


def test_the_oldest_go_first_until_it_suffices(run):
    async def scenario(database, work):
        await keep(database, *(exchange(n) for n in range(1, 8)))
        one = (await store.amount(database)).size // 7
        assert await store.prune(database, Amount(0, 0)) == Amount(0, 0)
        assert await store.prune(database, Amount(2, 0)) == Amount(2, 2 * one)
        assert await sids(database) == ["EX7", "EX6", "EX5", "EX4", "EX3"]
        assert await store.prune(database, Amount(0, one + 1)) == Amount(2, 2 * one)
        assert await store.prune(database, Amount(1, one + 1)) == Amount(2, 2 * one)
        assert await sids(database) == ["EX7"]
        assert await store.prune(database, Amount(5, 0)) == Amount(1, one)
        assert await store.prune(database, Amount(5, 0)) == Amount(0, 0)

    run(scenario)


def test_a_batch_goes_at_once_and_no_more(run):
    async def scenario(database, work):
        await keep(database, *(exchange(n) for n in range(BATCH + 5)))
        assert (await store.prune(database, Amount(BATCH + 3, 0))).count == BATCH
        assert (await store.amount(database)).count == 5

    run(scenario)
