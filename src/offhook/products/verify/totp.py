"""Codes that follow from the time (TOTP, RFC 6238): the mathematics, and how an authenticator app is told of a secret.

Time is cut into steps; a code belongs to one. Phones' clocks are not exact, so codes of a few steps around the present
one count as well (`skew`; RFC 6238 §5.2), each of them once. Every step of that window is computed and compared,
whichever of them is right, so the time that it takes says nothing.
https://github.com/google/google-authenticator/wiki/Key-Uri-Format
"""

import base64
import binascii
import hashlib
import hmac
from typing import Literal
from urllib.parse import quote, urlencode

import msgspec
import pyotp

from offhook.kit.clock import SECOND

Algorithm = Literal["sha1", "sha256", "sha512"]
_DIGESTS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha512": hashlib.sha512}
FEWEST_DIGITS = 6  # that pyotp makes
NEW_SECRET = 32  # characters of base32: the 160 bits that RFC 4226 §4 recommends
FEWEST_BYTES, MOST_BYTES = 14, 64  # of a secret that somebody brings: 112 bits (NIST SP 800-63B) or more


class TotpSettings(msgspec.Struct, frozen=True):
    """How codes are made: `time_step` in seconds, `skew` in steps before and after the present one."""

    alg: Algorithm = "sha1"
    skew: int = 1
    code_length: int = 6
    time_step: int = 30


def new_secret() -> str:
    """A secret in base32, from the system's randomness."""
    return pyotp.random_base32(NEW_SECRET)


def read_secret(text: str) -> str:
    """A secret in base32 that somebody brings, in capitals and without spaces and padding. Raises ValueError."""
    secret = "".join(text.split()).rstrip("=").upper()
    try:
        size = len(base64.b32decode(secret + "=" * (-len(secret) % 8)))
    except binascii.Error:
        raise ValueError("it is not base32") from None
    if not FEWEST_BYTES <= size <= MOST_BYTES:
        raise ValueError(f"it must have {FEWEST_BYTES} to {MOST_BYTES} bytes, and has {size}")
    return secret


def step_at(settings: TotpSettings, now: int) -> int:
    """The number of the step that a moment (UTC microseconds) is in."""
    return now // SECOND // settings.time_step


def code_of(secret: str, settings: TotpSettings, step: int) -> str:
    """The code of a step. A short one is the end of a longer one (RFC 4226 §5.3), and the library begins with six."""
    hotp = pyotp.HOTP(secret, digits=max(settings.code_length, FEWEST_DIGITS), digest=_DIGESTS[settings.alg])
    return hotp.at(step)[-settings.code_length :]


def matching_step(secret: str, settings: TotpSettings, code: str, now: int) -> int | None:
    """The latest step of the window around `now` whose code this is; None when there is none."""
    found, present = None, step_at(settings, now)
    for step in range(max(present - settings.skew, 0), present + settings.skew + 1):
        if hmac.compare_digest(code_of(secret, settings, step).encode(), code.encode()):
            found = step
    return found


def uri(secret: str, settings: TotpSettings, issuer: str, name: str) -> str:
    """What a QR code says to an authenticator app: `otpauth://totp/Owl%20Bank:Ann?secret=…&issuer=Owl%20Bank&…`."""
    parameters = {
        "secret": secret,
        "issuer": issuer,
        "algorithm": settings.alg.upper(),
        "digits": settings.code_length,
        "period": settings.time_step,
    }
    return f"otpauth://totp/{quote(issuer, safe='')}:{quote(name, safe='')}?{urlencode(parameters, quote_via=quote)}"
