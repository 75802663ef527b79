"""A probe whose way is closed fails on this machine: it never looks a name up or dials another address."""

import json
import subprocess
import sys

import pytest

from offhook.cli.doctor.probes import PROXIES, Probe, other_probes, python_probes
from offhook.cli.doctor.probing import Probing
from offhook.cli.doctor.verdict import State
from offhook.roles.connection import Connection

ALL = [*python_probes(sys.executable), *other_probes()]
NEVER = {"HOME": "/nowhere", "TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t"}


@pytest.mark.parametrize("probe", ALL, ids=[probe.name for probe in ALL])
def test_without_offhooks_environment_nothing_leaves_this_machine(probe: Probe):
    command = [word.replace("offhook.patch(client)", "pass") for word in probe.command]
    typed = probe.typed.format(sid="AC1", token="t", api="https://api.twilio.com")
    ended = subprocess.run(command, env=NEVER, input=typed, capture_output=True, text=True, timeout=30)
    assert ended.returncode != 0
    assert ended.stdout == ""
    past = "it went past Offhook, to api.twilio.com"
    assert past in ended.stderr or "127.0.0.1" in ended.stderr or "connect to api.twilio.com port 443" in ended.stderr


def test_a_program_that_prints_another_sid_proves_nothing(house):
    _, found = house
    probing = Probing(Connection(**found), {})
    other = Probe("other", (sys.executable, "-c", "print('AC' + '0' * 32)"), remedy="do this")
    verdict = probing.verdict(other)
    assert (verdict.state, verdict.remedy) == (State.BROKEN, "do this")


def test_a_program_that_cannot_be_run_is_broken_and_one_that_lacks_a_library_is_not_tested(house):
    _, found = house
    probing = Probing(Connection(**found), {})
    assert probing.verdict(Probe("gone", ("/nowhere/python",))).state is State.BROKEN
    verdict = probing.verdict(Probe("bare", (sys.executable, "-c", "raise SystemExit(77)"), missing="it lacks it"))
    assert (verdict.state, verdict.why) == (State.UNTESTED, "it lacks it")


def test_a_probe_gets_the_environment_of_a_run_without_the_other_ways(house):
    _, found = house
    probing = Probing(Connection(**found), {"HTTPS_PROXY": "http://mine:1", "PATH": "/bin"})
    code = "import json, os; print(json.dumps(dict(os.environ)))"
    seen = json.loads(probing._start(Probe("x", (sys.executable, "-c", code), PROXIES)).stdout)
    assert not set(PROXIES) & set(seen)
    assert seen["OFFHOOK_REDIRECT_PORT"] == found["tls_url"].rpartition(":")[2]
    plain = json.loads(probing._start(Probe("x", (sys.executable, "-c", code), plain=True)).stdout)
    assert plain["HTTPS_PROXY"] == "http://mine:1"
    assert plain["OFFHOOK_URL"] == found["url"]
    assert "OFFHOOK_REDIRECT_PORT" not in plain
