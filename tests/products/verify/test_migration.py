"""Step 0012 against the tables that the program declares."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from offhook.products.network.mailboxes import mailbox_messages
from offhook.products.verify import attempt_store, block, rate_limit_store, safelist, service_store, verification_store
from offhook.storage import metadata, migrating

TABLES = {
    mailbox_messages.name,
    attempt_store.attempts.name,
    block.blocks.name,
    rate_limit_store.rate_limits.name,
    rate_limit_store.buckets.name,
    rate_limit_store.uses.name,
    safelist.safe_numbers.name,
    service_store.verify_services.name,
    verification_store.verifications.name,
}


@pytest.fixture
def connection(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def test_the_tables_are_the_declared_ones_and_can_be_taken_back(connection):
    configuration = migrating.configuration(connection=connection)
    command.upgrade(configuration, "0012")

    def is_ours(thing, name, kind, _reflected, _compared):
        return name in TABLES if kind == "table" else thing.table.name in TABLES

    context = MigrationContext.configure(connection, opts={"include_object": is_ours})
    assert compare_metadata(context, metadata) == []
    command.downgrade(configuration, "0011")
    names = {row[0] for row in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))}
    assert not names & TABLES
