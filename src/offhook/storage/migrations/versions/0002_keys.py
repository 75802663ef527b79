"""API keys; an account's second token while tokens are changed, and its balance."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table of keys, widen accounts."""
    op.create_table(
        "api_keys",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("sid", sa.Text(), nullable=False),
        sa.Column("account_sid", sa.Text(), nullable=False),
        sa.Column("friendly_name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("date_created", sa.BigInteger(), nullable=False),
        sa.Column("date_updated", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("sid"),
    )
    op.create_index("api_keys_by_account", "api_keys", ["account_sid", "seq"], unique=False)
    op.add_column("accounts", sa.Column("secondary_auth_token", sa.Text(), nullable=True))
    op.add_column("accounts", sa.Column("secondary_date_created", sa.BigInteger(), nullable=True))
    op.add_column("accounts", sa.Column("balance", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("accounts", sa.Column("currency", sa.Text(), nullable=False, server_default="USD"))


def downgrade() -> None:
    """Undo it."""
    for name in ("currency", "balance", "secondary_date_created", "secondary_auth_token"):
        op.drop_column("accounts", name)
    op.drop_table("api_keys")
