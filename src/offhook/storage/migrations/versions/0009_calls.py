"""Calls, their recordings, the words in those, and documents that are kept here."""

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
    """Make the tables."""
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
    op.create_table(
        "recordings",
        _seq(),
        *_text("sid", "account_sid", "call_sid", "source", "status"),
        sa.Column("channels", sa.Integer(), nullable=False),
        *_text("track"),
        *_instant("date_created", "date_updated"),
        *_text("conference_sid", nullable=True),
        *_instant("length", nullable=True),
        sa.Column("error_code", sa.Integer(), nullable=True),
        sa.Column("trims", sa.Boolean(), nullable=False),
        *_text("status_callback", nullable=True),
        *_text("status_callback_method", "events", "lines"),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("sid"),
    )
    op.create_index("recordings_by_account", "recordings", ["account_sid", "date_created", "seq"], unique=False)
    op.create_index("recordings_by_call", "recordings", ["call_sid", "seq"], unique=False)
    op.create_index("recordings_by_conference", "recordings", ["conference_sid", "seq"], unique=False)
    op.create_table(
        "transcriptions",
        _seq(),
        *_text("sid", "account_sid", "recording_sid", "status", "text"),
        sa.Column("duration", sa.Integer(), nullable=False),
        *_instant("date_created", "date_updated"),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("sid"),
    )
    op.create_index("transcriptions_by_account", "transcriptions", ["account_sid", "date_created", "seq"])
    op.create_index("transcriptions_by_recording", "transcriptions", ["recording_sid", "seq"])
    op.create_table(
        "twiml_bins",
        _seq(),
        *_text("sid", "account_sid", "friendly_name", "twiml"),
        *_instant("date_created", "date_updated"),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("sid"),
    )
    op.create_index("alerts_by_resource", "alerts", ["resource_sid", "date_created", "seq"], unique=False)
    op.create_index("twiml_bins_by_account", "twiml_bins", ["account_sid", "seq"], unique=False)


def downgrade() -> None:
    """Undo it."""
    op.drop_index("alerts_by_resource", "alerts")
    op.drop_table("twiml_bins")
    op.drop_table("transcriptions")
    op.drop_table("recordings")
    op.drop_table("calls")


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}
