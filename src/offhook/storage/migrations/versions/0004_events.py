"""The log of what happened, audit events; exchanges that were sent again, and an index for those that failed."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ELSEWHERE = "account_sid <> actor_sid"
FAILED = "status IS NULL OR status >= 400 OR error_code IS NOT NULL"


def _seq() -> sa.Column[Any]:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("seq", number, sa.Identity(always=False), nullable=False)


def upgrade() -> None:
    """Make the two tables, widen exchanges."""
    op.create_table(
        "events",
        _seq(),
        sa.Column("account_sid", sa.Text(), nullable=True),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("sid", sa.Text(), nullable=True),
        sa.Column("date_created", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table(
        "audit_events",
        _seq(),
        sa.Column("sid", sa.Text(), nullable=False),
        sa.Column("account_sid", sa.Text(), nullable=False),
        sa.Column("actor_sid", sa.Text(), nullable=False),
        sa.Column("actor_type", sa.Text(), nullable=False),
        sa.Column("event_type", sa.Text(), nullable=False),
        sa.Column("resource_sid", sa.Text(), nullable=False),
        sa.Column("resource_type", sa.Text(), nullable=False),
        sa.Column("resource_uri", sa.Text(), nullable=False),
        sa.Column("source_ip_address", sa.Text(), nullable=True),
        sa.Column("event_data", sa.Text(), nullable=False),
        sa.Column("event_date", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("sid"),
    )
    short = ["event_date", "seq", "event_type", "source_ip_address"]
    op.create_index("audit_events_by_account", "audit_events", ["account_sid", *short, "actor_sid"], unique=False)
    op.create_index(
        "audit_events_by_actor",
        "audit_events",
        ["actor_sid", *short],
        sqlite_where=sa.text(ELSEWHERE),
        postgresql_where=sa.text(ELSEWHERE),
    )
    op.create_index("audit_events_by_resource", "audit_events", ["resource_sid", "seq"], unique=False)
    op.add_column("exchanges", sa.Column("resent_from", sa.Text(), nullable=True))
    op.create_index(
        "exchanges_that_failed",
        "exchanges",
        ["started", "seq"],
        sqlite_where=sa.text(FAILED),
        postgresql_where=sa.text(FAILED),
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_index("exchanges_that_failed", "exchanges")
    op.drop_column("exchanges", "resent_from")
    op.drop_table("audit_events")
    op.drop_table("events")
