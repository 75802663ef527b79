"""Step 0008 on a database that knows how phones behave already, and the tables it leaves against the declared ones."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from offhook.products.network import store
from offhook.storage import migrating

OLD = (
    "INSERT INTO handset_behaviours (pattern, outcome, delay, is_off, repeats, too_early, fault_rate, seed)"
    " VALUES ('+1415*', 'delivered', 0, 0, 0, 0, 0, 0)"
)
OURS = {"handset_behaviours", "handset_calls", "handset_call_lines", "handset_lines"}


def test_phones_answer_by_hand_and_the_tables_are_the_declared_ones_and_can_be_taken_back(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    with engine.connect() as connection:
        configuration = migrating.configuration(connection=connection)
        command.upgrade(configuration, "0007")
        connection.execute(text(OLD))
        command.upgrade(configuration, "0008")
        answers = connection.execute(text("SELECT answers, answer_delay, greeting FROM handset_behaviours")).all()
        assert [tuple(row) for row in answers] == [("by-hand", None, "")]

        def is_ours(thing, name, kind, _reflected, _compared):
            return name in OURS if kind == "table" else thing.table.name in OURS

        context = MigrationContext.configure(connection, opts={"include_object": is_ours})
        assert compare_metadata(context, store.metadata) == []
        command.downgrade(configuration, "0007")
        names = {row[0] for row in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))}
        assert names & OURS == {"handset_behaviours"}
    engine.dispose()
