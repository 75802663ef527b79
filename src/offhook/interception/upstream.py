"""The user's own way out: the proxies and exemptions that were in the environment before ours.

`offhook run` replaces HTTP_PROXY and its kin in the child, so our proxy must do for all other hosts what the child
would have done by itself. Read as curl and Python read them: the lower-case variable wins, `ALL_PROXY` serves
schemes without their own, NO_PROXY holds names (which exempt their subdomains too), addresses, networks, each with an
optional port, or `*`. Loopback never goes through an upstream proxy.
"""

import base64
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from offhook.interception.hosts import is_within, normal

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")
PORTS = {"http": 80, "https": 443}


class UnsupportedProxyError(ValueError):
    """The environment names a proxy that we cannot speak to; the message says which variable and why."""


@dataclass(frozen=True)
class ProxyServer:
    """One HTTP proxy: where it listens, whether it speaks TLS itself, the credentials it wants (a header value)."""

    host: str
    port: int
    tls: bool = False
    authorization: str | None = None

    @classmethod
    def parse(cls, url: str) -> "ProxyServer":
        """Reads `http://user:password@host:port`, with or without the scheme. Raises ValueError."""
        parts = urlsplit(url if "://" in url else f"http://{url}")
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError(f"a {parts.scheme or 'nameless'} proxy is not supported, only http and https ones")
        authorization = None
        if parts.username is not None:
            pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            authorization = "Basic " + base64.b64encode(pair.encode()).decode("ascii")
        port = parts.port or PORTS[parts.scheme]
        return cls(parts.hostname, port, parts.scheme == "https", authorization)


@dataclass(frozen=True)
class Upstream:
    """The proxies for plain and for TLS traffic, and the NO_PROXY entries that go around both."""

    http: ProxyServer | None = None
    https: ProxyServer | None = None
    exempt: tuple[str, ...] = ()

    def way_to(self, scheme: str, host: str, port: int) -> ProxyServer | None:
        """The proxy to use for `scheme` ("http" or "https") to `host`, or None to go there directly."""
        server = self.http if scheme == "http" else self.https
        name = normal(host)
        if server is None or is_loopback(name) or any(exempts(entry, name, port) for entry in self.exempt):
            return None
        return server


def upstream_of(parent: Mapping[str, str]) -> Upstream:
    """The proxy settings of an environment. Raises UnsupportedProxyError for one that we could not honour (SOCKS)."""
    exempt = setting(parent, "no_proxy") or ""
    return Upstream(
        _server(parent, "http_proxy"),
        _server(parent, "https_proxy"),
        tuple(entry.strip().lower() for entry in exempt.replace(" ", ",").split(",") if entry.strip()),
    )


def setting(parent: Mapping[str, str], name: str) -> str | None:
    """The value of a proxy variable, lower case first, as curl and Python look for it; None when empty."""
    return parent.get(name) or parent.get(name.upper()) or None


def exempts(entry: str, host: str, port: int) -> bool:
    """Whether one NO_PROXY entry (lower case) covers `host` (normal form) at `port`."""
    if entry == "*":
        return True
    name, colon, wanted = entry.rpartition(":")
    if colon and wanted.isdigit() and (":" not in name or name.endswith("]")):
        if int(wanted) != port:
            return False
        entry = name
    entry = normal(entry)
    address = _address(host)
    if address is not None:
        network = _network(entry)
        return network is not None and address in network
    return is_within(host, entry.removeprefix("*").removeprefix("."))


def is_loopback(host: str) -> bool:
    """Whether a host (normal form) is this machine by its name or address alone."""
    address = _address(host)
    return address.is_loopback if address is not None else is_within(host, "localhost")


def _server(parent: Mapping[str, str], name: str) -> ProxyServer | None:
    for variable in (name, "all_proxy"):
        url = setting(parent, variable)
        if url:
            try:
                return ProxyServer.parse(url)
            except ValueError as error:
                raise UnsupportedProxyError(f"{variable.upper()}: {error}") from error
    return None


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _network(entry: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(entry, strict=False)
    except ValueError:
        return None
