"""The authenticator app of a test: codes as the app of a person shows them, none of them twice."""

from types import SimpleNamespace

import pyotp
import pytest

from offhook.testing.authenticator import Enrolled

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
URI = f"otpauth://totp/Owl:Ann?secret={SECRET}&issuer=Owl"


def test_it_shows_the_code_of_this_moment(offhook) -> None:
    now = offhook.clock.now().timestamp()
    assert offhook.totp(URI) == pyotp.TOTP(SECRET).at(int(now))
    assert offhook.clock.now().timestamp() == now


def test_asked_again_it_waits_for_the_next_code(offhook) -> None:
    first = offhook.totp(URI)
    before = offhook.clock.now().timestamp()
    assert offhook.totp(URI) != first
    after = offhook.clock.now().timestamp()
    assert int(after) // 30 == int(before) // 30 + 1
    assert after % 30 < 0.001


def test_the_app_of_somebody_else_need_not_wait(offhook) -> None:
    now = offhook.clock.now()
    offhook.totp(URI)
    offhook.totp(URI.replace(SECRET, SECRET[::-1]))
    assert offhook.clock.now() == now


def test_it_makes_codes_as_it_was_told(offhook) -> None:
    uri = f"{URI}&algorithm=SHA256&digits=8&period=60"
    expected = pyotp.parse_uri(uri).at(int(offhook.clock.now().timestamp()))
    assert offhook.totp(SimpleNamespace(binding={"secret": SECRET, "uri": uri})) == expected


def test_few_digits_are_the_last_of_more() -> None:
    assert Enrolled.of(f"{URI}&digits=4").code(1) == Enrolled.of(URI).code(1)[-4:]


@pytest.mark.parametrize(
    "factor", ["https://app.example/", {}, SimpleNamespace(sid="YF1"), SimpleNamespace(binding=None)]
)
def test_a_factor_without_its_secret_has_no_code(offhook, factor: object) -> None:
    with pytest.raises(ValueError, match="no secret is known"):
        offhook.totp(factor)
