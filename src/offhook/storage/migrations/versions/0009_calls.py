"""Calls."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

IS_CHILD = "parent_call_sid IS NOT NULL"
IS_UNFINISHED = "status IN ('in-progress', 'queued', 'ringing')"


def _seq() -> sa.Column[Any]:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("seq", number, sa.Identity(always=False), nullable=False)


def _text(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=nullable) for name in names]


def _instant(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.BigInteger(), nullable=nullable) for name in names]


def upgrade() -> None:
    """Make the table of calls."""
    op.create_table(
        "calls",
        _seq(),
        *_text("sid", "account_sid", "direction", "from_", "to", "status"),
        *_instant("date_created", "date_updated"),
        *_instant("start_time", "end_time", nullable=True),
        *_text("parent_call_sid", "phone_number_sid", "answered_by", "forwarded_from", nullable=True),
        *_text("caller_name", "group_sid", "trunk_sid", nullable=True),
        sa.Column("queue_time", sa.BigInteger(), nullable=False),
        *_text("status_callback", nullable=True),
        *_text("status_callback_method", "events"),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("sid"),
    )
    op.create_index("calls_by_account", "calls", ["account_sid", "date_created", "seq", "status"], unique=False)
    op.create_index("calls_by_from", "calls", ["account_sid", "from_", "date_created", "seq"], unique=False)
    op.create_index("calls_by_to", "calls", ["account_sid", "to", "date_created", "seq"], unique=False)
    op.create_index("calls_by_parent", "calls", ["parent_call_sid", "seq"], unique=False, **_where(IS_CHILD))
    op.create_index(
        "calls_unfinished", "calls", ["account_sid", "seq", "status"], unique=False, **_where(IS_UNFINISHED)
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("calls")


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}
