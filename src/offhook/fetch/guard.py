"""Which addresses may be called.

A name is resolved once, every address it gives is judged, and the answer is pinned: whoever connects uses the
addresses in the `Target` and asks no resolver again, so a name cannot change its mind between check and connect.
If one of its addresses is not allowed the name is refused, since only an attack mixes the two.

Our own ports are never dialled: a webhook that calls this server's API would be a loop, or a way around its login.

Source: OWASP SSRF prevention cheat sheet; DESIGN rule "safe by default".
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TypeAlias

from offhook.fetch.addresses import carried, judge
from offhook.fetch.errors import FetchError
from offhook.fetch.urls import parse, without_userinfo

Resolver: TypeAlias = Callable[[str, int], Awaitable[Sequence[str]]]
"""(host name, port) to IP addresses; raises OSError when there are none."""

_MOST_ALTERNATIVES = 2


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect. `host` is the name for the Host header and SNI (IPv6 without brackets).

    `alternatives` are further checked addresses of the same name, for when nothing listens on the first
    (`localhost` is often two). IPv4 comes first: Twilio calls over IPv4.
    """

    scheme: str
    host: str
    port: int
    address: str
    alternatives: tuple[str, ...] = ()


async def resolve_with_system(host: str, port: int) -> Sequence[str]:
    """Every address of a name, in the system resolver's order. Raises OSError.

    `localhost` is the loopback, which needs no resolver and no thread (RFC 6761 section 6.3).
    """
    if host.rstrip(".") == "localhost":
        return ["127.0.0.1", "::1"]
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Guard:
    """Decides for every URL, redirects included, before a connection is made.

    `allow_private` lets loopback and private addresses pass (development). `own_ports` gives the ports this
    server listens on; it is asked at each check.
    """

    def __init__(
        self,
        *,
        allow_private: bool,
        own_ports: Callable[[], Collection[int]],
        resolve: Resolver = resolve_with_system,
    ) -> None:
        self._allow_private = allow_private
        self._own_ports = own_ports
        self._resolve = resolve

    async def check(self, url: str) -> Target:
        """Where this URL leads. Raises FetchError: "bad_url", "dns", "refused"."""
        parsed = parse(url)
        host, port = parsed.host, parsed.port
        addresses = [host] if parsed.literal else await self._addresses(host, port, url)
        for address in addresses:
            self._judge(address, port, url)
        first, *others = sorted(addresses, key=lambda address: ":" in address)
        return Target(parsed.scheme, host, port, first, tuple(others[:_MOST_ALTERNATIVES]))

    async def _addresses(self, host: str, port: int, url: str) -> Sequence[str]:
        try:
            found = await self._resolve(host, port)
        except UnicodeError:
            raise FetchError("bad_url", f"{host[:100]!r} is not a host name.") from None
        except OSError as error:
            raise _unknown(host, url, error.strerror or "no answer") from error
        if not found:
            raise _unknown(host, url, "it has no address")
        return found

    def _judge(self, address: str, port: int, url: str) -> None:
        verdict = judge(address)
        if verdict.where == "never":
            raise _refused(url, f"{address} is {verdict.reason}, which is never called")
        if verdict.where == "private" and not self._allow_private:
            raise _refused(url, f"{address} is {verdict.reason}, which is called in development mode only")
        if port in self._own_ports() and _is_this_machine(address):
            raise _refused(url, f"port {port} of this machine is Offhook itself")


def _is_this_machine(address: str) -> bool:
    """Whether a socket can be bound to the address, or to one it carries: then it is ours."""
    whole = ip_address(address)
    return any(each.is_loopback or _can_bind(str(each)) for each in (whole, *carried(whole)))


def _can_bind(address: str) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((address, 0))
    except OSError:
        return False
    return True


def _refused(url: str, why: str) -> FetchError:
    return FetchError("refused", f"Offhook refused to call {without_userinfo(url)[:200]}: {why}.")


def _unknown(host: str, url: str, why: str) -> FetchError:
    return FetchError("dns", f"The host {host!r} of {without_userinfo(url)[:200]} was not found: {why}.")
