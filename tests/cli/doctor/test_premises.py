"""What the doctor sees without running anything."""

from datetime import timedelta
from pathlib import Path

import pytest

from offhook.cli.doctor.premises import authority_verdict, environment_verdicts, folder_verdicts, speech_verdicts
from offhook.cli.doctor.verdict import State, Verdict
from offhook.interception.authority import Authority, wall_time


def the(verdicts) -> Verdict:
    (verdict,) = verdicts
    return verdict


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "data"
    found.mkdir(mode=0o700)
    return found


def test_a_folder_of_ones_own_is_fine(folder):
    (folder / "secret.key").touch(0o600)
    assert the(folder_verdicts(folder)).state is State.WORKS


def test_a_folder_that_others_may_look_into_is_worth_a_look(folder):
    folder.chmod(0o755)
    verdict = the(folder_verdicts(folder))
    assert (verdict.state, verdict.remedy) == (State.ADVICE, f"chmod 700 {folder}")


@pytest.mark.parametrize("name", ["secret.key", "connection.json", "tls/ca-key.pem"])
def test_a_key_that_others_may_read_is_broken(folder, name):
    (folder / "tls").mkdir()
    (folder / name).touch()
    (folder / name).chmod(0o644)
    verdict = the(folder_verdicts(folder))
    assert (verdict.state, verdict.remedy) == (State.BROKEN, f"chmod 600 {folder / name}")


def test_a_folder_that_is_still_to_be_made_is_fine_and_one_that_is_a_file_is_not(tmp_path):
    assert the(folder_verdicts(tmp_path / "a" / "b")).state is State.WORKS
    (tmp_path / "file").touch()
    assert the(folder_verdicts(tmp_path / "file")).state is State.BROKEN
    assert the(folder_verdicts(tmp_path / "file" / "below")).state is State.BROKEN


def test_a_ca_says_which_hosts_it_may_speak_for(folder):
    verdict = authority_verdict(Authority.open(folder).ca_path)
    assert verdict.state is State.WORKS
    assert "twilio.com, twimlets.com, localhost and loopback" in verdict.why


@pytest.mark.parametrize("years", [-6, 1])
def test_a_ca_of_another_time_is_broken(folder, years):
    made = Authority.open(folder, lambda: wall_time() + timedelta(days=365 * years))
    assert authority_verdict(made.ca_path).state is State.BROKEN


def test_what_is_no_ca_of_ours_is_broken_and_none_at_all_is_made_later(folder):
    assert authority_verdict(folder / "ca.pem").state is State.WORKS
    (folder / "ca.pem").write_text("nonsense")
    assert authority_verdict(folder / "ca.pem").state is State.BROKEN


def test_an_empty_environment_has_nothing_in_the_way():
    assert list(environment_verdicts({})) == []


def test_an_http_proxy_and_a_bundle_that_can_be_read_are_fine(tmp_path):
    bundle = tmp_path / "ca.pem"
    bundle.touch()
    found = environment_verdicts({"HTTPS_PROXY": "http://proxy:3128", "TWILIO_CA_BUNDLE": str(bundle)})
    assert the(found).state is State.WORKS


def test_a_bundle_that_cannot_be_read_matters_to_twilios_node_library_only():
    assert the(environment_verdicts({"TWILIO_CA_BUNDLE": "/nowhere"})).state is State.BROKEN
    assert the(environment_verdicts({"SSL_CERT_FILE": "/nowhere"})).state is State.ADVICE


@pytest.mark.parametrize(
    ("text", "wins"),
    [
        ("proxy = http://x", True),
        ("-x http://x", True),
        ("--noproxy=*", True),
        ("cacert /x", True),
        ("# proxy = http://x", False),
        ("user-agent = proxy", False),
        ("silent", False),
    ],
)
def test_a_curlrc_that_wins_over_the_environment_is_named(tmp_path, text, wins):
    (tmp_path / ".curlrc").write_text(f"silent\n{text}\n")
    assert [verdict.state for verdict in environment_verdicts({"HOME": str(tmp_path)})] == [State.BROKEN] * wins


def test_an_engine_that_speaks_is_named():
    verdict = the(speech_verdicts(None))
    assert verdict.state is State.WORKS
    assert verdict.why.startswith("eSpeak NG")


def test_without_an_engine_it_is_said_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    verdict = the(speech_verdicts(None))
    assert verdict.state is State.ADVICE
    assert "espeak-ng" in verdict.remedy


def test_a_recognizer_that_is_set_and_not_there_is_broken():
    states = {
        setting: [*speech_verdicts(setting)][1].state for setting in ("pocketsphinx", "sh -c x", "/nowhere/x", "'")
    }
    assert states == {
        "pocketsphinx": State.WORKS,
        "sh -c x": State.WORKS,
        "/nowhere/x": State.BROKEN,
        "'": State.BROKEN,
    }
