"""Authenticator apps of users, with twilio-python."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
import zxingcpp
from PIL import Image
from twilio.base.exceptions import TwilioException, TwilioRestException

from offhook.products.verify.factor import MOST_ATTEMPTS
from offhook.testing import Offhook
from offhook.testing.running import Running, quiet, settings_for
from tests.products.verify.factoring import SECRET, USER, code_at, enrol, enrolled, new_service, user, wrong_code

OF_CLOCKS = [(-60, "unverified"), (-30, "verified"), (30, "verified"), (60, "unverified")]


def test_a_factor_is_shown_with_its_secret_once(offhook) -> None:
    who = user(offhook)
    made = enrol(who, metadata={"os": "Android"})
    secret = made.binding["secret"]
    assert made.binding["uri"] == (
        f"otpauth://totp/Owl%20Bank:Ann%27s%20phone?secret={secret}&issuer=Owl%20Bank&algorithm=SHA1&digits=6&period=30"
    )
    assert (made.status, made.factor_type, made.friendly_name) == ("unverified", "totp", "Ann's phone")
    assert made.config == {"alg": "sha1", "skew": 1, "code_length": 6, "time_step": 30}
    assert (made.metadata, made.options, made.identity) == ({"os": "Android"}, None, USER)
    found = offhook.client().request("GET", made.url)
    assert found.status_code == 200
    assert secret not in found.text
    assert "binding" not in found.text
    assert [one.sid for one in who.factors.list()] == [made.sid]
    assert who.fetch().sid == made.entity_sid


def test_the_first_right_code_verifies_it_on_either_database(either) -> None:
    offhook, _ = either
    who = user(offhook)
    factor = enrol(who)
    assert who.factors(factor.sid).update(auth_payload=wrong_code(offhook, factor)).status == "unverified"
    assert who.factors(factor.sid).update(auth_payload=code_at(offhook, factor)).status == "verified"
    assert who.factors(factor.sid).fetch().status == "verified"


def test_the_service_says_how_codes_are_made_and_the_factor_may_say_otherwise(offhook) -> None:
    who = user(offhook, totp_issuer="Owls", totp_time_step=60, totp_code_length=8, totp_skew=0)
    usual = enrol(who)
    assert usual.config == {"alg": "sha1", "skew": 0, "code_length": 8, "time_step": 60}
    assert "issuer=Owls&algorithm=SHA1&digits=8&period=60" in usual.binding["uri"]
    own = {"config_alg": "sha512", "config_skew": 2, "config_code_length": 3, "config_time_step": 20}
    made = enrol(who, **own)
    assert made.config == {"alg": "sha512", "skew": 2, "code_length": 3, "time_step": 20}
    assert who.factors(made.sid).update(auth_payload=offhook.totp(made)).status == "verified"


def test_a_secret_may_be_brought(offhook) -> None:
    who = user(offhook)
    made = enrol(who, binding_secret=SECRET.lower())
    assert made.binding["secret"] == SECRET
    assert who.factors(made.sid).update(auth_payload=code_at(offhook, made)).status == "verified"


@pytest.mark.parametrize(("away", "status"), OF_CLOCKS)
def test_a_phone_s_clock_may_be_wrong_by_the_skew(offhook, away: int, status: str) -> None:
    who = user(offhook)
    factor = enrol(who)
    assert who.factors(factor.sid).update(auth_payload=code_at(offhook, factor, away)).status == status


def test_five_codes_are_looked_at_and_no_more(offhook) -> None:
    who = user(offhook)
    factor = enrol(who)
    wrong = wrong_code(offhook, factor)
    for _ in range(MOST_ATTEMPTS):
        assert who.factors(factor.sid).update(auth_payload=wrong).status == "unverified"
    with pytest.raises(TwilioRestException) as refused:
        who.factors(factor.sid).update(auth_payload=code_at(offhook, factor))
    assert (refused.value.status, refused.value.code) == (429, 60310)
    assert who.factors(factor.sid).fetch().status == "unverified"


def test_five_of_many_guesses_at_the_same_moment_are_looked_at_on_either_database(either) -> None:
    offhook, _ = either
    who = user(offhook)
    factor = enrol(who)
    wrong = wrong_code(offhook, factor)

    def guess(_: int) -> int:
        try:
            new = offhook.client().verify.v2.services(factor.service_sid).entities(USER)
            new.factors(factor.sid).update(auth_payload=wrong)
        except TwilioRestException as refused:
            return refused.code
        return 0

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(guess, range(50)))
    assert sorted(answers) == [0] * MOST_ATTEMPTS + [60310] * 45


def test_a_verified_factor_is_not_verified_again(offhook) -> None:
    who = user(offhook)
    factor = enrolled(offhook, who)
    with pytest.raises(TwilioRestException) as refused:
        who.factors(factor.sid).update(auth_payload=offhook.totp(factor))
    assert (refused.value.status, refused.value.code) == (400, 60306)


def test_it_can_be_renamed_and_told_otherwise(offhook) -> None:
    who = user(offhook)
    factor = enrol(who)
    changed = who.factors(factor.sid).update(friendly_name="Old phone", config_code_length=8, config_alg="sha256")
    assert (changed.friendly_name, changed.config["code_length"], changed.config["alg"]) == ("Old phone", 8, "sha256")
    assert changed.status == "unverified"


def test_a_deleted_factor_is_gone_with_its_challenges(offhook) -> None:
    who = user(offhook)
    factor = enrolled(offhook, who)
    who.challenges.create(factor_sid=factor.sid)
    assert who.factors(factor.sid).delete()
    assert who.challenges.list() == []
    for ask in (who.factors(factor.sid).fetch, who.factors(factor.sid).delete):
        with pytest.raises(TwilioRestException) as gone:
            ask()
        assert gone.value.status == 404


def test_a_factor_of_somebody_else_is_not_found(offhook) -> None:
    service = new_service(offhook)
    factor = enrol(service.entities(USER))
    enrol(service.entities("user-0002"))
    with pytest.raises(TwilioRestException) as hidden:
        service.entities("user-0002").factors(factor.sid).fetch()
    assert hidden.value.status == 404


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        ({"factor_type": "push"}, 501, 20501),
        ({"factor_type": "passkeys"}, 501, 20501),
        ({"factor_type": "smell"}, 400, 60369),
        ({"factor_type": ""}, 400, 60369),
        ({"friendly_name": "a" * 65}, 400, 60306),
        ({"binding_secret": "1"}, 400, 60306),
        ({"binding_secret": "JBSWY3DPEHPK3PXP"}, 400, 60306),
        ({"config_time_step": 19}, 400, 60306),
        ({"config_skew": 3}, 400, 60306),
        ({"config_code_length": 9}, 400, 60306),
        ({"config_alg": "md5"}, 400, 20001),
        ({"metadata": ["a list"]}, 400, 60306),
    ],
)
def test_what_makes_no_sense_is_refused(offhook, given: dict, status: int, code: int) -> None:
    who = user(offhook)
    with pytest.raises(TwilioRestException) as refused:
        enrol(who, **given)
    assert (refused.value.status, refused.value.code) == (status, code)
    with pytest.raises(TwilioException, match="20404"):
        who.factors.list()  # not even the user was made


@pytest.mark.parametrize("code", ["12", "123456789", "abcdef", "１２３４５６"])
def test_what_is_no_code_is_refused_and_not_counted(offhook, code: str) -> None:
    who = user(offhook)
    factor = enrol(who)
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(TwilioRestException) as refused:
            who.factors(factor.sid).update(auth_payload=code)
        assert refused.value.code == 60306
    assert who.factors(factor.sid).update(auth_payload=offhook.totp(factor)).status == "verified"


def test_an_authenticator_app_scans_the_qr_code_until_the_factor_is_verified(offhook, tmp_path: Path) -> None:
    who = user(offhook)
    factor = enrol(who)
    place = f"{offhook.url}/offhook/v1/Factors/{factor.sid}/QrCode"
    picture = tmp_path / "code.png"
    picture.write_bytes(fetched(offhook, f"{place}.png", "image/png"))
    assert [found.text for found in zxingcpp.read_barcodes(Image.open(picture))] == [factor.binding["uri"]]
    assert fetched(offhook, f"{place}.svg", "image/svg+xml").startswith(b"<?xml")
    assert who.factors(factor.sid).update(auth_payload=offhook.totp(factor)).status == "verified"
    assert offhook.client().request("GET", f"{place}.png").status_code == 409


def fetched(offhook: Offhook, url: str, kind: str) -> bytes:
    answer = requests.get(url, auth=(offhook.account_sid, offhook.auth_token), timeout=10)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.content


def test_nobody_else_sees_the_qr_code(offhook) -> None:
    factor = enrol(user(offhook))
    place = f"{offhook.url}/offhook/v1/Factors/{factor.sid}/QrCode.png"
    other = offhook.client().api.accounts.create()
    assert offhook.client(other.sid, other.auth_token).request("GET", place).status_code == 404
    assert requests.get(place, timeout=10).status_code == 401


def test_secrets_and_codes_are_nowhere_to_be_read(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    settings = settings_for(tmp_path / "data")
    with quiet(), Running(settings) as found, Offhook(found.url, found.account_sid, found.auth_token) as offhook:
        who = user(offhook)
        factor = enrol(who, binding_secret=SECRET)
        wrong = wrong_code(offhook, factor)
        who.factors(factor.sid).update(auth_payload=wrong)
        code = offhook.totp(factor)
        who.factors(factor.sid).update(auth_payload=code)
        offhook.client().request("GET", f"{offhook.url}/offhook/v1/Factors/{factor.sid}/QrCode.svg")
        kept = offhook.client().request("GET", f"{offhook.url}/offhook/v1/Exchanges?PageSize=100").text
        assert factor.sid in kept
    written = b"".join(file.read_bytes() for file in (tmp_path / "data").rglob("*") if file.is_file())
    output = "".join(capfd.readouterr())
    for canary in (SECRET, f"AuthPayload={code}", f"AuthPayload={wrong}"):
        assert canary not in kept
        assert canary.encode() not in written
        assert canary not in output
