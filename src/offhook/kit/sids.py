"""Twilio's identifiers: two letters that name the kind, then 32 hexadecimal digits.

The letters are Twilio's (https://www.twilio.com/docs/glossary/what-is-a-sid); kinds of our own take
letters Twilio does not use. The digits come from the system's randomness, asked for in large pieces: one system call
for each SID would cost more than the rest of making it.

SIDs made one after another begin alike and ascend (a random start, then a count), so that in a database's index they
are neighbours: a transaction then writes a page or two of each index instead of one for every row. 88 bits of each are
its own, which nobody guesses.
"""

import os
import re
from collections.abc import Iterator

ACCOUNT = "AC"
ALERT = "NO"
CALL = "CA"
CALLBACK = "KB"  # ours: one webhook waiting in the outbox
CONFERENCE = "CF"
EXCHANGE = "EX"  # ours: one request and its answer
HANDSET_CALL = "HC"  # ours: one call as a handset has it
HANDSET_MESSAGE = "HM"  # ours: one text as a handset shows it
MEDIA = "ME"
MESSAGE = "SM"
MMS = "MM"
PHONE_NUMBER = "PN"
QUEUE = "QU"
RECORDING = "RE"
REQUEST = "RQ"
TRANSCRIPTION = "TR"
TWIML_BIN = "EH"

DIGITS = 32
POOL = 256  # SIDs for one system call
COUNTED = 4  # digits of the count; the random start, before it, has START
START = DIGITS - COUNTED - 22

_pool: list[str] = []
_start, _count = "", 0
os.register_at_fork(after_in_child=_pool.clear)  # two processes must not hand out the same

_SID = re.compile(r"[A-Z]{2}[0-9a-fA-F]{32}")


def new_sid(prefix: str) -> str:
    """A new identifier of 34 characters, unguessable (88 random bits that nobody else's SID tells)."""
    try:
        return prefix + _pool.pop()
    except IndexError:
        _pool.extend(_digits())
        return prefix + _pool.pop()


def _digits() -> Iterator[str]:
    """The digits of the next POOL identifiers, last one first."""
    global _start, _count
    if _count + POOL > 16**COUNTED or not _start:
        _start, _count = os.urandom(DIGITS).hex()[:START], 0
    own = DIGITS - START - COUNTED
    random = os.urandom(POOL * own // 2).hex()
    _count += POOL
    for number in range(POOL):
        yield f"{_start}{_count - 1 - number:0{COUNTED}x}{random[number * own : (number + 1) * own]}"


def is_sid(text: str, prefix: str = "") -> bool:
    """Whether `text` has the form of a SID, and of the kind `prefix` where one is given."""
    return text.startswith(prefix) and _SID.fullmatch(text) is not None
