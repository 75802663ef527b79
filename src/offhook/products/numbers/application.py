"""An application: webhooks under one SID, which any number of phone numbers can share."""

import msgspec

from offhook.products.numbers.webhook import Webhook


class Application(msgspec.Struct):
    """One application as it is stored; what was never set is None, times are UTC microseconds."""

    seq: int
    sid: str
    account_sid: str
    friendly_name: str
    date_created: int
    date_updated: int
    api_version: str = "2010-04-01"
    sms_url: str | None = None
    sms_method: str = "POST"
    sms_fallback_url: str | None = None
    sms_fallback_method: str = "POST"
    sms_status_callback: str | None = None
    message_status_callback: str | None = None
    voice_url: str | None = None
    voice_method: str = "POST"
    voice_fallback_url: str | None = None
    voice_fallback_method: str = "POST"
    voice_caller_id_lookup: bool = False
    status_callback: str | None = None
    status_callback_method: str = "POST"
    public_application_connect_enabled: bool = False

    @property
    def webhook_for_texts(self) -> Webhook:
        """What is asked about a text. Of the two names that Twilio has for the status callback the newer one wins."""
        return Webhook(
            self.sms_url,
            self.sms_method,
            self.sms_fallback_url,
            self.sms_fallback_method,
            self.message_status_callback or self.sms_status_callback,
        )

    @property
    def webhook_for_calls(self) -> Webhook:
        """What is asked about a call."""
        return Webhook(
            self.voice_url,
            self.voice_method,
            self.voice_fallback_url,
            self.voice_fallback_method,
            self.status_callback,
            self.status_callback_method,
        )
