"""The API key: a second way in, which can be taken away without changing the account's token.

Its secret also signs the access tokens of browsers and phones, so it is sealed, not hashed. A standard key may do
everything but manage accounts and keys; a main key may do what the account's token may.
https://www.twilio.com/docs/iam/api-keys
"""

from typing import Literal

import msgspec

API_KEY = "SK"
KeyType = Literal["standard", "main"]


class Key(msgspec.Struct):
    """One key as it is stored; times in UTC microseconds. `secret` is sealed."""

    seq: int
    sid: str
    account_sid: str
    friendly_name: str
    type: str
    secret: str
    date_created: int
    date_updated: int


class OpenKey(msgspec.Struct):
    """A key with its secret in clear."""

    key: Key
    secret: str
