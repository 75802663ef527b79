"""Queues and their members through the API, with Twilio's SDK."""

import sqlite3
from datetime import UTC, timedelta

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from twilio.base.exceptions import TwilioException, TwilioRestException

from offhook.products.voice import queue_store
from offhook.storage import migrating
from offhook.testing import Offhook
from offhook.testing.running import Running, quiet, settings_for

NUMBER, ANN, BOB = "+14155550199", "+15005550077", "+15005550078"
ENQUEUE = "<Response><Enqueue waitUrl=''>support</Enqueue></Response>"


def refused(operation):
    """The number and the status of the error."""
    with pytest.raises(TwilioRestException) as refusal:
        operation()
    return refusal.value.code, refusal.value.status


def test_a_queue_has_every_field_of_twilios(offhook):
    queue = offhook.client().queues.create("support")
    assert queue.sid.startswith("QU")
    assert (queue.friendly_name, queue.max_size, queue.account_sid) == ("support", 1000, offhook.account_sid)
    assert (queue.current_size, queue.average_wait_time) == (0, 0)
    assert queue.date_created == queue.date_updated == offhook.clock.now().replace(microsecond=0, tzinfo=UTC)
    assert queue.uri == f"/2010-04-01/Accounts/{offhook.account_sid}/Queues/{queue.sid}.json"
    assert queue.fetch().sid == queue.sid


def test_a_queue_can_be_changed(offhook):
    queue = offhook.client().queues.create("support", max_size=7)
    offhook.clock.advance(minutes=1)
    changed = queue.update(friendly_name="sales", max_size=5000)
    assert (changed.friendly_name, changed.max_size) == ("sales", 5000)
    assert changed.date_updated > changed.date_created
    assert queue.update().friendly_name == "sales"


def test_queues_are_listed_newest_first_in_pages(offhook):
    client = offhook.client()
    names = [client.queues.create(f"queue {number}").friendly_name for number in range(5)]
    assert [queue.friendly_name for queue in client.queues.list(page_size=2)] == names[::-1]


def test_a_name_is_given_once(offhook):
    client = offhook.client()
    client.queues.create("support")
    sales = client.queues.create("sales")
    assert refused(lambda: client.queues.create("support")) == (22003, 400)
    assert refused(lambda: sales.update(friendly_name="support")) == (22003, 400)
    assert sales.update(friendly_name="sales").friendly_name == "sales"


@pytest.mark.parametrize(
    "wrong",
    [
        {"friendly_name": "q" * 65},
        {"friendly_name": ""},
        {"friendly_name": "support", "max_size": 0},
        {"friendly_name": "support", "max_size": 5001},
    ],
)
def test_a_queue_that_cannot_be_is_refused(offhook, wrong):
    assert refused(lambda: offhook.client().queues.create(**wrong)) == (20001, 400)
    assert offhook.client().queues.list() == []


def test_another_accounts_queue_does_not_exist(offhook):
    client = offhook.client()
    queue = client.queues.create("support")
    other = client.api.accounts.create()
    theirs = offhook.client(other.sid, other.auth_token)
    assert theirs.queues.list() == []
    assert refused(theirs.queues(queue.sid).fetch) == (20404, 404)
    with pytest.raises(TwilioException, match="20404"):
        theirs.queues(queue.sid).members.list()
    assert refused(lambda: theirs.queues(queue.sid).update(max_size=1)) == (20404, 404)
    assert refused(theirs.queues(queue.sid).delete) == (20404, 404)
    assert theirs.queues.create("support").sid != queue.sid


def test_an_empty_queue_can_be_deleted(offhook):
    queue = offhook.client().queues.create("support")
    assert queue.delete()
    assert refused(queue.fetch) == (20404, 404)
    assert refused(queue.delete) == (20404, 404)


