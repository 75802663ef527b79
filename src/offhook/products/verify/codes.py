"""Codes: made of the system's randomness, kept sealed, compared in constant time.

A code in clear exists in this process only while it is sealed, said to its owner, or compared.
"""

import hmac
import secrets

from offhook.storage import Sealer

PURPOSE = "verify.code"


class Codes:
    """Makes, seals, opens and compares codes."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    def new(self, length: int) -> str:
        """A code of so many digits, sealed."""
        return self.seal("".join(secrets.choice("0123456789") for _ in range(length)))

    def seal(self, code: str) -> str:
        """A code as it is kept."""
        return self._sealer.seal(code, PURPOSE)

    def open(self, sealed: str) -> str:
        """A code in clear. Raises UnsealingError."""
        return self._sealer.unseal(sealed, PURPOSE)

    def is_right(self, sealed: str, given: str) -> bool:
        """Whether somebody knows the code. Takes as long for a wrong one as for the right one."""
        return hmac.compare_digest(self.open(sealed).encode(), given.encode())
