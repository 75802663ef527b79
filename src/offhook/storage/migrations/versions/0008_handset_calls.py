"""Calls of people's phones, what is heard in them, how phones answer, and what is known of their lines."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

UNDER_WAY = "status IN ('queued', 'ringing', 'in-progress')"


def _seq() -> sa.Column[Any]:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("seq", number, sa.Identity(always=False), nullable=False)


def _text(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def upgrade() -> None:
    """Make the tables, add the traits of phones."""
    op.create_table(
        "handset_calls",
        _seq(),
        _text("sid"),
        _text("account_sid"),
        _text("address"),
        _text("direction"),
        _text("from_"),
        _text("to"),
        _text("status"),
        _text("call_sid", nullable=True),
        sa.Column("date_created", sa.BigInteger(), nullable=False),
        sa.Column("date_answered", sa.BigInteger(), nullable=True),
        sa.Column("date_ended", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("sid"),
    )
    op.create_index("handset_calls_by_address", "handset_calls", ["address", "date_created", "seq"])
    where = sa.text(UNDER_WAY)
    op.create_index("handset_calls_under_way", "handset_calls", ["seq"], sqlite_where=where, postgresql_where=where)
    op.create_table(
        "handset_call_lines",
        _seq(),
        _text("account_sid"),
        _text("call_sid"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _text("kind"),
        _text("text"),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("handset_call_lines_by_call", "handset_call_lines", ["call_sid", "seq"])
    op.create_table(
        "handset_lines",
        _seq(),
        _text("address"),
        _text("facts"),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("address"),
    )
    op.add_column("handset_behaviours", sa.Column("answers", sa.Text(), nullable=False, server_default="by-hand"))
    op.add_column("handset_behaviours", sa.Column("answer_delay", sa.BigInteger(), nullable=True))
    op.add_column("handset_behaviours", sa.Column("greeting", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Undo it."""
    for name in ("greeting", "answer_delay", "answers"):
        op.drop_column("handset_behaviours", name)
    op.drop_table("handset_lines")
    op.drop_table("handset_call_lines")
    op.drop_table("handset_calls")
