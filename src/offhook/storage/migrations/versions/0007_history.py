"""What a change was, in the log; what a reply answers; counts of messages; a list of phones."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

UNDONE = "status IN ('canceled', 'failed', 'undelivered')"
IS_REPLY = "in_reply_to IS NOT NULL"
BY_ACCOUNT = ["account_sid", "date_created", "seq"]


def _seq() -> sa.Column[Any]:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("seq", number, sa.Identity(always=False), nullable=False)


def upgrade() -> None:
    """Add columns and indexes, make the table of phones."""
    op.add_column("events", sa.Column("detail", sa.Text(), nullable=True))
    op.add_column("messages", sa.Column("in_reply_to", sa.Text(), nullable=True))
    op.create_index("messages_by_reply", "messages", ["in_reply_to", "seq"], **_where(IS_REPLY))
    op.create_index("messages_undone", "messages", ["account_sid", "date_created", "status"], **_where(UNDONE))
    op.drop_index("messages_by_account", "messages")
    op.create_index("messages_by_account", "messages", [*BY_ACCOUNT, "direction"], unique=False)
    op.create_table(
        "handsets",
        _seq(),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("date_last_text", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("address"),
    )
    op.create_index("handsets_by_last_text", "handsets", ["last_seq", "seq"], unique=False)
    op.execute(
        "INSERT INTO handsets (address, last_seq) SELECT pattern, 0 FROM handset_behaviours WHERE pattern NOT LIKE '%*'"
    )
    op.execute(
        "INSERT INTO handsets (address, last_seq) SELECT pattern, 0 FROM handset_behaviours WHERE pattern NOT LIKE '%*'"
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("handsets")
    op.drop_index("messages_by_account", "messages")
    op.create_index("messages_by_account", "messages", BY_ACCOUNT, unique=False)
    op.drop_index("messages_undone", "messages")
    op.drop_index("messages_by_reply", "messages")
    op.drop_column("messages", "in_reply_to")
    op.drop_column("events", "detail")


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}
