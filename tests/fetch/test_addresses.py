import pytest

from offhook.fetch.addresses import judge

NEVER = """
169.254.169.254 169.254.0.1 100.100.100.200 168.63.129.16 192.0.0.192 192.0.0.8 0.0.0.0 0.1.2.3 224.0.0.1
239.255.255.250 240.0.0.1 255.255.255.255 192.0.2.1 198.51.100.7 203.0.113.9 192.88.99.1
:: fe80::1 fe80::a9fe:a9fe febf::1 fec0::1 fe80::1%eth0 ff02::1 2001:db8::1 3fff::1 fd00:ec2::254
fd20:ce::254 fd00:c1::a9fe:a9fe
fd00:42::42 ::ffff:169.254.169.254 64:ff9b::a9fe:a9fe 2002:a9fe:a9fe::1 64:ff9b:1::1 ::127.0.0.1 ::ffff:0:127.0.0.1
2001:0:a9fe:a9fe::1 2001:0:808:808:0:0:5601:5601 100::1 5f00::1 2001:10::1 2a00:1450:4001:81b:0:5efe:a9fe:a9fe
2001:2::1 4000::1
"""
PRIVATE = """
127.0.0.1 127.255.255.254 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1 100.127.255.255 198.18.0.1
::1 fc00::1 fd12:3456::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: 2002:c0a8:101::1
2001:0:7f00:1::f7f7:f7f7 2001:0:808:808:0:0:80ff:fffe fd00::5efe:127.0.0.1
"""
PUBLIC = """
8.8.8.8 1.1.1.1 172.32.0.1 172.15.255.255 192.167.0.1 100.63.255.255 100.128.0.1 169.253.0.1 198.20.0.1 11.0.0.1
223.255.255.255 2606:4700:4700::1111 2a00:1450:4001:81b::200e ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::1
"""


@pytest.mark.parametrize("address", NEVER.split())
def test_metadata_link_local_and_reserved_are_never_called(address: str) -> None:
    assert judge(address).where == "never"


@pytest.mark.parametrize("address", PRIVATE.split())
def test_loopback_and_private_are_private_in_every_spelling(address: str) -> None:
    assert judge(address).where == "private"


@pytest.mark.parametrize("address", PUBLIC.split())
def test_the_internet_is_public(address: str) -> None:
    assert judge(address).where == "public"


def test_the_reason_names_what_is_inside() -> None:
    assert judge("64:ff9b::a9fe:a9fe").reason == "another spelling of 169.254.169.254, a link-local address"


def test_what_is_no_address_is_an_error() -> None:
    with pytest.raises(ValueError):
        judge("127.1")
