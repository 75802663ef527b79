"""A phone number that an account owns, as it is stored: Twilio's fields, times in UTC microseconds."""

import msgspec

from offhook.products.numbers.webhook import Webhook


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
    type: str = "local"  # kinds.Kind
    api_version: str = "2010-04-01"
    voice_receive_mode: str = "voice"
    trunk_sid: str | None = None
    address_sid: str | None = None
    bundle_sid: str | None = None
    identity_sid: str | None = None
    emergency_status: str = "Inactive"
    emergency_address_sid: str | None = None

    @property
    def webhook_for_texts(self) -> Webhook:
        """What the number itself asks about a text; an application that it is set to comes first."""
        return Webhook(self.sms_url, self.sms_method, self.sms_fallback_url, self.sms_fallback_method)

    @property
    def webhook_for_calls(self) -> Webhook:
        """What the number itself asks about a call; an application that it is set to comes first."""
        return Webhook(
            self.voice_url,
            self.voice_method,
            self.voice_fallback_url,
            self.voice_fallback_method,
            self.status_callback,
            self.status_callback_method,
        )


SETTINGS = frozenset(PhoneNumber.__struct_fields__) - {
    "seq",
    "sid",
    "account_sid",
    "phone_number",
    "date_created",
    "date_updated",
    "type",
}
OF_ITS_ACCOUNT = frozenset(name for name in SETTINGS if name.endswith("_sid"))  # means nothing in another account
