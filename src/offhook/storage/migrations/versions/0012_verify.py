"""Verify: services, verifications, attempts, rate limits, trusted numbers, blocks; and the people's mailboxes."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

LIVE = sa.text("status IN ('max_attempts_reached', 'pending')")
DUE = sa.text("due IS NOT NULL")


def _seq() -> sa.Column[Any]:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("seq", number, sa.Identity(always=False), nullable=False)


def _text(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=nullable) for name in names]


def _flags(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Boolean(), nullable=False) for name in names]


def _counts(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Integer(), nullable=nullable) for name in names]


def _moments(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.BigInteger(), nullable=nullable) for name in names]


def _table(name: str, *parts: Any) -> None:
    op.create_table(name, _seq(), *parts, sa.PrimaryKeyConstraint("seq"))


def _index(name: str, table: str, *columns: str, unique: bool = False, only: Any = None) -> None:
    op.create_index(name, table, list(columns), unique=unique, sqlite_where=only, postgresql_where=only)


def upgrade() -> None:
    """Make the tables."""
    _services()
    _verifications()
    _attempts()
    _limits()
    _guards()
    _mailboxes()


def _services() -> None:
    _table(
        "verify_services",
        *_text("sid", "account_sid", "friendly_name"),
        *_moments("date_created", "date_updated"),
        *_counts("code_length"),
        *_flags("lookup_enabled", "psd2_enabled", "skip_sms_to_landlines", "dtmf_input_required"),
        *_text("tts_name", nullable=True),
        *_flags("do_not_share_warning_enabled", "custom_code_enabled", "push_include_date"),
        *_text("push_apn_credential_sid", "push_fcm_credential_sid", "totp_issuer", nullable=True),
        *_counts("totp_time_step", "totp_code_length", "totp_skew"),
        *_text("default_template_sid", "whatsapp_msg_service_sid", "whatsapp_from", nullable=True),
        *_text("passkeys_relying_party_id", "passkeys_relying_party_name", nullable=True),
        *_text("passkeys_relying_party_origins", "passkeys_authenticator_attachment", nullable=True),
        *_text("passkeys_discoverable_credentials", "passkeys_user_verification", nullable=True),
        *_flags("verify_event_subscription_enabled"),
        sa.UniqueConstraint("sid"),
    )
    _index("verify_services_by_account", "verify_services", "account_sid", "seq")


def _verifications() -> None:
    _table(
        "verifications",
        *_text("sid", "account_sid", "service_sid", "to", "channel", "status"),
        *_text("code", nullable=True),
        *_counts("wrong", "sends"),
        *_text("country", "prefix"),
        *_text("amount", "payee", "tags", nullable=True),
        *_moments("date_created", "date_updated", "expires"),
        sa.UniqueConstraint("sid"),
    )
    _index("verifications_by_account", "verifications", "account_sid", "seq")
    _index("verifications_live", "verifications", "account_sid", "service_sid", "to", unique=True, only=LIVE)
    _index("verifications_by_destination", "verifications", "account_sid", "to", "date_created")
    _index("verifications_by_prefix", "verifications", "account_sid", "prefix", "date_created")
    _index("verifications_by_end", "verifications", "expires", only=LIVE)


def _attempts() -> None:
    _table(
        "verification_attempts",
        *_text("sid", "account_sid", "service_sid", "verification_sid", "channel", "to", "country"),
        *_text("status", "conversion_status", "manner"),
        *_counts("tries"),
        *_counts("error_code", nullable=True),
        *_text("call_sid", nullable=True),
        *_moments("date_created", "date_updated"),
        *_moments("due", "lease", nullable=True),
        sa.UniqueConstraint("sid"),
    )
    _index("verification_attempts_by_account", "verification_attempts", "account_sid", "date_created", "seq")
    _index("verification_attempts_by_verification", "verification_attempts", "verification_sid", "seq")
    _index("verification_attempts_by_due", "verification_attempts", "due", "seq", only=DUE)


def _limits() -> None:
    _table(
        "verify_rate_limits",
        *_text("sid", "account_sid", "service_sid", "unique_name"),
        *_text("description", nullable=True),
        *_moments("date_created", "date_updated"),
        sa.UniqueConstraint("sid"),
        sa.UniqueConstraint("account_sid", "service_sid", "unique_name", name="verify_rate_limits_by_name"),
    )
    _index("verify_rate_limits_by_service", "verify_rate_limits", "account_sid", "service_sid", "seq")
    _table(
        "verify_buckets",
        *_text("sid", "account_sid", "service_sid", "rate_limit_sid"),
        *_counts("max", "interval"),
        *_moments("date_created", "date_updated"),
        sa.UniqueConstraint("sid"),
        sa.UniqueConstraint("account_sid", "rate_limit_sid", "interval", name="verify_buckets_by_interval"),
    )
    _index("verify_buckets_by_rate_limit", "verify_buckets", "account_sid", "rate_limit_sid", "seq")
    _table("verify_bucket_uses", *_text("account_sid", "bucket_sid", "value"), *_moments("at"))
    _index("verify_bucket_uses_by_value", "verify_bucket_uses", "account_sid", "bucket_sid", "value", "at")


def _guards() -> None:
    _table(
        "verify_safe_numbers",
        *_text("sid", "account_sid", "phone_number"),
        *_moments("date_created"),
        sa.UniqueConstraint("sid"),
    )
    _index("verify_safe_numbers_by_number", "verify_safe_numbers", "account_sid", "phone_number", unique=True)
    _table(
        "verify_blocks",
        *_text("sid", "account_sid", "prefix", "guard"),
        *_counts("refused"),
        *_moments("date_created", "until"),
        sa.UniqueConstraint("sid"),
    )
    _index("verify_blocks_by_prefix", "verify_blocks", "account_sid", "prefix", "until")
    _index("verify_blocks_by_account", "verify_blocks", "account_sid", "seq")


def _mailboxes() -> None:
    _table(
        "mailbox_messages",
        *_text("sid", "account_sid", "attempt", "address", "from_", "from_name", "subject", "body"),
        *_moments("date_created"),
        sa.UniqueConstraint("sid"),
        sa.UniqueConstraint("attempt"),
    )
    _index("mailbox_messages_by_address", "mailbox_messages", "address", "seq")


def downgrade() -> None:
    """Undo it."""
    for table in ("mailbox_messages", "verify_blocks", "verify_safe_numbers", "verify_bucket_uses", "verify_buckets"):
        op.drop_table(table)
    for table in ("verify_rate_limits", "verification_attempts", "verifications", "verify_services"):
        op.drop_table(table)
