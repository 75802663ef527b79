"""Queues of callers."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def _seq() -> sa.Column[Any]:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("seq", number, sa.Identity(always=False), nullable=False)


def _text(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def upgrade() -> None:
    """Make the tables of queues and of who stands in them."""
    op.create_table(
        "queues",
        _seq(),
        *_text("sid", "account_sid", "friendly_name"),
        sa.Column("max_size", sa.Integer(), nullable=False),
        sa.Column("date_created", sa.BigInteger(), nullable=False),
        sa.Column("date_updated", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("sid"),
        sa.UniqueConstraint("account_sid", "friendly_name", name="queues_by_name"),
    )
    op.create_index("queues_by_account", "queues", ["account_sid", "seq"], unique=False)
    op.create_table(
        "queue_members",
        _seq(),
        *_text("account_sid", "queue_sid", "call_sid"),
        sa.Column("date_enqueued", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("call_sid"),
    )
    op.create_index("queue_members_by_queue", "queue_members", ["account_sid", "queue_sid", "seq"], unique=False)


def downgrade() -> None:
    """Undo it."""
    op.drop_table("queue_members")
    op.drop_table("queues")
