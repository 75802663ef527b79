"""Which Host headers are ours. A cookie counts only there.

A page of somebody else's may point its own name at this machine (DNS rebinding) and is then of the same origin as we
are, under that name. So a name has to be one that we know: loopback's, the one that we listen on, the public URL's,
or the machine's own. An address is no name, and cannot be pointed anywhere.
"""

import ipaddress
import socket
from urllib.parse import urlsplit


class Hosts:
    """Judges Host headers, for an Offhook that listens on `bound` and may have a public URL."""

    def __init__(self, bound: str, public_url: str | None = None) -> None:
        machine = socket.gethostname().lower()
        public = urlsplit((public_url or "").lower())
        self._names = {"localhost", bound.lower(), machine, f"{machine}.local", public.hostname or "localhost"}
        place = _without_default_port(public.scheme, public.netloc.rpartition("@")[2])
        self._public = f"{public.scheme}://{place}" if public_url else None

    def is_ours(self, host: str) -> bool:
        """Whether a Host header (with or without port) is an address, or a name of ours."""
        name = _name(host)
        return name in self._names or name.endswith(".localhost") or _is_address(name)

    def origin(self, scheme: str, host: str) -> str:
        """The origin that a browser has in mind that asked with this scheme and Host.

        Behind a proxy that speaks TLS for us the scheme is that of the public URL.
        """
        host = host.lower()
        for known in (scheme, "https"):
            if (asked := f"{known}://{_without_default_port(known, host)}") == self._public:
                return asked
        return f"{scheme}://{_without_default_port(scheme, host)}"

    def may_ask(self, origin: str, scheme: str, host: str) -> bool:
        """Whether a page with this `Origin` is ours, for a request with this scheme and Host."""
        return origin.lower() in (self.origin(scheme, host), self._public)


def _name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _without_default_port(scheme: str, host: str) -> str:
    return host.removesuffix(":443" if scheme == "https" else ":80")
