"""A phone number that an account owns, as it is stored: Twilio's fields, times in UTC microseconds."""

import msgspec


class PhoneNumber(msgspec.Struct):
    """One incoming phone number; what was never set is None."""

    seq: int
    sid: str
    account_sid: str
    phone_number: str
    friendly_name: str
    date_created: int
    date_updated: int
    sms_url: str | None = None
    sms_method: str = "POST"
    sms_fallback_url: str | None = None
    sms_fallback_method: str = "POST"
    sms_application_sid: str | None = None
    voice_url: str | None = None
    voice_method: str = "POST"
    voice_fallback_url: str | None = None
    voice_fallback_method: str = "POST"
    voice_application_sid: str | None = None
    voice_caller_id_lookup: bool = False
    status_callback: str | None = None
    status_callback_method: str = "POST"


SETTINGS = frozenset(
    {
        "friendly_name",
        "sms_url",
        "sms_method",
        "sms_fallback_url",
        "sms_fallback_method",
        "sms_application_sid",
        "voice_url",
        "voice_method",
        "voice_fallback_url",
        "voice_fallback_method",
        "voice_application_sid",
        "voice_caller_id_lookup",
        "status_callback",
        "status_callback_method",
    }
)
