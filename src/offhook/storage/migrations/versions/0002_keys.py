"""API keys; an account's second token while tokens are changed, its balance, its settings and geo permissions."""

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
    op.create_table(
        "messaging_geo_permissions",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("account_sid", sa.Text(), nullable=False),
        sa.Column("country_code", sa.Text(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index(
        "messaging_geo_permissions_by_country",
        "messaging_geo_permissions",
        ["account_sid", "country_code"],
        unique=True,
    )
    op.add_column("accounts", sa.Column("media_auth", sa.Boolean(), nullable=True))
    op.create_table(
        "test_credentials",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("account_sid", sa.Text(), nullable=False),
        sa.Column("sid", sa.Text(), nullable=False),
        sa.Column("auth_token", sa.Text(), nullable=False),
        sa.Column("date_created", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("account_sid"),
        sa.UniqueConstraint("sid"),
    )
    op.add_column("accounts", sa.Column("secondary_auth_token", sa.Text(), nullable=True))
    op.add_column("accounts", sa.Column("secondary_date_created", sa.BigInteger(), nullable=True))
    op.add_column("accounts", sa.Column("balance", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("accounts", sa.Column("currency", sa.Text(), nullable=False, server_default="USD"))


def downgrade() -> None:
    """Undo it."""
    for name in ("currency", "balance", "secondary_date_created", "secondary_auth_token", "media_auth"):
        op.drop_column("accounts", name)
    op.drop_table("messaging_geo_permissions")
    op.drop_table("test_credentials")
    op.drop_table("api_keys")
