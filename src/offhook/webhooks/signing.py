"""`X-Twilio-Signature`: proof to an app that a webhook comes from its Twilio.

The text that is signed is the URL as requested (with its query, without fragment and credentials), followed for a
form by every name and value, sorted by name; of a repeated name each distinct value once, sorted. HMAC-SHA1 with the
account's auth token, in base64. A body that is not a form is signed by its hash: `bodySHA256` in the query.
https://www.twilio.com/docs/usage/security#validating-requests
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from functools import lru_cache

Parameters = Iterable[tuple[str, str]]


def sign(auth_token: str, url: str, parameters: Parameters = ()) -> str:
    """The signature of a request to `url` with these form parameters (none for GET)."""
    text = url + "".join([name + value for name, value in sorted(set(parameters))])
    signature = _keyed(auth_token).copy()
    signature.update(text.encode())
    return base64.b64encode(signature.digest()).decode()


@lru_cache(maxsize=256)
def _keyed(auth_token: str) -> hmac.HMAC:
    """A signature that has been begun with this key, to be copied."""
    return hmac.new(auth_token.encode(), digestmod="sha1")


def with_body_hash(url: str, body: bytes) -> str:
    """The URL for a JSON body: `bodySHA256` appended to the query."""
    joint = "&" if "?" in url else "?"
    return f"{url}{joint}bodySHA256={hashlib.sha256(body).hexdigest()}"


def is_signed(auth_token: str, url: str, parameters: Parameters, signature: str) -> bool:
    """Whether `signature` is right; compared in constant time."""
    right = sign(auth_token, url, parameters).encode()
    return hmac.compare_digest(right, signature.encode(errors="replace"))  # of two texts it compares ASCII only
