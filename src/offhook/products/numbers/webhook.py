"""Whom a number asks what to do: its own URLs, or those of the application that it is set to."""

import msgspec


class Webhook(msgspec.Struct, frozen=True):
    """Where to ask, and where to ask when that fails. `url` is None when nobody is to be asked.

    `status_callback` hears what becomes of messages or calls; for texts only applications have one.
    """

    url: str | None
    method: str
    fallback_url: str | None
    fallback_method: str
    status_callback: str | None = None
    status_callback_method: str = "POST"
