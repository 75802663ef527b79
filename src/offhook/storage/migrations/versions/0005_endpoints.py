"""Callbacks know their endpoint, so that those of one that is stuck can be told from the others."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column; callbacks that wait already share one lane."""
    op.add_column("callbacks", sa.Column("endpoint", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    """Undo it."""
    op.drop_column("callbacks", "endpoint")
