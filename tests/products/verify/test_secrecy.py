"""A code is for its owner's eyes: it is on the phone, in the mailbox, and nowhere else.

A canary goes out by every channel. Then every table, every line of the log, and everything that the API says of what
happened is searched for it.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import structlog

from offhook.testing import Offhook
from offhook.testing.running import Running, settings_for
from tests.products.verify.proving import MAIL, OTHER, PERSON, begin, guess, refusal, service, wrong

CANARY = "QKX4W7ZT"
PEOPLES = {"handset_messages", "handset_call_lines", "mailbox_messages"}  # what phones and mailboxes show
SPELLED = " ".join(f"{letter}." for letter in CANARY)


class House:
    """An Offhook whose database and log can be read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log: list = []

    def places_of(self, *words: str) -> set[str]:
        """The tables, but for those of people, in which a word stands."""
        with closing(sqlite3.connect(self.folder / "offhook.db")) as database:
            names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            rows = {name: str(database.execute(f'SELECT * FROM "{name}"').fetchall()) for name in names}
        assert rows["verifications"] != "[]"
        return {name for name, found in rows.items() if any(word in found for word in words)}


@pytest.fixture
def house(tmp_path) -> House:
    return House(tmp_path / "data")


@pytest.fixture
def watched(house) -> Iterator[Offhook]:
    settings = replace(settings_for(house.folder), log_level="debug")
    with (
        structlog.testing.capture_logs() as house.log,
        Running(settings) as found,
        Offhook(found.url, found.account_sid, found.auth_token) as offhook,
    ):
        yield offhook


def send_everywhere(offhook):
    shop = service(offhook, custom_code_enabled=True, dtmf_input_required=False)
    begin(shop, custom_code=CANARY)
    begin(shop, OTHER, "call", custom_code=CANARY)
    begin(shop, MAIL, "email", custom_code=CANARY)
    call = offhook.handset(OTHER).incoming_call()
    call.answer()
    assert call.hears(SPELLED)
    offhook.clock.advance(minutes=1)
    assert offhook.handset(PERSON).latest_code() == CANARY
    assert CANARY in offhook.handset(PERSON).inbox[0].body
    assert CANARY in json.dumps(offhook._api.get(f"/offhook/v1/Mailboxes/{MAIL}/Messages"))
    return shop


def test_it_stands_in_no_table_but_the_phones(watched, house):
    send_everywhere(watched)
    assert house.places_of(CANARY, SPELLED) <= PEOPLES
    assert house.places_of(CANARY), "the canary must be where it may be"


def test_it_is_in_no_exchange_no_event_and_no_resource(watched):
    shop = send_everywhere(watched)
    guess(shop, wrong("123456"))
    guess(shop, CANARY)
    refusal(guess, shop, CANARY)
    watched.clock.settle()
    api = watched._api
    for path in ("/offhook/v1/Exchanges", "/monitor/v1/Events", "/monitor/v1/Alerts", "/offhook/v1/Verifications"):
        said = json.dumps(api.get(path, PageSize="1000"))
        assert CANARY not in said, path
        assert SPELLED not in said, path
    [call] = watched.client().calls.list()
    told = [event.request for event in watched.client().calls(call.sid).events.list()]
    assert SPELLED not in str(told)
    assert watched.client().messages.list() == []


def test_it_is_in_no_line_of_the_log(watched, house):
    shop = send_everywhere(watched)
    refusal(guess, shop, CANARY + "###")
    guess(shop, CANARY)
    watched.clock.settle()
    assert house.log
    assert CANARY not in str(house.log)
    assert SPELLED not in str(house.log)


def sealed(house):
    with closing(sqlite3.connect(house.folder / "offhook.db")) as database:
        return dict(database.execute("SELECT status, code FROM verifications").fetchall())


@pytest.mark.parametrize("end", ["approved", "canceled", "expired", "deleted"])
def test_with_the_end_the_code_is_erased(watched, house, end):
    shop = service(watched)
    begin(shop)
    assert sealed(house)["pending"].startswith("1:")
    if end == "approved":
        guess(shop, watched.handset(PERSON).latest_code())
    elif end == "canceled":
        shop.verifications(PERSON).update(status="canceled")
    elif end == "deleted":
        shop.delete()
    else:
        watched.clock.advance(minutes=10)
    watched.clock.settle()
    assert sealed(house) == {end: None}


def test_a_code_that_ended_while_nobody_was_there_is_erased_at_the_next_start(house):
    settings = settings_for(house.folder)
    with Running(settings) as found, Offhook(found.url, found.account_sid, found.auth_token) as offhook:
        begin(service(offhook))
    with closing(sqlite3.connect(house.folder / "offhook.db")) as database:
        database.execute("UPDATE verifications SET expires = expires - 600000000")
        database.commit()
    with Running(settings):
        assert sealed(house) == {"expired": None}


def test_what_an_app_counts_by_is_not_kept_as_it_came(watched, house):
    shop = service(watched)
    made = shop.rate_limits.create(unique_name="ip")
    shop.rate_limits(made.sid).buckets.create(max=4, interval=60)
    begin(shop, rate_limits=json.dumps({"ip": "203.0.113.77"}))
    watched.clock.settle()
    assert "verify_bucket_uses" not in house.places_of("203.0.113.77")


def test_production_has_no_latest_codes(tmp_path):
    settings = replace(settings_for(tmp_path / "production"), mode="production", clock="real")
    with Running(settings) as found, Offhook(found.url, found.account_sid, found.auth_token) as offhook:
        begin(service(offhook))
        assert refusal(begin, service(offhook), MAIL, "email") == (403, 60223)
        with pytest.raises(Exception, match="404"):
            offhook._api.get(f"/offhook/v1/Handsets/{PERSON}/LatestCode")
