"""The tables of the first text: accounts, numbers, messages, handsets, callbacks, alerts, exchanges, receipts."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _seq() -> sa.Column[Any]:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("seq", number, sa.Identity(always=False), nullable=False)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "accounts",
        _seq(),
        sa.Column("sid", sa.Text(), nullable=False),
        sa.Column("owner_account_sid", sa.Text(), nullable=False),
        sa.Column("friendly_name", sa.Text(), nullable=False),
        sa.Column("auth_token", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("adopted", sa.Boolean(), nullable=False),
        sa.Column("date_created", sa.BigInteger(), nullable=False),
        sa.Column("date_updated", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("sid"),
    )
    op.create_index("accounts_by_owner", "accounts", ["owner_account_sid", "seq"], unique=False)
    op.create_table(
        "alerts",
        _seq(),
        sa.Column("sid", sa.Text(), nullable=False),
        sa.Column("account_sid", sa.Text(), nullable=False),
        sa.Column("error_code", sa.Integer(), nullable=False),
        sa.Column("log_level", sa.Text(), nullable=False),
        sa.Column("alert_text", sa.Text(), nullable=False),
        sa.Column("resource_sid", sa.Text(), nullable=False),
        sa.Column("request_method", sa.Text(), nullable=False),
        sa.Column("request_url", sa.Text(), nullable=False),
        sa.Column("request_variables", sa.Text(), nullable=False),
        sa.Column("response_headers", sa.Text(), nullable=False),
        sa.Column("response_body", sa.Text(), nullable=False),
        sa.Column("date_created", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("sid"),
    )
    op.create_index("alerts_by_account", "alerts", ["account_sid", "date_created", "seq"], unique=False)
    op.create_index("alerts_by_level", "alerts", ["account_sid", "log_level", "date_created", "seq"], unique=False)
    op.create_table(
        "callbacks",
        _seq(),
        sa.Column("sid", sa.Text(), nullable=False),
        sa.Column("account_sid", sa.Text(), nullable=False),
        sa.Column("resource_sid", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("parameters", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=True),
        sa.Column("lease", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("sid"),
    )
    op.create_index("callbacks_by_due", "callbacks", ["due", "seq"], unique=False)
    op.create_index("callbacks_by_resource", "callbacks", ["resource_sid", "seq"], unique=False)
    op.create_table(
        "exchanges",
        _seq(),
        sa.Column("sid", sa.Text(), nullable=False),
        sa.Column("account_sid", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), server_default="0", nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("request_headers", sa.Text(), nullable=False),
        sa.Column("request_body", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("response_headers", sa.Text(), nullable=False),
        sa.Column("response_body", sa.Text(), nullable=False),
        sa.Column("started", sa.BigInteger(), nullable=False),
        sa.Column("elapsed", sa.BigInteger(), nullable=False),
        sa.Column("resource_sid", sa.Text(), nullable=True),
        sa.Column("error_code", sa.Integer(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("sid"),
    )
    short = ["direction", "kind", "method", "status", "error_code"]
    op.create_index("exchanges_by_time", "exchanges", ["started", "seq", *short, "size"], unique=False)
    op.create_index("exchanges_by_account", "exchanges", ["account_sid", "started", "seq", *short], unique=False)
    op.create_index("exchanges_by_resource", "exchanges", ["resource_sid", "seq"], unique=False)
    op.create_table(
        "handset_messages",
        _seq(),
        sa.Column("sid", sa.Text(), nullable=False),
        sa.Column("account_sid", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("from_", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("message_sid", sa.Text(), nullable=True),
        sa.Column("attempt", sa.Text(), nullable=False),
        sa.Column("date_created", sa.BigInteger(), nullable=False),
        sa.Column("media", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("attempt", "address", "direction", name="handset_messages_once"),
        sa.UniqueConstraint("sid"),
    )
    op.create_index("handset_messages_by_address", "handset_messages", ["address", "date_created", "seq"], unique=False)
    op.create_table(
        "media",
        _seq(),
        sa.Column("sid", sa.Text(), nullable=False),
        sa.Column("account_sid", sa.Text(), nullable=False),
        sa.Column("message_sid", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("date_created", sa.BigInteger(), nullable=False),
        sa.Column("date_updated", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("sid"),
    )
    op.create_index("media_by_message", "media", ["message_sid", "seq"], unique=False)
    op.create_index("media_by_digest", "media", ["digest"], unique=False)
    op.create_table(
        "message_cookies",
        _seq(),
        sa.Column("account_sid", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("cookies", sa.Text(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("message_cookies_by_pair", "message_cookies", ["account_sid", "number", "other"], unique=True)
    op.create_table(
        "messages",
        _seq(),
        sa.Column("sid", sa.Text(), nullable=False),
        sa.Column("account_sid", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("from_", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("num_segments", sa.Integer(), nullable=False),
        sa.Column("date_created", sa.BigInteger(), nullable=False),
        sa.Column("date_updated", sa.BigInteger(), nullable=False),
        sa.Column("date_sent", sa.BigInteger(), nullable=True),
        sa.Column("error_code", sa.Integer(), nullable=True),
        sa.Column("status_callback", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=True),
        sa.Column("lease", sa.BigInteger(), nullable=True),
        sa.Column("num_media", sa.Integer(), server_default="0", nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=True),
        sa.Column("feedback", sa.Text(), nullable=True),
        sa.Column("media_urls", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("sid"),
    )
    op.create_index("messages_by_account", "messages", ["account_sid", "date_created", "seq"], unique=False)
    op.create_index(
        "messages_by_due",
        "messages",
        ["due", "seq"],
        unique=False,
        sqlite_where=sa.text("due IS NOT NULL"),
        postgresql_where=sa.text("due IS NOT NULL"),
    )
    op.create_index("messages_by_from", "messages", ["account_sid", "from_", "date_created", "seq"], unique=False)
    op.create_index("messages_by_to", "messages", ["account_sid", "to", "date_created", "seq", "from_"], unique=False)
    op.create_index(
        "messages_sent_late",
        "messages",
        ["account_sid", "date_sent", "date_created"],
        unique=False,
        sqlite_where=sa.text("date_sent > date_created + 60000000"),
        postgresql_where=sa.text("date_sent > date_created + 60000000"),
    )
    op.create_table(
        "opt_outs",
        _seq(),
        sa.Column("account_sid", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("date_created", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("opt_outs_by_pair", "opt_outs", ["number", "person"], unique=True)
    op.create_table(
        "phone_numbers",
        _seq(),
        sa.Column("sid", sa.Text(), nullable=False),
        sa.Column("account_sid", sa.Text(), nullable=False),
        sa.Column("phone_number", sa.Text(), nullable=False),
        sa.Column("friendly_name", sa.Text(), nullable=False),
        sa.Column("date_created", sa.BigInteger(), nullable=False),
        sa.Column("date_updated", sa.BigInteger(), nullable=False),
        sa.Column("sms_url", sa.Text(), nullable=True),
        sa.Column("sms_method", sa.Text(), nullable=False),
        sa.Column("sms_fallback_url", sa.Text(), nullable=True),
        sa.Column("sms_fallback_method", sa.Text(), nullable=False),
        sa.Column("sms_application_sid", sa.Text(), nullable=True),
        sa.Column("voice_url", sa.Text(), nullable=True),
        sa.Column("voice_method", sa.Text(), nullable=False),
        sa.Column("voice_fallback_url", sa.Text(), nullable=True),
        sa.Column("voice_fallback_method", sa.Text(), nullable=False),
        sa.Column("voice_application_sid", sa.Text(), nullable=True),
        sa.Column("voice_caller_id_lookup", sa.Boolean(), nullable=False),
        sa.Column("status_callback", sa.Text(), nullable=True),
        sa.Column("status_callback_method", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("phone_number"),
        sa.UniqueConstraint("sid"),
    )
    op.create_index("phone_numbers_by_account", "phone_numbers", ["account_sid", "seq"], unique=False)
    op.create_table(
        "simulated_texts",
        _seq(),
        sa.Column("attempt", sa.Text(), nullable=False),
        sa.Column("account_sid", sa.Text(), nullable=False),
        sa.Column("message_sid", sa.Text(), nullable=False),
        sa.Column("from_", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("media", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("error_code", sa.Integer(), nullable=True),
        sa.Column("repeats", sa.Integer(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=True),
        sa.Column("lease", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("attempt"),
    )
    op.create_index("simulated_texts_by_due", "simulated_texts", ["due", "seq"], unique=False)
    op.create_index("simulated_texts_by_recipient", "simulated_texts", ["to", "seq"], unique=False)
    op.create_table(
        "handset_behaviours",
        _seq(),
        sa.Column("pattern", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("error_code", sa.Integer(), nullable=True),
        sa.Column("delay", sa.BigInteger(), nullable=False),
        sa.Column("is_off", sa.Boolean(), nullable=False),
        sa.Column("repeats", sa.Integer(), nullable=False),
        sa.Column("too_early", sa.Boolean(), nullable=False),
        sa.Column("fault_rate", sa.Float(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("pattern"),
    )
    op.create_table(
        "virtual_clock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("now", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("virtual_clock")
    op.drop_table("handset_behaviours")
    op.drop_table("simulated_texts")
    op.drop_table("phone_numbers")
    op.drop_table("opt_outs")
    op.drop_table("messages")
    op.drop_table("message_cookies")
    op.drop_table("media")
    op.drop_table("handset_messages")
    op.drop_table("exchanges")
    op.drop_table("callbacks")
    op.drop_table("alerts")
    op.drop_table("accounts")
