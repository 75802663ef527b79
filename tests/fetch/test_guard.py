import asyncio
import socket
from collections.abc import Sequence

import pytest

from offhook.fetch import FetchError, Guard, Target

NAMES = {
    "app.example": ["93.184.216.34"],
    "six.example": ["2606:4700:4700::1111", "93.184.216.34"],
    "localhost": ["::1", "127.0.0.1"],
    "metadata.google.internal": ["169.254.169.254"],
    "mixed.example": ["93.184.216.34", "10.0.0.1"],
    "mixed6.example": ["93.184.216.34", "fd00:ec2::254"],
    "nat64.example": ["64:ff9b::a9fe:a9fe"],
    "empty.example": [],
    "trailing.example.": ["127.0.0.1"],
}


async def resolve(host: str, port: int) -> Sequence[str]:
    if host not in NAMES:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return NAMES[host]


def check(url: str, *, allow_private: bool, own: tuple[int, ...] = ()) -> Target:
    guard = Guard(allow_private=allow_private, own_ports=lambda: own, resolve=resolve)
    return asyncio.run(guard.check(url))


def kind_of(url: str, *, allow_private: bool, own: tuple[int, ...] = ()) -> str:
    with pytest.raises(FetchError) as caught:
        check(url, allow_private=allow_private, own=own)
    return caught.value.kind


# Spellings of an internal address: production refuses each one, one way or another.
LOOPBACK = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0x7f.1/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://0177.1/",
    "http://127.0.0.1./",
    "http://127.1.2.3:8080/",
    "http://①②⑦.⓪.⓪.①/",
    "http://１２７.0.0.1/",
    "http://127。0。0。1/",
    "http://%31%32%37.0.0.1/",
    "http://%6c%6fcalhost/",
    "http://LOCALHOST/",
    "http://ⓛocalhost/",
    "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001:0:7f00:1::f7f7:f7f7]/",
    "http://user@127.0.0.1/",
    "http://app.example@127.0.0.1/",
    "http://app.example:80@127.0.0.1/",
    "https://127.0.0.1:8443/a",
    "http://10.0.0.1/",
    "http://0xa.1/",
    "http://192.168.0.1/",
    "http://3232235521/",
    "http://172.16.0.1/",
    "http://100.64.0.1/",
    "http://[fc00::1]/",
    "http://[fd12::1]/",
    "http://trailing.example./",
]
FORBIDDEN = [
    "http://169.254.169.254/latest/meta-data",
    "http://2852039166/",
    "http://0xA9FEA9FE/",
    "http://0251.0376.0251.0376/",
    "http://169.254.43518/",
    "http://[::ffff:169.254.169.254]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[2002:a9fe:a9fe::]/",
    "http://[fe80::1]/",
    "http://[fd00:ec2::254]/",
    "http://100.100.100.200/",
    "http://192.0.0.192/",
    "http://0/",
    "http://0.0.0.0/",
    "http://[::]/",
    "http://[::127.0.0.1]/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://203.0.113.5/",
    "http://[ff02::1]/",
    "http://metadata.google.internal/",
    "http://nat64.example/",
    "http://mixed6.example/",
    "http://user:pw@169.254.169.254/",
    "http://１６９.254.169.254/",
    "http://169。254。169。254/",
]


@pytest.mark.parametrize("url", LOOPBACK)
def test_internal_addresses_are_refused_in_production_in_every_spelling(url: str) -> None:
    assert kind_of(url, allow_private=False) == "refused"


@pytest.mark.parametrize("url", LOOPBACK)
def test_the_same_spellings_may_be_called_in_development(url: str) -> None:
    assert check(url, allow_private=True).address


@pytest.mark.parametrize("allow_private", [True, False])
@pytest.mark.parametrize("url", FORBIDDEN)
def test_metadata_and_reserved_addresses_are_refused_everywhere(url: str, allow_private: bool) -> None:
    assert kind_of(url, allow_private=allow_private) == "refused"


@pytest.mark.parametrize(
    "url", ["http://[fe80::1%25lo]/", "http://127.0.0.1:0/", "file:///etc/passwd", "http://1.2.3.4.5/"]
)
def test_what_cannot_be_read_as_a_web_address_is_no_url(url: str) -> None:
    assert kind_of(url, allow_private=True) == "bad_url"


def test_a_public_name_passes_with_its_checked_address() -> None:
    target = check("https://u:p@App.Example/sms#rc=2", allow_private=False)
    assert target == Target("https", "app.example", 443, "93.184.216.34")


def test_ipv4_comes_first_and_the_other_address_is_kept() -> None:
    target = check("http://six.example:81/", allow_private=False)
    assert (target.address, target.alternatives, target.port) == ("93.184.216.34", ("2606:4700:4700::1111",), 81)


def test_an_ipv6_literal_loses_its_brackets() -> None:
    assert check("http://[::1]:81/", allow_private=True) == Target("http", "::1", 81, "::1")


def test_a_name_that_mixes_public_and_private_is_refused() -> None:
    assert kind_of("http://mixed.example/", allow_private=False) == "refused"


@pytest.mark.parametrize("url", ["http://unknown.example/", "http://empty.example/"])
def test_a_name_without_address_is_a_dns_failure_that_may_be_retried(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        check(url, allow_private=True)
    assert (caught.value.kind, caught.value.retry_class) == ("dns", "ct")


def test_a_name_the_real_resolver_cannot_encode_is_a_bad_url() -> None:
    guard = Guard(allow_private=True, own_ports=lambda: ())
    with pytest.raises(FetchError) as caught:
        asyncio.run(guard.check(f"http://a..{'b' * 64}.example/"))
    assert caught.value.kind == "bad_url"


def test_the_real_resolver_finds_this_machine() -> None:
    guard = Guard(allow_private=True, own_ports=lambda: ())
    assert asyncio.run(guard.check("http://localhost:81/")).address in {"127.0.0.1", "::1"}


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.9.9.9", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0x7f.1", "[64:ff9b::7f00:1]"]
)
def test_our_own_ports_are_never_dialled(host: str) -> None:
    assert kind_of(f"http://{host}:4665/", allow_private=True, own=(4665, 4666)) == "refused"
    assert check(f"http://{host}:4667/", allow_private=True, own=(4665, 4666)).port == 4667


def test_an_address_of_this_machines_network_card_counts_as_our_own() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("8.8.8.8", 53))  # sends nothing; picks the card that leads out
        mine = probe.getsockname()[0]
    assert kind_of(f"http://{mine}:4665/", allow_private=True, own=(4665,)) == "refused"


def test_the_same_port_elsewhere_is_not_ours() -> None:
    assert check("http://app.example:4665/", allow_private=True, own=(4665,)).port == 4665


def test_ports_opened_later_are_ours_too() -> None:
    own: list[int] = []
    guard = Guard(allow_private=True, own_ports=lambda: own, resolve=resolve)
    assert asyncio.run(guard.check("http://127.0.0.1:5001/")).port == 5001
    own.append(5001)
    with pytest.raises(FetchError):
        asyncio.run(guard.check("http://127.0.0.1:5001/"))


def test_the_sentence_tells_why_and_hides_the_password() -> None:
    with pytest.raises(FetchError) as caught:
        check("http://user:hunter2@10.0.0.1/x", allow_private=False)
    assert str(caught.value) == (
        "Offhook refused to call http://10.0.0.1/x: 10.0.0.1 is a private address, "
        "which is called in development mode only."
    )
