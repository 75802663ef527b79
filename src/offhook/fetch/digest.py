"""Digest authentication: proving that one knows a password without sending it.

The proof is a hash over the password, what the server made up (`nonce`), what we make up (`cnonce`), and the method
and target of the request, so it is worth nothing for another request. Spoken here: SHA-256 and MD5, each also as
`-sess`, with `qop=auth`; and what servers ask that are older than `qop` (RFC 2069). Not spoken: `auth-int`, `userhash`.

Pure: what has to be random is an argument.

Source: RFC 7616; RFC 2069 section 2.1.2 for challenges without `qop`; RFC 8187 for user names that cannot be quoted.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

HASHES = {"md5": "md5", "md5-sess": "md5", "sha-256": "sha256", "sha-256-sess": "sha256"}
STRENGTHS = {"md5": 1, "sha256": 2}
FIRST_USE = "00000001"  # the nonce counter: no nonce is used for a second request
_IN_EXTENDED = "!#$&+^`|"  # RFC 8187 section 3.2.1: attr-char, less what `quote` leaves alone by itself


@dataclass(frozen=True, slots=True)
class DigestChallenge:
    """What a server asks for, as far as the answer depends on it. The texts are as they were before quoting."""

    realm: str
    nonce: str
    algorithm: str | None  # as it was written; None, if it was not, means MD5
    has_qop: bool
    opaque: str | None
    is_stale: bool  # the password was right, the nonce too old

    @property
    def hash(self) -> str:
        """The name of the hash function."""
        return HASHES[(self.algorithm or "MD5").lower()]

    @property
    def strength(self) -> int:
        """More is better."""
        return STRENGTHS[self.hash]

    def answer(self, method: str, target: str, username: str, password: str, client_nonce: str) -> str:
        """The value of `Authorization`; `target` is what stands in the request line (RFC 7616 section 3.4)."""
        fields = {
            "username": quoted(username),
            "realm": quoted(self.realm),
            "nonce": quoted(self.nonce),
            "uri": quoted(target),
            "response": quoted(self._response(method, target, username, password, client_nonce)),
            "algorithm": self.algorithm,
            "cnonce": quoted(client_nonce) if self.has_qop else None,
            "opaque": None if self.opaque is None else quoted(self.opaque),
            "qop": "auth" if self.has_qop else None,
            "nc": FIRST_USE if self.has_qop else None,
        }
        if not _fits_in_quotes(username):
            fields |= {"username": None, "username*": f"UTF-8''{quote(username, safe=_IN_EXTENDED)}"}
        return "Digest " + ", ".join(f"{name}={value}" for name, value in fields.items() if value is not None)

    @property
    def _is_session(self) -> bool:
        return (self.algorithm or "").lower().endswith("-sess")

    def _response(self, method: str, target: str, username: str, password: str, client_nonce: str) -> str:
        """RFC 7616 section 3.4.1."""
        secret = self._hashed(username, self.realm, password)
        if self._is_session:
            secret = self._hashed(secret, self.nonce, client_nonce)
        asked = self._hashed(method, target)
        if self.has_qop:
            return self._hashed(secret, self.nonce, FIRST_USE, client_nonce, "auth", asked)
        return self._hashed(secret, self.nonce, asked)

    def _hashed(self, *parts: str) -> str:
        return hashlib.new(self.hash, ":".join(parts).encode(), usedforsecurity=False).hexdigest()


def digest_challenge(parameters: Mapping[str, str]) -> DigestChallenge | None:
    """A challenge read from its parameters (names in lower case, values unquoted); None for one that we cannot answer.

    Nor can one be answered whose texts are not ASCII: we are not told their bytes.
    """
    realm, nonce, algorithm = parameters.get("realm"), parameters.get("nonce"), parameters.get("algorithm")
    opaque, qop = parameters.get("opaque"), parameters.get("qop")
    if realm is None or nonce is None or (algorithm or "MD5").lower() not in HASHES:
        return None
    if qop is None and (algorithm or "").lower().endswith("-sess"):
        return None  # without qop there is no cnonce to make a session of
    if qop is not None and "auth" not in {offer.strip().lower() for offer in qop.split(",")}:
        return None
    if not all(_fits_in_quotes(text) for text in (realm, nonce, opaque or "")):
        return None
    return DigestChallenge(
        realm, nonce, algorithm, qop is not None, opaque, parameters.get("stale", "").lower() == "true"
    )


def quoted(text: str) -> str:
    """A text as a quoted-string (RFC 9110 section 5.6.4)."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _fits_in_quotes(text: str) -> bool:
    return text.isascii() and text.replace("\t", "").isprintable()
