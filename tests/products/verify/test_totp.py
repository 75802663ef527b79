"""TOTP against RFC 6238's own examples, against oathtool, and by the words of an otpauth URI."""

import base64
import subprocess

import pyotp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from offhook.kit.clock import SECOND
from offhook.products.verify.totp import (
    TotpSettings,
    code_of,
    matching_step,
    new_secret,
    read_secret,
    step_at,
    uri,
)

SEEDS = {  # RFC 6238, errata 2866: each algorithm has a seed as long as its digest
    "sha1": b"12345678901234567890",
    "sha256": b"12345678901234567890123456789012",
    "sha512": b"1234567890123456789012345678901234567890123456789012345678901234",
}
EXAMPLES = [  # RFC 6238, appendix B
    (59, "94287082", "46119246", "90693936"),
    (1111111109, "07081804", "68084774", "25091201"),
    (1111111111, "14050471", "67062674", "99943326"),
    (1234567890, "89005924", "91819424", "93441116"),
    (2000000000, "69279037", "90698825", "38618901"),
    (20000000000, "65353130", "77737706", "47863826"),
]
NOW = 1_800_000_000 * SECOND
SECRET = base64.b32encode(SEEDS["sha1"]).decode()


def secret_of(algorithm: str) -> str:
    return base64.b32encode(SEEDS[algorithm]).decode().rstrip("=")


@pytest.mark.parametrize(("seconds", *SEEDS), EXAMPLES)
def test_codes_are_those_of_the_rfc(seconds: int, sha1: str, sha256: str, sha512: str) -> None:
    for algorithm, code in {"sha1": sha1, "sha256": sha256, "sha512": sha512}.items():
        how = TotpSettings(alg=algorithm, code_length=8)
        assert code_of(secret_of(algorithm), how, step_at(how, seconds * SECOND)) == code
        assert matching_step(secret_of(algorithm), how, code, seconds * SECOND) == seconds // 30


@pytest.mark.parametrize("algorithm", SEEDS)
@pytest.mark.parametrize(("digits", "period"), [(6, 30), (7, 20), (8, 60)])
def test_codes_are_those_of_oathtool(algorithm: str, digits: int, period: int) -> None:
    how = TotpSettings(alg=algorithm, code_length=digits, time_step=period)
    for _ in range(3):
        secret = new_secret()
        command = ["oathtool", f"--totp={algorithm}", f"--digits={digits}", f"--time-step-size={period}s"]
        command += [f"--now=@{NOW // SECOND}", "--base32", secret]
        shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
        assert code_of(secret, how, step_at(how, NOW)) == shown


@given(
    secret=some.binary(min_size=14, max_size=64).map(lambda raw: base64.b32encode(raw).decode().rstrip("=")),
    how=some.builds(
        TotpSettings,
        alg=some.sampled_from(["sha1", "sha256", "sha512"]),
        skew=some.integers(0, 2),
        code_length=some.integers(6, 8),
        time_step=some.integers(20, 60),
    ),
    away=some.integers(-4, 4),
    now=some.integers(10_000, 10**10),
)
@settings(max_examples=200, deadline=None)
def test_a_code_counts_as_long_as_its_step_is_within_the_skew(
    secret: str, how: TotpSettings, away: int, now: int
) -> None:
    step = step_at(how, now * SECOND) + away
    found = matching_step(secret, how, code_of(secret, how, step), now * SECOND)
    if abs(away) <= how.skew:
        assert found is not None
        assert code_of(secret, how, found) == code_of(secret, how, step)
    else:  # another step of the window may have the same code by chance
        assert found is None or code_of(secret, how, found) == code_of(secret, how, step)


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６"])
def test_what_is_no_code_matches_nothing(code: str) -> None:
    assert matching_step(SECRET, TotpSettings(), code, NOW) is None


def test_the_first_steps_of_all_have_codes_too() -> None:
    how = TotpSettings()
    assert matching_step(SECRET, how, code_of(SECRET, how, 0), 0) == 0


def test_new_secrets_have_160_bits_and_differ() -> None:
    made = {new_secret() for _ in range(50)}
    assert len(made) == 50
    assert {len(base64.b32decode(secret)) for secret in made} == {20}


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("gezd gnbv gy3t qojq gezd gnbv gy3t qojq", SECRET),
        (SECRET, SECRET),
        (base64.b32encode(b"x" * 14).decode(), base64.b32encode(b"x" * 14).decode().rstrip("=")),
    ],
)
def test_a_secret_is_read_as_people_write_it(text: str, secret: str) -> None:
    assert read_secret(text) == secret


@pytest.mark.parametrize("text", ["", "JBSWY3DPEHPK3PX1", "JBSWY3DPEHPK3PXP", "A" * 200, "not base32", f"{SECRET}A"])
def test_what_is_no_secret_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="it"):
        read_secret(text)


@pytest.mark.parametrize("algorithm", SEEDS)
def test_an_authenticator_app_reads_everything_off_the_uri(algorithm: str) -> None:
    how = TotpSettings(alg=algorithm, code_length=8, time_step=60)
    read = pyotp.parse_uri(uri(secret_of(algorithm), how, "Owl & Söhne", "Ann's phone: blue"))
    assert isinstance(read, pyotp.TOTP)
    assert (read.issuer, read.name) == ("Owl & Söhne", "Ann's phone: blue")
    assert (read.secret, read.digits, read.interval) == (secret_of(algorithm), 8, 60)
    assert read.at(NOW // SECOND) == code_of(secret_of(algorithm), how, step_at(how, NOW))
