"""Twilio's identifiers: two letters that name the kind, then 32 hexadecimal digits.

The letters are Twilio's (https://www.twilio.com/docs/glossary/what-is-a-sid); kinds of our own take
letters Twilio does not use. The digits come from the system's randomness, asked for in large pieces: one system call
for each SID would cost more than the rest of making it.
"""

import os
import re

ACCOUNT = "AC"
ALERT = "NO"
CALLBACK = "KB"  # ours: one webhook waiting in the outbox
EXCHANGE = "EX"  # ours: one request and its answer
HANDSET_MESSAGE = "HM"  # ours: one text as a handset shows it
MEDIA = "ME"
MESSAGE = "SM"
MMS = "MM"
PHONE_NUMBER = "PN"
REQUEST = "RQ"

DIGITS = 32
POOL = 256  # SIDs for one system call

_pool: list[str] = []
os.register_at_fork(after_in_child=_pool.clear)  # two processes must not hand out the same

_SID = re.compile(r"[A-Z]{2}[0-9a-fA-F]{32}")


def new_sid(prefix: str) -> str:
    """A new identifier of 34 characters, unguessable (128 random bits)."""
    try:
        return prefix + _pool.pop()
    except IndexError:
        digits = os.urandom(POOL * DIGITS // 2).hex()
        _pool.extend(digits[at : at + DIGITS] for at in range(DIGITS, len(digits), DIGITS))
        return prefix + digits[:DIGITS]


def is_sid(text: str, prefix: str = "") -> bool:
    """Whether `text` has the form of a SID, and of the kind `prefix` where one is given."""
    return text.startswith(prefix) and _SID.fullmatch(text) is not None
