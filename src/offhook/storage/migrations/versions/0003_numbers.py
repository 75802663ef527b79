"""Numbers in full width: their kind and Twilio's remaining settings; applications, caller IDs, short codes."""

from typing import Any

import phonenumbers
import sqlalchemy as sa
from alembic import op
from phonenumbers import PhoneNumberType

revision = "0003"
down_revision = "0002"

TOLL_FREE = ("800", "833", "844", "855", "866", "877", "888")
KINDS = {PhoneNumberType.MOBILE: "mobile", PhoneNumberType.TOLL_FREE: "toll-free"}
OPTIONAL = ("trunk_sid", "address_sid", "bundle_sid", "identity_sid", "emergency_address_sid")
REQUIRED = {
    "type": "local",
    "api_version": "2010-04-01",
    "voice_receive_mode": "voice",
    "emergency_status": "Inactive",
}


def _own() -> list[Any]:
    """What every row has."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return [
        sa.Column("seq", number, sa.Identity(always=False), nullable=False),
        sa.Column("sid", sa.Text(), nullable=False),
        sa.Column("account_sid", sa.Text(), nullable=False),
        sa.Column("friendly_name", sa.Text(), nullable=False),
        sa.Column("date_created", sa.BigInteger(), nullable=False),
        sa.Column("date_updated", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("sid"),
    ]


def _texts(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=nullable) for name in names]


def upgrade() -> None:
    """Widen phone_numbers and make the other three tables."""
    for name, value in REQUIRED.items():
        op.add_column("phone_numbers", sa.Column(name, sa.Text(), nullable=False, server_default=value))
    for name in OPTIONAL:
        op.add_column("phone_numbers", sa.Column(name, sa.Text(), nullable=True))
    op.create_index("phone_numbers_by_type", "phone_numbers", ["account_sid", "type", "seq"], unique=False)
    _tell_kinds()
    op.create_table(
        "applications",
        *_own(),
        *_texts("api_version", "sms_method", "sms_fallback_method", "voice_method", "voice_fallback_method"),
        *_texts("status_callback_method"),
        *_texts("sms_url", "sms_fallback_url", "sms_status_callback", "message_status_callback", nullable=True),
        *_texts("voice_url", "voice_fallback_url", "status_callback", nullable=True),
        sa.Column("voice_caller_id_lookup", sa.Boolean(), nullable=False),
        sa.Column("public_application_connect_enabled", sa.Boolean(), nullable=False),
    )
    op.create_index("applications_by_account", "applications", ["account_sid", "seq"], unique=False)
    op.create_table("outgoing_caller_ids", *_own(), *_texts("phone_number"))
    op.create_index("outgoing_caller_ids_by_account", "outgoing_caller_ids", ["account_sid", "seq"], unique=False)
    op.create_index("outgoing_caller_ids_once", "outgoing_caller_ids", ["account_sid", "phone_number"], unique=True)
    op.create_table(
        "short_codes",
        *_own(),
        *_texts("short_code", "api_version", "sms_method", "sms_fallback_method"),
        *_texts("sms_url", "sms_fallback_url", nullable=True),
        sa.UniqueConstraint("short_code"),
    )
    op.create_index("short_codes_by_account", "short_codes", ["account_sid", "seq"], unique=False)


def _tell_kinds() -> None:
    """Say of the numbers that are there what kind they are."""
    table = sa.table("phone_numbers", sa.column("seq"), sa.column("phone_number"), sa.column("type"))
    connection = op.get_bind()
    for seq, phone_number in connection.execute(sa.select(table.c.seq, table.c.phone_number)).all():
        kind = _kind_of(phone_number)
        if kind != "local":
            connection.execute(sa.update(table).where(table.c.seq == seq).values(type=kind))


def _kind_of(phone_number: str) -> str:
    if phone_number.startswith("+1"):
        return "toll-free" if phone_number[2:5] in TOLL_FREE else "local"
    return KINDS.get(phonenumbers.number_type(phonenumbers.parse(phone_number)), "local")


def downgrade() -> None:
    """Undo it."""
    for name in ("short_codes", "outgoing_caller_ids", "applications"):
        op.drop_table(name)
    op.drop_index("phone_numbers_by_type", "phone_numbers")
    for name in (*REQUIRED, *OPTIONAL):
        op.drop_column("phone_numbers", name)
