"""The service: how an app wants its users verified.

https://www.twilio.com/docs/verify/api/service
"""

import msgspec

SERVICE = "VA"
LONGEST_NAME = 32  # characters
SHORTEST_CODE, LONGEST_CODE, CODE_LENGTH = 4, 10, 6  # digits
TIME_STEPS, TOTP_LENGTHS, SKEWS = (20, 60), (3, 8), (0, 2)  # what may be set for TOTP: the least and the most


class Service(msgspec.Struct):
    """One service as it is stored; times in UTC microseconds."""

    seq: int
    sid: str
    account_sid: str
    friendly_name: str
    date_created: int
    date_updated: int
    code_length: int = CODE_LENGTH
    lookup_enabled: bool = False
    psd2_enabled: bool = False
    skip_sms_to_landlines: bool = False
    dtmf_input_required: bool = True
    tts_name: str | None = None
    do_not_share_warning_enabled: bool = False
    custom_code_enabled: bool = False
    push_include_date: bool = False
    push_apn_credential_sid: str | None = None
    push_fcm_credential_sid: str | None = None
    totp_issuer: str | None = None
    totp_time_step: int = 30  # seconds
    totp_code_length: int = 6
    totp_skew: int = 1  # time steps before and after the present one
    default_template_sid: str | None = None
    whatsapp_msg_service_sid: str | None = None
    whatsapp_from: str | None = None
    passkeys_relying_party_id: str | None = None
    passkeys_relying_party_name: str | None = None
    passkeys_relying_party_origins: str | None = None  # with commas
    passkeys_authenticator_attachment: str | None = None
    passkeys_discoverable_credentials: str | None = None
    passkeys_user_verification: str | None = None
    verify_event_subscription_enabled: bool = False
