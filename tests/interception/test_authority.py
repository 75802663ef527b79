import ssl
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from offhook.interception.authority import Authority, covers, wall_time


def later(days):
    return lambda: wall_time() + timedelta(days=days)


def peer_names(authority: Authority, port: int, name: str | None) -> tuple:
    """What a client that trusts the CA finds on a TLS port when it asks for `name`."""
    import socket

    context = ssl.create_default_context(cafile=authority.ca_path)
    context.set_alpn_protocols(["h2", "http/1.1"])
    context.check_hostname = name is not None
    with (
        socket.create_connection(("127.0.0.1", port)) as plain,
        context.wrap_socket(plain, server_hostname=name) as tls,
    ):
        assert tls.selected_alpn_protocol() == "http/1.1"
        return tuple(value for _, value in tls.getpeercert()["subjectAltName"])


def test_the_ca_is_kept_and_its_key_is_private(tmp_path):
    first = Authority.open(tmp_path)
    pem = first.ca_path.read_bytes()
    assert Authority.open(tmp_path).ca_path.read_bytes() == pem
    assert first.ca_path == tmp_path / "tls" / "ca.pem"
    assert stat.S_IMODE(first.ca_path.stat().st_mode) == 0o644
    assert stat.S_IMODE((tmp_path / "tls" / "ca-key.pem").stat().st_mode) == 0o600
    assert not [path for path in (tmp_path / "tls").iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize(("days", "renewed"), [(0, False), (1700, False), (1800, True), (1900, True)])
def test_the_ca_is_made_again_before_it_expires(tmp_path, days, renewed):
    pem = Authority.open(tmp_path).ca_path.read_bytes()
    assert (Authority.open(tmp_path, now=later(days)).ca_path.read_bytes() != pem) is renewed


def test_a_ca_without_its_key_or_with_a_strange_one_is_made_again(tmp_path):
    pem = Authority.open(tmp_path).ca_path.read_bytes()
    key = tmp_path / "tls" / "ca-key.pem"
    Authority.open(tmp_path / "other")
    key.write_bytes((tmp_path / "other" / "tls" / "ca-key.pem").read_bytes())
    second = Authority.open(tmp_path).ca_path.read_bytes()
    key.write_bytes(b"-----BEGIN PRIV")
    third = Authority.open(tmp_path).ca_path.read_bytes()
    assert len({pem, second, third}) == 3


def test_a_folder_that_two_open_at_once_has_one_ca(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: Authority.open(tmp_path), range(8)))
    assert len({authority._certificate for authority in made}) == 1


@pytest.mark.parametrize("host", ["api.twilio.com", "api.dublin.ie1.twilio.com", "twimlets.com", "localhost"])
def test_the_name_that_is_asked_for_picks_the_leaf(house, host):
    assert peer_names(house.authority, house.tls_port, host) == (host,)


@pytest.mark.parametrize("name", [None, "127.0.0.1"])
def test_without_a_name_the_leaf_is_for_this_machine(house, name):
    found = peer_names(house.authority, house.tls_port, name)
    assert found[:2] == ("localhost", "127.0.0.1")


@pytest.mark.parametrize("host", ["bank.example", "eviltwilio.com"])
def test_a_foreign_name_is_refused_with_an_alert(tmp_path, host):
    to_client, to_server = ssl.MemoryBIO(), ssl.MemoryBIO()
    server = Authority.open(tmp_path).server_context().wrap_bio(to_server, to_client, server_side=True)
    client = ssl.create_default_context().wrap_bio(to_client, to_server, server_hostname=host)
    with pytest.raises(ssl.SSLWantReadError):
        client.do_handshake()
    with pytest.raises(ssl.SSLError):
        server.do_handshake()
    with pytest.raises(ssl.SSLError, match="UNRECOGNIZED_NAME"):
        client.do_handshake()


def test_names_that_dns_cannot_hold_are_not_covered():
    assert not covers("a b.twilio.com")
    assert not covers(".twilio.com")
    assert not covers(f"{'a' * 64}.twilio.com")
    assert not covers("10.0.0.1")


def test_many_threads_that_ask_for_one_host_get_one_leaf(tmp_path):
    authority = Authority.open(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(authority._leaf, ["api.twilio.com"] * 64))
    assert len(found) == 1


def test_leaves_are_made_fast_and_forgotten_when_there_are_too_many(tmp_path):
    authority = Authority.open(tmp_path)
    first = authority._leaf("first.twilio.com")
    started = time.process_time()
    for number in range(300):
        authority._leaf(f"h{number}.twilio.com")
    assert (time.process_time() - started) / 300 < 0.02  # an RSA key would take far longer
    assert len(authority._leaves) == 256
    assert authority._leaf("first.twilio.com") is not first


def test_a_leaf_is_renewed_before_it_expires(tmp_path):
    days = 0
    authority = Authority.open(tmp_path, now=lambda: wall_time() + timedelta(days=days))
    first = authority._leaf("api.twilio.com")
    days = 30
    assert authority._leaf("api.twilio.com") is first
    days = 61
    assert authority._leaf("api.twilio.com") is not first
