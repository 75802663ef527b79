"""All SQL of services."""

from sqlalchemy import Boolean, Column, Index, Integer, Table

from offhook.products.verify.service import Service
from offhook.storage import Rows, instant, metadata, seq, text

verify_services = Table(
    "verify_services",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("friendly_name"),
    instant("date_created"),
    instant("date_updated"),
    Column("code_length", Integer, nullable=False),
    Column("lookup_enabled", Boolean, nullable=False),
    Column("psd2_enabled", Boolean, nullable=False),
    Column("skip_sms_to_landlines", Boolean, nullable=False),
    Column("dtmf_input_required", Boolean, nullable=False),
    text("tts_name", nullable=True),
    Column("do_not_share_warning_enabled", Boolean, nullable=False),
    Column("custom_code_enabled", Boolean, nullable=False),
    Column("push_include_date", Boolean, nullable=False),
    text("push_apn_credential_sid", nullable=True),
    text("push_fcm_credential_sid", nullable=True),
    text("totp_issuer", nullable=True),
    Column("totp_time_step", Integer, nullable=False),
    Column("totp_code_length", Integer, nullable=False),
    Column("totp_skew", Integer, nullable=False),
    text("default_template_sid", nullable=True),
    text("whatsapp_msg_service_sid", nullable=True),
    text("whatsapp_from", nullable=True),
    text("passkeys_relying_party_id", nullable=True),
    text("passkeys_relying_party_name", nullable=True),
    text("passkeys_relying_party_origins", nullable=True),
    text("passkeys_authenticator_attachment", nullable=True),
    text("passkeys_discoverable_credentials", nullable=True),
    text("passkeys_user_verification", nullable=True),
    Column("verify_event_subscription_enabled", Boolean, nullable=False),
    Index("verify_services_by_account", "account_sid", "seq"),
)

services = Rows(verify_services, Service)
