"""Conferences in the database: after a process was killed, on either database, and as migrations make the tables."""

import asyncio

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from offhook.kit.sids import CALL, CONFERENCE, new_sid
from offhook.products.voice import conference_store as store
from offhook.products.voice.conference import Conference, Participant
from offhook.products.voice.conference_recording import ConferenceRecordings
from offhook.products.voice.conference_tracking import ConferenceTracking
from offhook.products.voice.conferring import Conferring
from offhook.products.voice.recordings import Recordings
from offhook.products.voice.switchboard import Switchboard
from offhook.runtime import Tasks, VirtualClock, VirtualTimers, Work
from offhook.storage import PageRequest, Query, Unit, metadata, migrating, open_database, reading
from offhook.web.origin import Origin
from offhook.webhooks import Callback, Outbox, outbox
from tests.products.voice.conferences import ANN, BOB, CAT, comes, conference, events

NOW, ACCOUNT = 1_700_000_000_000_000, "AC" + "1" * 32
CALLBACKS = Query(reading(outbox.callbacks, Callback), Callback)


def new_conference(name, status):
    to = {"status_callback": "http://app.test/events", "events": "end", "told": 4}
    return Conference(0, new_sid(CONFERENCE), ACCOUNT, name, status, NOW, NOW, **to)


async def left_behind(database, *conferences):
    unit = Unit()
    for one in conferences:
        store.add(unit, one)
        store.seat(unit, Participant(0, ACCOUNT, one.sid, new_sid(CALL), NOW, NOW, present=True))
    await database.commit(unit)


def test_conferences_that_a_killed_process_left_behind_are_over_and_told_of(tmp_path):
    async def scenario():
        work = Work()
        database = await open_database(None, tmp_path, work)
        timers, tasks, outbox = VirtualTimers(work, VirtualClock(NOW + 1)), Tasks(work), Outbox(hold=0)
        clock, switchboard = timers.clock, Switchboard()
        tapes = ConferenceRecordings(Recordings(database, outbox, Origin(), timers, tasks), switchboard, clock, tasks)
        begun, waiting = new_conference("One", "in-progress"), new_conference("Two", "init")
        await left_behind(database, begun, waiting)
        conferring = Conferring(database, ConferenceTracking(outbox, clock), tapes, switchboard, clock)
        await conferring.start()
        found = [await store.by_sid(database, ACCOUNT, one.sid) for one in (begun, waiting)]
        members = [
            await store.participants_page(database, ACCOUNT, one.sid, PageRequest(), {}) for one in (begun, waiting)
        ]
        callbacks = await database.all(CALLBACKS)
        await database.close()
        return found, [page.rows for page in members], callbacks

    found, members, callbacks = asyncio.run(scenario())
    assert [(one.status, one.reason_conference_ended, one.date_updated) for one in found] == [
        ("completed", "last-participant-left", NOW + 1)
    ] * 2
    assert members == [[], []]
    assert [dict(one.pairs)["StatusCallbackEvent"] for one in callbacks] == ["conference-end"] * 2
    assert [dict(one.pairs)["SequenceNumber"] for one in callbacks] == ["5", "5"]


def test_on_either_database_people_come_are_muted_and_go(either):
    offhook, app = either
    app.says("/events")
    told = {"status_callback": "/events", "status_callback_event": "start join leave mute end"}
    ann, bob = comes(offhook, app, ANN, participant_label="chair", **told), comes(offhook, app, BOB)
    cat = comes(offhook, app, CAT, coach=ann.call_sid)
    team = conference(offhook)
    assert team.participants("chair").update(muted=True).muted is True
    assert [one.call_sid for one in team.participants.list(muted=True, hold=False)] == [ann.call_sid]
    assert [one.call_sid for one in team.participants.list(coaching=True)] == [cat.call_sid]
    today = offhook.clock.now().date()
    assert len(offhook.client().conferences.list(date_created=today, date_updated=today, status="in-progress")) == 1
    for call in (ann, bob, cat):
        call.hangs_up()
    offhook.clock.settle()
    assert team.fetch().status == "completed"
    joins, leaves = ["participant-join"] * 2 + ["conference-start"] + ["participant-join"], ["participant-leave"] * 3
    assert events(offhook, app) == [*joins, "participant-mute", *leaves, "conference-end"]


def test_the_migrated_tables_are_the_declared_ones_and_can_be_taken_back(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'new.db'}")
    ours = {"conferences", "participants"}

    def is_ours(thing, name, kind, _reflected, _compared):
        return name in ours if kind == "table" else thing.table.name in ours

    with engine.connect() as connection:
        configuration = migrating.configuration(connection=connection)
        command.upgrade(configuration, "0010")
        context = MigrationContext.configure(connection, opts={"include_object": is_ours})
        assert compare_metadata(context, metadata) == []
        command.downgrade(configuration, "0009")
        names = {row[0] for row in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))}
    engine.dispose()
    assert not names & ours
