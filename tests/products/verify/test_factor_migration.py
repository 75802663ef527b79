"""The tables of step 0013 are the declared ones, and can be taken back."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from offhook.products.verify import entity_store
from offhook.storage import metadata, migrating

OURS = {"verify_entities", "verify_factors", "verify_challenges", "verify_webhooks"}


def test_the_tables_of_factors_are_the_declared_ones_and_can_be_taken_back(tmp_path):
    assert entity_store.entity_rows.metadata is metadata
    engine = create_engine(f"sqlite:///{tmp_path / 'new.db'}")
    with engine.connect() as connection:
        configuration = migrating.configuration(connection=connection)
        command.upgrade(configuration, "0013")

        def is_ours(thing, name, kind, _reflected, _compared):
            return name in OURS if kind == "table" else thing.table.name in OURS

        context = MigrationContext.configure(connection, opts={"include_object": is_ours})
        assert compare_metadata(context, metadata) == []
        command.downgrade(configuration, "0012")
        names = {row[0] for row in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))}
        assert names & OURS == set()
    engine.dispose()
