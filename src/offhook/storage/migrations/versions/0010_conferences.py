"""Conferences and who is in them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

IS_OPEN = "status IN ('in-progress', 'init')"


def _seq() -> sa.Column[Any]:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("seq", number, sa.Identity(always=False), nullable=False)


def _text(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=nullable) for name in names]


def _number(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in names]


def _flag(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Boolean(), nullable=False) for name in names]


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "conferences",
        _seq(),
        *_text("sid", "account_sid", "friendly_name", "status"),
        *_number("date_created", "date_updated"),
        *_text("region"),
        *_text("reason_conference_ended", "call_sid_ending_conference", "status_callback", nullable=True),
        *_text("status_callback_method", "events"),
        *_number("told"),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("sid"),
    )
    by_date = ["date_created", "seq"]
    op.create_index("conferences_by_account", "conferences", ["account_sid", *by_date, "status"], unique=False)
    op.create_index("conferences_by_name", "conferences", ["account_sid", "friendly_name", *by_date], unique=False)
    is_open: dict[str, Any] = {"sqlite_where": sa.text(IS_OPEN), "postgresql_where": sa.text(IS_OPEN)}
    op.create_index("conferences_open", "conferences", ["account_sid", *by_date, "status"], unique=False, **is_open)
    op.create_table(
        "participants",
        _seq(),
        *_text("account_sid", "conference_sid", "call_sid"),
        *_number("date_created", "date_updated"),
        *_text("label", nullable=True),
        *_flag("present", "muted", "hold"),
        *_text("call_sid_to_coach", nullable=True),
        *_flag("start_conference_on_enter", "end_conference_on_exit", "beep_on_exit"),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("call_sid"),
    )
    op.create_index(
        "participants_by_conference", "participants", ["account_sid", "conference_sid", "seq"], unique=False
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("participants")
    op.drop_table("conferences")
