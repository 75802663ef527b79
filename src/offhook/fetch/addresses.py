"""What an IP address is, seen from a server that must not be talked into calling itself.

Three judgements: `public` may be called, `private` only where that was allowed (development), `never` not at all:
metadata services, link-local, multicast, and blocks no real receiver lives in. The table is ours because
`ipaddress.is_global` is no filter: it calls NAT64 and 6to4 spellings of internal addresses global.

IPv6 works the other way round: only 2000::/3 is public, less its special blocks, and an address that carries an
IPv4 address (mapped, NAT64, 6to4, Teredo, ISATAP) is judged by what it carries.

Sources: IANA special-purpose address registries (RFC 6890), RFC 6052, 3056, 4380, 5214; the metadata addresses
of AWS, Azure, Google, Alibaba, Oracle and Scaleway.
"""

from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Literal

Where = Literal["public", "private", "never"]
_ORDER: tuple[Where, ...] = ("public", "private", "never")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` names the kind of address, to stand after "is"; empty when public."""

    where: Where
    reason: str = ""


_PUBLIC = Verdict("public")
_METADATA = Verdict("never", "a cloud metadata address")
_LINK_LOCAL = Verdict("never", "a link-local address")
_MULTICAST = Verdict("never", "a multicast address")
_RESERVED = Verdict("never", "a reserved address")
_DOCUMENTATION = Verdict("never", "an address for documentation only")
_UNSPECIFIED = Verdict("never", "an unspecified address")
_LOOPBACK = Verdict("private", "a loopback address")
_PRIVATE = Verdict("private", "a private address")

# The first match decides, so the narrow blocks come first.
_TABLE4 = tuple(
    (ip_network(block), verdict)
    for block, verdict in (
        ("100.100.100.200/32", _METADATA),
        ("168.63.129.16/32", _METADATA),
        ("169.254.0.0/16", _LINK_LOCAL),
        ("0.0.0.0/8", _UNSPECIFIED),
        ("127.0.0.0/8", _LOOPBACK),
        ("10.0.0.0/8", _PRIVATE),
        ("172.16.0.0/12", _PRIVATE),
        ("192.168.0.0/16", _PRIVATE),
        ("100.64.0.0/10", _PRIVATE),
        ("198.18.0.0/15", _PRIVATE),  # benchmarking; local proxies hand these out for every name
        ("192.0.0.0/24", _RESERVED),  # holds 192.0.0.192, a metadata address
        ("192.0.2.0/24", _DOCUMENTATION),
        ("198.51.100.0/24", _DOCUMENTATION),
        ("203.0.113.0/24", _DOCUMENTATION),
        ("192.88.99.0/24", _RESERVED),
        ("224.0.0.0/4", _MULTICAST),
        ("240.0.0.0/4", _RESERVED),  # the broadcast address included
    )
)
_TABLE6 = tuple(
    (ip_network(block), verdict)
    for block, verdict in (
        ("::1/128", _LOOPBACK),
        ("::/128", _UNSPECIFIED),
        ("::ffff:0:0/96", _PUBLIC),
        ("64:ff9b::/96", _PUBLIC),
        ("2002::/16", _PUBLIC),
        ("2001::/32", _PUBLIC),  # the four blocks above: what they carry decides
        ("fd00:ec2::/32", _METADATA),
        ("fd20:ce::/32", _METADATA),
        ("fd00:c1::/32", _METADATA),
        ("fd00:42::/32", _METADATA),
        ("fc00::/7", _PRIVATE),
        ("fe80::/10", _LINK_LOCAL),
        ("ff00::/8", _MULTICAST),
        ("2001:db8::/32", _DOCUMENTATION),
        ("3fff::/20", _DOCUMENTATION),
        ("2001::/23", _RESERVED),
        ("2000::/3", _PUBLIC),
        ("::/0", _RESERVED),
    )
)


@lru_cache(maxsize=4096)
def judge(text: str) -> Verdict:
    """The worst judgement over an address and every address it carries. Raises ValueError if it is none."""
    address = ip_address(text)
    verdict = _look_up(address)
    for inner in carried(address):
        found = _look_up(inner)
        if _ORDER.index(found.where) > _ORDER.index(verdict.where):
            verdict = Verdict(found.where, f"another spelling of {inner}, {found.reason}")
    return verdict


def carried(address: IPv4Address | IPv6Address) -> tuple[IPv4Address, ...]:
    """The IPv4 addresses inside an IPv6 address: none, one, or two for Teredo (server and client)."""
    if isinstance(address, IPv4Address):
        return ()
    if address.teredo is not None:
        return address.teredo
    if address.sixtofour is not None:
        return (address.sixtofour,)
    low = IPv4Address(int(address) & 0xFFFFFFFF)
    if address.ipv4_mapped is not None or int(address) >> 32 == 0x0064FF9B << 64:
        return (low,)
    isatap = (int(address) >> 32) & 0xFDFFFFFF == 0x00005EFE  # RFC 5214 section 6.1
    return (low,) if isatap else ()


def _look_up(address: IPv4Address | IPv6Address) -> Verdict:
    table = _TABLE4 if isinstance(address, IPv4Address) else _TABLE6
    return next((verdict for block, verdict in table if address in block), _PUBLIC)