def test_a_queue_with_somebody_in_it_cannot_be_deleted(offhook, app):
    app.says("/voice", ENQUEUE)
    offhook.number(NUMBER, voice_url=f"{app.url}/voice")
    call = offhook.handset(ANN).call(NUMBER)
    offhook.clock.settle()
    (queue,) = offhook.client().queues.list()
    assert refused(queue.delete) == (20409, 409)
    call.hangs_up()
    offhook.clock.settle()
    assert queue.delete()
    again = offhook.handset(ANN).call(NUMBER)
    offhook.clock.settle()
    (new,) = offhook.client().queues.list()
    assert new.sid != queue.sid
    assert new.members("Front").fetch().call_sid == again.call_sid


def test_members_have_a_position_and_a_waiting_time(either):
    offhook, app = either
    app.says("/voice", ENQUEUE)
    offhook.number(NUMBER, voice_url=f"{app.url}/voice")
    calls = []
    for phone in (ANN, BOB):
        calls.append(offhook.handset(phone).call(NUMBER))
        offhook.clock.advance(seconds=30)
    (queue,) = offhook.client().queues.list()
    assert (queue.current_size, queue.average_wait_time) == (2, 45)
    front, last = queue.members.list(page_size=1)
    assert (front.call_sid, front.position, front.wait_time) == (calls[0].call_sid, 1, 60)
    assert (last.call_sid, last.position, last.wait_time) == (calls[1].call_sid, 2, 30)
    assert front.queue_sid == queue.sid
    assert last.date_enqueued - front.date_enqueued == timedelta(seconds=30)
    assert front.uri.endswith(f"/Queues/{queue.sid}/Members/{front.call_sid}.json")
    calls[0].hangs_up()
    offhook.clock.settle()
    front = queue.members("Front").fetch()
    assert (front.call_sid, front.position) == (calls[1].call_sid, 1)
    assert queue.fetch().average_wait_time == 30


def test_who_does_not_stand_in_a_queue_is_no_member(offhook):
    queue = offhook.client().queues.create("support")
    members = queue.members
    assert members.list() == []
    for name in ("Front", "CA" + "0" * 32):
        assert refused(members(name).fetch) == (20404, 404)
        assert refused(lambda name=name: members(name).update(url="http://127.0.0.1/x")) == (20404, 404)


def test_dequeuing_needs_a_url(offhook):
    members = offhook.client().queues.create("support").members
    assert refused(lambda: members("Front").update(url="")) == (20001, 400)
    assert refused(lambda: members("Front").update(url="nowhere")) == (21205, 400)


def test_nobody_stands_in_a_queue_whose_call_ended_with_the_process(tmp_path):
    settings = settings_for(tmp_path)
    with quiet(), Running(settings) as found, Offhook.of(found) as offhook:
        sid = offhook.client().queues.create("support").sid
    with sqlite3.connect(tmp_path / "offhook.db") as kept:
        kept.execute(
            "INSERT INTO queue_members (account_sid, queue_sid, call_sid, date_enqueued) VALUES (?, ?, 'CA1', 1)",
            (found.account_sid, sid),
        )
    kept.close()
    with quiet(), Running(settings) as found, Offhook.of(found) as offhook:
        queue = offhook.client().queues(sid).fetch()
        assert (queue.current_size, queue.friendly_name) == (0, "support")
        assert queue.members.list() == []


def test_the_migrated_tables_are_the_declared_ones_and_can_be_taken_back(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    ours = {"queues", "queue_members"}

    def is_ours(thing, name, kind, _reflected, _compared):
        return name in ours if kind == "table" else thing.table.name in ours

    with engine.connect() as connection:
        configuration = migrating.configuration(connection=connection)
        command.upgrade(configuration, "0011")
        context = MigrationContext.configure(connection, opts={"include_object": is_ours})
        assert compare_metadata(context, queue_store.metadata) == []
        command.downgrade(configuration, "0010")
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        assert not {row[0] for row in names} & ours
    engine.dispose()
