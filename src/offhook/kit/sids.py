"""Twilio's identifiers: two letters that name the kind, then 32 hexadecimal digits.

The letters are Twilio's (https://www.twilio.com/docs/glossary/what-is-a-sid); kinds of our own take
letters Twilio does not use.
"""

import re
import secrets

ACCOUNT = "AC"
ALERT = "NO"
CALLBACK = "KB"  # ours: one webhook waiting in the outbox
EXCHANGE = "EX"  # ours: one request and its answer
HANDSET_MESSAGE = "HM"  # ours: one text as a handset shows it
MESSAGE = "SM"
MMS = "MM"
PHONE_NUMBER = "PN"
REQUEST = "RQ"

_SID = re.compile(r"[A-Z]{2}[0-9a-fA-F]{32}")


def new_sid(prefix: str) -> str:
    """A new identifier of 34 characters, unguessable (128 random bits)."""
    return prefix + secrets.token_hex(16)


def is_sid(text: str, prefix: str = "") -> bool:
    """Whether `text` has the form of a SID, and of the kind `prefix` where one is given."""
    return text.startswith(prefix) and _SID.fullmatch(text) is not None
