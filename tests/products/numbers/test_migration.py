"""Step 0003 on a database that has numbers already, and the tables it leaves against the ones the program declares."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from offhook.products.numbers import store
from offhook.storage import migrating

OLD = {"+14155550100": "local", "+18885550100": "toll-free", "+447400123456": "mobile", "+442079460018": "local"}


@pytest.fixture
def connection(tmp_path):
    """A connection to a database at step 0002."""
    engine = create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    with engine.connect() as opened:
        command.upgrade(migrating.configuration(connection=opened), "0002")
        yield opened
    engine.dispose()


def insert(connection, row, phone_number):
    connection.execute(
        text(
            "INSERT INTO phone_numbers (sid, account_sid, phone_number, friendly_name, date_created, date_updated,"
            " sms_method, sms_fallback_method, voice_method, voice_fallback_method, voice_caller_id_lookup,"
            " status_callback_method) VALUES (:sid, 'AC1', :number, 'old', 1, 1, 'POST', 'POST', 'POST', 'POST', 0,"
            " 'POST')"
        ),
        {"sid": f"PN{row}", "number": phone_number},
    )


def test_numbers_that_are_there_learn_their_kind_and_get_twilios_defaults(connection):
    for row, phone_number in enumerate(OLD):
        insert(connection, row, phone_number)
    command.upgrade(migrating.configuration(connection=connection), "0003")
    kinds = connection.execute(text("SELECT phone_number, type FROM phone_numbers")).all()
    assert dict(tuple(row) for row in kinds) == OLD
    defaults = text("SELECT DISTINCT api_version, voice_receive_mode, emergency_status, trunk_sid FROM phone_numbers")
    assert connection.execute(defaults).all() == [("2010-04-01", "voice", "Inactive", None)]


def test_the_tables_are_the_declared_ones_and_can_be_taken_back(connection):
    configuration = migrating.configuration(connection=connection)
    command.upgrade(configuration, "0003")
    ours = {"phone_numbers", "applications", "outgoing_caller_ids", "short_codes"}

    def is_ours(thing, name, kind, _reflected, _compared):
        return name in ours if kind == "table" else thing.table.name in ours

    context = MigrationContext.configure(connection, opts={"include_object": is_ours})
    assert compare_metadata(context, store.metadata) == []
    command.downgrade(configuration, "0002")
    names = {row[0] for row in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))}
    assert names & ours == {"phone_numbers"}
