"""Keeping a password so that it can be compared but not read: scrypt (RFC 7914), with a salt of its own.

`scrypt$15$8$3$<salt>$<hash>`: log2 of the cost N, the block size r, the parallelism p; salt and hash in base64. These
are OWASP's parameters: 32 MiB of memory, a fifth of a second or so for one guess.
https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#scrypt
"""

import base64
import hashlib
import hmac
import secrets

SHORTEST, LONGEST = 8, 1024  # characters
COST, BLOCK, PARALLEL = 15, 8, 3
MOST_MEMORY = 64 * 1024 * 1024  # bytes; OpenSSL refuses more
SALT = 16  # bytes


def hashed(password: str) -> str:
    """The password as it is kept. Blocks for a while."""
    salt = secrets.token_bytes(SALT)
    return f"scrypt${COST}${BLOCK}${PARALLEL}${_text(salt)}${_text(_scrypt(password, salt, COST, BLOCK, PARALLEL))}"


def matches(password: str, kept: str) -> bool:
    """Whether a password is the one that is kept so. Blocks for a while."""
    _, cost, block, parallel, salt, right = kept.split("$")
    found = _scrypt(password, base64.b64decode(salt), int(cost), int(block), int(parallel))
    return hmac.compare_digest(found, base64.b64decode(right))


def _scrypt(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=1 << cost, r=block, p=parallel, maxmem=MOST_MEMORY, dklen=32)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
