"""Filters on both databases, in SQL."""

from offhook.exchanges import Exchange, Filters, page, store
from offhook.storage import PageRequest, Unit, parse_token

MINUTE = 60_000_000


def exchange(number, **changes):
    values = {
        "sid": f"EX{number}", "account_sid": "AC1", "direction": "in", "kind": "api", "method": "POST",
        "url": "http://a.example/Messages.json", "request_headers": (), "request_body": "To=1", "status": 201,
        "response_headers": (), "response_body": "{}", "started": number * MINUTE, "elapsed": 0,
    }  # fmt: skip
    return Exchange(**{**values, **changes})


def finds(run, kept, **filters):
    """The numbers of the exchanges that match."""
    found = []

    async def scenario(database, work):
        unit = Unit()
        for each in kept:
            store.add(unit, each)
        await database.commit(unit)
        found.extend(int(each.sid[2:]) for each in (await page(database, PageRequest(), Filters(**filters))).rows)

    run(scenario)
    return found[::-1]


def test_an_outcome_is_a_failure_without_answer_with_a_bad_status_or_with_an_error(run):
    kept = [
        exchange(1),
        exchange(2, status=None),
        exchange(3, status=400),
        exchange(4, error_code=12100),
        exchange(5, status=399),
    ]
    assert finds(run, kept, failed=True) == [2, 3, 4]


def test_what_did_not_fail_is_the_rest(run):
    kept = [exchange(1), exchange(2, status=None), exchange(3, status=500), exchange(4, status=302)]
    assert finds(run, kept, failed=False) == [1, 4]


def test_a_range_of_statuses_leaves_out_what_has_none(run):
    kept = [exchange(1, status=None), exchange(2, status=399), exchange(3, status=400), exchange(4, status=499)]
    assert finds(run, kept, statuses=(400, 499)) == [3, 4]


def test_times_are_included_on_either_side(run):
    kept = [exchange(number) for number in range(1, 6)]
    assert finds(run, kept, since=2 * MINUTE, until=4 * MINUTE) == [2, 3, 4]


def test_a_part_of_the_url_in_any_case_and_literally(run):
    kept = [exchange(1, url="http://a/SMS?x=1"), exchange(2, url="http://a/s_m"), exchange(3, url="http://a/50%/")]
    assert finds(run, kept, url="a/sms") == [1]


def test_signs_of_patterns_mean_themselves(run):
    kept = [exchange(1, url="http://a/s%m"), exchange(2, url="http://a/sxm"), exchange(3, url="http://a/s_m/b")]
    assert finds(run, kept, url="s_m/") == [3]


def test_text_is_looked_for_in_both_bodies(run):
    kept = [exchange(1, request_body="Body=Grüße"), exchange(2, response_body="<Message>GRüßE</Message>"), exchange(3)]
    assert finds(run, kept, text="grüße") == [1, 2]


def test_all_filters_must_match(run):
    kept = [
        exchange(1, direction="out", method="GET", resource_sid="SM1"),
        exchange(2, direction="out", method="GET", account_sid="AC2", resource_sid="SM1"),
        exchange(3, direction="out", method="POST", resource_sid="SM1"),
        exchange(4, direction="out", kind="callback", method="GET", resource_sid="SM1"),
    ]
    assert finds(run, kept, account_sid="AC1", direction="out", method="GET", kind="api", resource_sid="SM1") == [1]


def test_a_search_looks_through_so_many_and_goes_on_with_the_next_page(run, monkeypatch):
    monkeypatch.setattr(store, "LOOKED_THROUGH", 4)
    kept = [
        exchange(number, url=f"http://a/{'wanted' if number in (2, 3, 12) else 'other'}") for number in range(1, 14)
    ]

    async def scenario(database, work):
        unit = Unit()
        for each in kept:
            store.add(unit, each)
        await database.commit(unit)
        pages, request = [], PageRequest(2)
        while True:
            found = await page(database, request, Filters(url="wanted"))
            pages.append([int(each.sid[2:]) for each in found.rows])
            if found.next_token is None:
                break
            request = PageRequest(2, 1, *parse_token(found.next_token))
        assert pages == [[12], [], [3, 2], []]
        back = await page(database, PageRequest(2, 0, None, 1, 1 * MINUTE), Filters(url="wanted"))
        assert [int(each.sid[2:]) for each in back.rows] == [3, 2]
        further = PageRequest(2, 0, *parse_token(back.previous_token))
        assert (await page(database, further, Filters(url="wanted"))).rows == []

    run(scenario)


def test_those_of_one_resource_are_those_of_the_account(run):
    kept = [exchange(1, resource_sid="SM1"), exchange(2, resource_sid="SM1", account_sid="AC2"), exchange(3)]
    assert finds(run, kept, resource_sid="SM1", account_sid="AC1") == [1]


def test_a_text_is_found_in_a_form_as_well(run):
    kept = [
        exchange(1, response_body='{"body":"Two words, 5 %"}'),
        exchange(2, request_body="Body=two+words%2C+5+%25&To=%2B1"),
        exchange(3, request_body="Body=two%20words%2c%205%20%25"),
        exchange(4, request_body="Body=two+other+words%2C+5+%25"),
    ]
    assert finds(run, kept, text="two words, 5 %") == [1, 2, 3]
