"""Who may look at the console: links that sign in once, sessions, and a password."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def _seq() -> sa.Column[Any]:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("seq", number, sa.Identity(always=False), nullable=False)


def upgrade() -> None:
    """Make the tables."""
    for table, columns in {"console_links": ("date_created",), "console_sessions": ("date_created", "expires")}.items():
        op.create_table(
            table,
            _seq(),
            sa.Column("digest", sa.Text(), nullable=False),
            *(sa.Column(name, sa.BigInteger(), nullable=False) for name in columns),
            sa.PrimaryKeyConstraint("seq"),
            sa.UniqueConstraint("digest"),
        )
    op.create_table(
        "console_passwords",
        _seq(),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("date_created", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )


def downgrade() -> None:
    """Undo it."""
    for table in ("console_passwords", "console_sessions", "console_links"):
        op.drop_table(table)
