"""Names, cookies, guesses, passwords: the rules by themselves."""

import base64
import socket

import pytest

from offhook.console import passwords
from offhook.console.attempts import MOST, MOST_IN_ALL, WITHIN, Attempts
from offhook.console.cookies import cookie_name, set_cookie, token_in
from offhook.console.hosts import Hosts

HERE = "http://127.0.0.1:4665"


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.0.0.1:4665", "[::1]:4665", "localhost:1", "LOCALHOST", "localhost.", "x.localhost:4665"),
        *("192.168.1.7:4665", "box.lan:4665", "phones.example", "Phones.Example:443", socket.gethostname()),
    ],
)
def test_addresses_and_names_that_we_know_are_ours(host):
    assert Hosts("box.lan", "https://phones.example/").is_ours(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.nip.io",
        "notlocalhost",
        "[",
        "a b",
        "[::1",
        "2130706433",
    ],
)
def test_other_names_are_not(host):
    assert not Hosts("127.0.0.1", "https://phones.example").is_ours(host)
    assert not Hosts("127.0.0.1").is_ours(host)


@pytest.mark.parametrize(
    ("scheme", "host", "origin"),
    [
        ("http", "127.0.0.1:4665", HERE),
        ("http", "phones.example", "https://phones.example"),
        ("http", "phones.example:443", "https://phones.example"),
        ("https", "phones.example", "https://phones.example"),
        ("http", "phones.example:8080", "http://phones.example:8080"),
        ("https", "127.0.0.1:4666", "https://127.0.0.1:4666"),
        ("http", "localhost:80", "http://localhost"),
    ],
)
def test_an_origin_is_what_the_browser_has_in_mind(scheme, host, origin):
    hosts = Hosts("127.0.0.1", "https://phones.example")
    assert hosts.origin(scheme, host) == origin
    assert hosts.may_ask(origin, scheme, host)
    assert not hosts.may_ask("null", scheme, host)
    assert not hosts.may_ask("http://127.0.0.1:5000", scheme, host)


def test_without_a_public_url_no_origin_stands_for_it():
    hosts = Hosts("127.0.0.1")
    assert not any(
        hosts.may_ask(origin, "http", "127.0.0.1:4665") for origin in ("", "://", "http://", "https://", "null")
    )


def test_two_offhooks_on_one_machine_have_a_cookie_each():
    assert {cookie_name(HERE), cookie_name("http://127.0.0.1:4667")} == {"offhook-4665", "offhook-4667"}
    header = "a=b; offhook-4667=other;offhook-4665=mine ; c"
    assert token_in(header, HERE) == "mine"
    assert token_in(header, "http://127.0.0.1:1") is None
    assert token_in("offhook-4665=", HERE) is None


def test_a_cookie_is_taken_away_as_it_was_set():
    assert set_cookie(HERE, "") == "offhook-4665=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"
    assert set_cookie("https://[::1]", "t") == "__Host-offhook-443=t; Path=/; HttpOnly; SameSite=Strict; Secure"


class Time:
    now = 1000.0

    def __call__(self):
        return self.now


def test_ten_guesses_are_heard_and_the_next_when_the_first_is_a_quarter_of_an_hour_old():
    time = Time()
    attempts = Attempts(time)
    for _ in range(MOST):
        assert attempts.wait("10.0.0.1") == 0
        time.now += 1
    assert attempts.wait("10.0.0.1") == WITHIN - MOST
    assert attempts.wait("10.0.0.2") == 0
    time.now += WITHIN - MOST
    assert attempts.wait("10.0.0.1") == 0
    assert attempts.wait("10.0.0.1") == 1


def test_guesses_from_many_places_are_bounded_as_well():
    time = Time()
    attempts = Attempts(time)
    assert [attempts.wait(f"10.0.{number}.1") for number in range(MOST_IN_ALL)] == [0.0] * MOST_IN_ALL
    assert attempts.wait("10.1.0.1") == WITHIN


def test_who_has_one_address_of_an_ipv6_network_has_all():
    attempts = Attempts(Time())
    for number in range(MOST):
        assert attempts.wait(f"2001:db8::{number:x}") == 0
    assert attempts.wait("2001:db8:0:0:ffff::1") > 0
    assert attempts.wait("2001:db8:0:1::1") == 0


@pytest.mark.parametrize("same", [("::ffff:10.0.0.1", "10.0.0.1"), ("fe80::1%eth0", "fe80::2"), (None, "nonsense")])
def test_one_place_is_one_place_however_it_is_written(same):
    attempts = Attempts(Time())
    for _ in range(MOST):
        attempts.wait(same[0])
    assert attempts.wait(same[1]) > 0


def test_the_right_password_forgives_the_wrong_ones_before():
    attempts = Attempts(Time())
    for _ in range(MOST):
        attempts.wait("10.0.0.1")
    attempts.succeeded("10.0.0.1")
    assert attempts.wait("10.0.0.1") == 0


def test_a_password_is_kept_salted_and_compared():
    one, other = passwords.hashed("grüße 🌍"), passwords.hashed("grüße 🌍")
    assert one != other
    assert one.startswith("scrypt$15$8$3$")
    assert passwords.matches("grüße 🌍", one)
    assert passwords.matches("grüße 🌍", other)
    assert not passwords.matches("grüsse 🌍", one)


def test_a_password_that_was_kept_at_another_cost_still_counts():
    # RFC 7914 §12: scrypt("pleaseletmein", "SodiumChloride", 16384, 8, 1), its first 32 octets
    expected = bytes.fromhex("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2")
    kept = f"scrypt$14$8$1$U29kaXVtQ2hsb3JpZGU=${base64.b64encode(expected).decode()}"
    assert passwords.matches("pleaseletmein", kept)
    assert not passwords.matches("pleaseletmeout", kept)
