"""The CA bundles of a child process: for each kind of client what it would have trusted, and the local CA.

One variable names one whole bundle, so ours must hold all that the client had before: other hosts are tunnelled to the
real ones, with the real certificates. Kinds differ in where they look first, and a bundle that was meant for one is not
forced upon another. Files are named by their content and lie beside the CA, so programs started with different settings
do not disturb each other.
"""

import hashlib
import os
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from offhook.interception.authority import place

SYSTEM_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch, Gentoo
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora, RHEL
    "/etc/ssl/ca-bundle.pem",  # openSUSE
    "/etc/ssl/cert.pem",  # macOS, Alpine, the BSDs
)
BEGIN = b"-----BEGIN "


@dataclass(frozen=True)
class Bundles:
    """Files of PEM certificates: for requests, for curl, for OpenSSL's default paths, and Node's extra ones."""

    requests: Path
    curl: Path
    openssl: Path
    node: Path


def write_bundles(parent: Mapping[str, str], ca: Path) -> Bundles:
    """Writes the bundles for children of the environment `parent` beside the CA's file `ca`. Raises OSError.

    A variable that names nothing readable counts as not set; without any, the system's certificates are used.
    """
    ours = ca.read_bytes()
    folder = ca.parent

    def bundle(*variables: str) -> Path:
        return _keep(folder, _previous(parent, *variables) or _system(), ours)

    return Bundles(
        requests=bundle("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"),
        curl=bundle("CURL_CA_BUNDLE", "SSL_CERT_FILE"),
        openssl=bundle("SSL_CERT_FILE"),
        node=_keep(folder, _previous(parent, "NODE_EXTRA_CA_CERTS"), ours),  # Node adds these to its own
    )


def _previous(parent: Mapping[str, str], *variables: str) -> bytes:
    for variable in variables:
        if parent.get(variable):
            found = b"".join(_certificates(Path(parent[variable])))
            if found:
                return found
    return b""


def _certificates(path: Path) -> Iterator[bytes]:
    """The PEM texts of a file, or of a folder's files (requests takes both)."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    for file in files:
        if file.is_file() and os.access(file, os.R_OK):
            text = file.read_bytes()
            if BEGIN in text:
                yield text.rstrip() + b"\n"


def _system() -> bytes:
    compiled_in = ssl.get_default_verify_paths().openssl_cafile
    for name in (compiled_in, *SYSTEM_BUNDLES, *_certifi()):
        found = b"".join(_certificates(Path(name)))
        if found:
            return found
    return b""


def _certifi() -> list[str]:
    spec = find_spec("certifi")
    return [str(Path(spec.origin).parent / "cacert.pem")] if spec and spec.origin else []


def _keep(folder: Path, previous: bytes, ours: bytes) -> Path:
    content = previous if ours.strip() in previous else previous + ours
    path = folder / f"bundle-{hashlib.sha256(content).hexdigest()[:16]}.pem"
    if not path.exists():
        place(path, content, 0o644)
    return path
