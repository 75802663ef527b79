"""The local CA of one data folder, and the TLS contexts that present its leaves.

The CA lives in `DIR/tls/`: `ca.pem` (readable by all, so that programs can trust it) and `ca-key.pem` (0600). It is
made once, under a file lock, each file renamed into place; it is made again when it is about to expire, when its
key does not belong to it, or when its name constraints are no longer ours. Programs trust a file, not a name, so a
renewed CA is seen by those started afterwards.

Leaves are made while a client shakes hands: the name it asks for (SNI, RFC 6066 §3) picks the certificate. They cost
well under a millisecond and stay in memory only. A name the CA may not speak for is answered with the alert
`unrecognized_name`, never with somebody else's certificate.
"""

import fcntl
import os
import ssl
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from offhook.interception import certificates
from offhook.interception.hosts import is_within, normal

RENEW_CA = timedelta(days=30)
RENEW_LEAF = timedelta(days=30)
KEPT_LEAVES = 256
LABEL_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")


def wall_time() -> datetime:
    """The real time of day: certificates are checked by other programs, which know no virtual clock."""
    return datetime.now(UTC)


class Authority:
    """A name-constrained CA, its certificate file (`ca_path`) and its leaves."""

    def __init__(
        self,
        folder: Path,
        certificate: x509.Certificate,
        key: ec.EllipticCurvePrivateKey,
        now: Callable[[], datetime] = wall_time,
    ) -> None:
        self.ca_path = folder / "ca.pem"
        self._certificate = certificate
        self._key = key
        self._now = now
        self._leaves: OrderedDict[str, tuple[ssl.SSLContext, datetime]] = OrderedDict()
        self._lock = threading.Lock()

    @classmethod
    def open(cls, dir: Path, now: Callable[[], datetime] = wall_time) -> Self:
        """The CA of the data folder `dir`, made (or made again) if there is no usable one. Raises OSError."""
        folder = dir.absolute() / "tls"
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder / "lock"):
            pair = _read(folder) or (None, None)
            certificate, key = pair
            if certificate is None or key is None or not _usable(certificate, key, now()):
                certificate, key = _make(folder, now())
        return cls(folder, certificate, key, now)

    def server_context(self) -> ssl.SSLContext:
        """A context for a listener: HTTP/1.1 by ALPN, the certificate picked by the name that is asked for.

        Without a name (a client that dials 127.0.0.1) the leaf speaks for 127.0.0.1, ::1 and localhost.
        """
        context = self._mint(certificates.LOCALHOST_NAMES)
        context.sni_callback = self._choose
        return context

    def _choose(self, socket: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> int | None:
        host = normal(name or "")
        if host and not covers(host):
            return ssl.AlertDescription.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
        socket.context = self._leaf(host)
        return None

    def _leaf(self, host: str) -> ssl.SSLContext:
        with self._lock:
            context, renewed_at = self._leaves.pop(host, (None, None))
            if context is None or renewed_at is None or renewed_at <= self._now():
                names = (x509.DNSName(host),) if _is_dns(host) else certificates.LOCALHOST_NAMES
                context = self._mint(names)
                renewed_at = self._now() + certificates.LEAF_LIFE - RENEW_LEAF
            self._leaves[host] = (context, renewed_at)
            if len(self._leaves) > KEPT_LEAVES:
                self._leaves.popitem(last=False)
            return context

    def _mint(self, names: tuple[x509.GeneralName, ...]) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_alpn_protocols(["http/1.1"])
        with tempfile.NamedTemporaryFile(prefix="offhook-leaf-") as file:  # 0600; OpenSSL reads files only
            file.write(certificates.make_leaf(names, self._certificate, self._key, self._now()))
            file.flush()
            context.load_cert_chain(file.name)
        return context


def covers(host: str) -> bool:
    """Whether the CA may speak for `host` (normal form): a DNS name in its domains, or loopback."""
    if host in ("127.0.0.1", "::1"):
        return True
    return _is_dns(host) and any(is_within(host, domain) for domain in certificates.DNS_NAMES)


def _is_dns(host: str) -> bool:
    labels = host.split(".")
    shaped = all(0 < len(label) <= 63 and LABEL_CHARACTERS.issuperset(label) for label in labels)
    return shaped and len(host) <= 253 and not labels[-1].isdigit()


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Holds off other processes that open the same CA."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _read(folder: Path) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey] | None:
    try:
        certificate = x509.load_pem_x509_certificate((folder / "ca.pem").read_bytes())
        key = serialization.load_pem_private_key((folder / "ca-key.pem").read_bytes(), None)
    except (FileNotFoundError, ValueError, TypeError):  # absent, cut short, or not what we wrote
        return None
    return (certificate, key) if isinstance(key, ec.EllipticCurvePrivateKey) else None


def _usable(certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey, now: datetime) -> bool:
    try:
        certificate.verify_directly_issued_by(certificate)
        held = certificate.extensions.get_extension_for_class(x509.NameConstraints)
    except (InvalidSignature, ValueError, TypeError, x509.ExtensionNotFound):
        return False
    fresh = certificate.not_valid_before_utc <= now < certificate.not_valid_after_utc - RENEW_CA
    belongs = certificate.public_key() == key.public_key()
    return fresh and belongs and held.critical and held.value == certificates.constraints()


def _make(folder: Path, now: datetime) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = certificates.make_ca(key, now)
    place(folder / "ca-key.pem", certificates.key_pem(key), 0o600)
    place(folder / "ca.pem", certificates.certificate_pem(certificate), 0o644)
    return certificate, key


def place(path: Path, content: bytes, mode: int) -> None:
    """Writes a file so that it is never seen half written: a new one, synced and renamed over the old."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(handle, mode)
            os.fsync(handle)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
