"""The authenticator apps of the people in a test: the codes that belong to a secret (TOTP, RFC 6238).

A code is taken once, so an app that was read twice within one time step would show what nobody takes any more. As a
person does, this waits for the next code then: on the virtual clock time moves on, on the real one it passes.
"""

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyotp

from offhook.testing.clock import Clock

FEWEST_DIGITS = 6  # that the library makes; fewer are the last ones of these (RFC 4226 §5.3)
_DIGESTS = {"SHA1": hashlib.sha1, "SHA256": hashlib.sha256, "SHA512": hashlib.sha512}


@dataclass(frozen=True)
class Enrolled:
    """What an app was told: a secret in base32, and how codes are made; `period` in seconds."""

    secret: str
    algorithm: str
    digits: int
    period: int

    @classmethod
    def of(cls, factor: Any) -> "Enrolled":
        """Read a new factor of Twilio's library, its `binding`, or an `otpauth://` URI. Raises ValueError."""
        binding = factor if isinstance(factor, str | Mapping) else getattr(factor, "binding", None)
        uri = binding.get("uri") if isinstance(binding, Mapping) else binding
        if not isinstance(uri, str) or not uri.startswith("otpauth://totp/"):
            raise ValueError(f"no secret is known of {factor!r}: only a new factor shows it, when it is made")
        given = {name: values[-1] for name, values in parse_qs(urlsplit(uri).query).items()}
        return cls(
            secret=given["secret"],
            algorithm=given.get("algorithm", "SHA1").upper(),
            digits=int(given.get("digits", 6)),
            period=int(given.get("period", 30)),
        )

    def code(self, step: int) -> str:
        """The code of a time step."""
        hotp = pyotp.HOTP(self.secret, digits=max(self.digits, FEWEST_DIGITS), digest=_DIGESTS[self.algorithm])
        return hotp.at(step)[-self.digits :]


class Authenticator:
    """Shows codes, none of them twice."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._shown: dict[str, int] = {}  # by secret: the step of its last code

    def code(self, factor: Any) -> str:
        """The code that belongs to this moment, or, where that was shown before, the next one when it is time."""
        enrolled = Enrolled.of(factor)
        step = self._step(enrolled)
        if self._shown.get(enrolled.secret) == step:
            self._wait(enrolled, step + 1)
            step += 1
        self._shown[enrolled.secret] = step
        return enrolled.code(step)

    def _step(self, enrolled: Enrolled) -> int:
        return int(self._clock.now().timestamp()) // enrolled.period

    def _wait(self, enrolled: Enrolled, step: int) -> None:
        left = step * enrolled.period - self._clock.now().timestamp()
        if self._clock.is_virtual:
            self._clock.advance(seconds=max(left, 0.0))
        else:
            time.sleep(max(left, 0.0))
