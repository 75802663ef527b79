"""Verify: entities, their factors, the challenges of these, webhooks."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def _seq() -> sa.Column[Any]:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("seq", number, sa.Identity(always=False), nullable=False)


def _text(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=nullable) for name in names]


def _counts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _moments(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.BigInteger(), nullable=nullable) for name in names]


def _table(name: str, *parts: Any) -> None:
    """A table of things that an account has, each with a SID and the two dates."""
    dates = _moments("date_created", "date_updated")
    keys = (sa.PrimaryKeyConstraint("seq"), sa.UniqueConstraint("sid"))
    op.create_table(name, _seq(), *_text("sid", "account_sid", "service_sid"), *parts, *dates, *keys)


def upgrade() -> None:
    """Make the tables."""
    _entities()
    _factors()
    _challenges()
    _webhooks()


def _entities() -> None:
    once = sa.UniqueConstraint("service_sid", "identity", name="verify_entities_by_identity")
    _table("verify_entities", *_text("identity"), once)
    op.create_index("verify_entities_by_service", "verify_entities", ["account_sid", "service_sid", "seq"])


def _factors() -> None:
    _table(
        "verify_factors",
        *_text("entity_sid", "identity", "friendly_name", "status", "secret", "alg"),
        *_counts("skew", "code_length", "time_step", "attempts"),
        *_text("metadata", nullable=True),
        *_moments("last_step", nullable=True),
    )
    op.create_index("verify_factors_by_entity", "verify_factors", ["account_sid", "entity_sid", "seq"])
    op.create_index("verify_factors_by_service", "verify_factors", ["account_sid", "service_sid"])


def _challenges() -> None:
    _table(
        "verify_challenges",
        *_text("entity_sid", "identity", "factor_sid", "status"),
        *_counts("attempts"),
        *_moments("expires"),
        *_moments("date_responded", nullable=True),
        *_text("details", "hidden_details", "metadata", nullable=True),
    )
    op.create_index("verify_challenges_by_entity", "verify_challenges", ["account_sid", "entity_sid", "seq"])
    op.create_index("verify_challenges_by_factor", "verify_challenges", ["factor_sid", "date_created"])
    op.create_index("verify_challenges_by_service", "verify_challenges", ["account_sid", "service_sid"])


def _webhooks() -> None:
    _table(
        "verify_webhooks",
        *_text("friendly_name", "event_types", "status", "version", "webhook_url", "webhook_method"),
    )
    op.create_index("verify_webhooks_by_service", "verify_webhooks", ["account_sid", "service_sid", "seq"])


def downgrade() -> None:
    """Undo it."""
    for table in ("verify_webhooks", "verify_challenges", "verify_factors", "verify_entities"):
        op.drop_table(table)
