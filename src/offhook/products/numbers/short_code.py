"""A short code: three to eight digits that send and receive texts, and nothing else."""

import msgspec

from offhook.products.numbers.webhook import Webhook


class ShortCode(msgspec.Struct):
    """One short code as it is stored; what was never set is None, times are UTC microseconds."""

    seq: int
    sid: str
    account_sid: str
    short_code: str
    friendly_name: str
    date_created: int
    date_updated: int
    api_version: str = "2010-04-01"
    sms_url: str | None = None
    sms_method: str = "POST"
    sms_fallback_url: str | None = None
    sms_fallback_method: str = "POST"

    @property
    def webhook_for_texts(self) -> Webhook:
        """What is asked about a text."""
        return Webhook(self.sms_url, self.sms_method, self.sms_fallback_url, self.sms_fallback_method)
