"""Secrets at rest: sealed with AES-256-GCM under a key that is not in the database.

The key lives in a file of its own beside the database (mode 0600), so that a copy of the database alone gives
nothing away. A sealed value is `1:` and base64 of nonce and ciphertext; `purpose` is bound to it, so a value cannot
be moved to another column.
"""

import base64
import contextlib
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY = 32  # bytes
NONCE = 12  # bytes, NIST SP 800-38D §8.2


class UnsealingError(Exception):
    """A sealed value does not open: the key is another one, or the value was changed."""


class Sealer:
    """Seals and opens short texts."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    @classmethod
    def open(cls, path: Path) -> "Sealer":
        """Read the key file, or make it when there is none. Several processes may try at once.

        Raises ValueError when the file holds no key, OSError when it cannot be read or made.
        """
        if not path.exists():
            _make_key(path)
        try:
            key = base64.b64decode(path.read_text(), validate=True)
        except ValueError:
            key = b""
        if len(key) != KEY:
            raise ValueError(f"{path} does not hold a key; put the right file back, or secrets stay closed")
        return cls(key)

    def seal(self, text: str, purpose: str) -> str:
        """Encrypt `text`."""
        nonce = secrets.token_bytes(NONCE)
        return "1:" + base64.b64encode(nonce + self._cipher.encrypt(nonce, text.encode(), purpose.encode())).decode()

    def unseal(self, sealed: str, purpose: str) -> str:
        """Decrypt what `seal` made for the same purpose. Raises UnsealingError."""
        try:
            version, _, value = sealed.partition(":")
            if version != "1":
                raise ValueError("not a sealed value")
            raw = base64.b64decode(value, validate=True)
            return self._cipher.decrypt(raw[:NONCE], raw[NONCE:], purpose.encode()).decode()
        except (InvalidTag, ValueError) as problem:
            raise UnsealingError("a stored secret does not open with this key file") from problem


def _make_key(path: Path) -> None:
    """Write a new key under another name and link it into place, unless somebody was faster. Durable on return."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(base64.b64encode(secrets.token_bytes(KEY)).decode())
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
