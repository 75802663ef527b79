"""`offhook doctor`: real programs prove each way to Offhook, and what stands in the way is named with what to do."""

import re
import socket
import sys
from pathlib import Path

import pytest

from tests.terminal import Terminal

WAYS = {
    "Python, start-up file",
    "Python, proxy",
    "requests, proxy",
    "twilio-python",
    "offhook.patch",
    "curl, proxy",
    "Node, https",
    "Node, fetch",
}
LINE = re.compile(r"^  (works|BROKEN|look|-) +(.+?)(?:  +| (?=/))(.*)$")


def told(output: str) -> dict[str, tuple[str, str]]:
    """Each thing that the doctor looked at: whether it works, and why (with what to do)."""
    found: dict[str, tuple[str, str]] = {}
    name = ""
    for line in output.splitlines():
        if match := LINE.match(line):
            name = match[2]
            found[name] = (match[1], match[3])
        elif line.startswith(" " * 10):
            found[name] = (found[name][0], f"{found[name][1]} {line.strip()}")
    return found


def test_every_way_to_a_running_offhook_is_proved(house):
    terminal, connection = house
    done = terminal.offhook("doctor", "--python", sys.executable, SHELL="/bin/sh")
    verdicts = told(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert {name for name in WAYS if verdicts[name][0] == "works"} == WAYS
    assert connection["url"] in verdicts["running"][1]
    assert "twilio.com, twimlets.com, localhost" in verdicts["local CA"][1]
    assert verdicts["refusal"][0] == verdicts["TLS port"][0] == verdicts["proxy"][0] == "works"
    assert verdicts["login shell"][0] == "works"
    assert connection["auth_token"] not in done.stdout
    assert done.stdout.endswith("Everything that can be tested here works.\n")


def test_what_stands_in_the_way_is_named(house, tmp_path: Path):
    terminal, _ = house
    wrapper = tmp_path / "isolated"
    wrapper.write_text(f'#!/bin/sh\nexec {sys.executable} -I "$@"\n')
    wrapper.chmod(0o755)
    (tmp_path / ".profile").write_text("export HTTPS_PROXY=http://proxy.corp:3128\n")
    (tmp_path / ".curlrc").write_text('# mine\nproxy = "http://proxy.corp:3128"\n')
    wrong = {"ALL_PROXY": "socks5://127.0.0.1:9", "NO_PROXY": "here.example,.com", "TWILIO_CA_BUNDLE": "/nowhere"}
    done = terminal.offhook("doctor", "--python", wrapper, HOME=str(tmp_path), SHELL="/bin/sh", **wrong)
    verdicts = told(done.stdout)
    assert done.returncode == 1
    state, why = verdicts["Python, start-up file"]
    assert (state, why.split(" to do: ")[0]) == ("BROKEN", "it went past Offhook, to api.twilio.com")
    assert "adds -I or -E" in why
    assert verdicts["Python, proxy"][0] == verdicts["requests, proxy"][0] == verdicts["curl, proxy"][0] == "works"
    assert verdicts["login shell"][0] == "BROKEN"
    assert "HTTPS_PROXY" in verdicts["login shell"][1]
    assert verdicts["your proxy"][0] == "BROKEN"
    assert "name an HTTP proxy" in verdicts["your proxy"][1]
    assert verdicts["NO_PROXY"] == (
        "look",
        "keeps Twilio from proxies: .com to do: nothing: `offhook run` takes it out",
    )
    assert verdicts["TWILIO_CA_BUNDLE"][0] == "BROKEN"
    assert (verdicts[".curlrc"][0], str(tmp_path) in verdicts[".curlrc"][1]) == ("BROKEN", True)
    assert re.search(r"\n\d things do not work; each says what to do\.\n$", done.stdout)


def test_without_an_offhook_a_temporary_one_is_tried_and_leaves_nothing(terminal: Terminal):
    done = terminal.offhook("doctor", "--python", sys.executable, PATH="/nowhere", SHELL="")
    verdicts = told(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert verdicts["running"] == ("works", "none runs on .offhook")
    assert verdicts["twilio-python"][0] == "works"
    assert verdicts["curl"] == verdicts["Node"] == ("-", "is not on the PATH")
    assert verdicts["login shell"][0] == "-"
    assert list(terminal.folder.iterdir()) == []


def test_a_file_that_makes_no_sense_and_a_port_that_is_taken_are_named(terminal: Terminal):
    (terminal.folder / "offhook.toml").write_text("prot = 1")
    done = terminal.offhook("doctor", "--python", "no-such-python", PATH="/nowhere", SHELL="")
    verdicts = told(done.stdout)
    assert done.returncode == 1
    assert verdicts["settings"][0] == "BROKEN"
    assert "offhook config check" in verdicts["settings"][1]
    assert verdicts["Python"][0] == "BROKEN"


@pytest.mark.parametrize("flag", ["--port", "--tls-port"])
def test_a_port_that_another_program_has_is_named(flag: str):
    from offhook.cli.doctor.examining import port_verdict
    from offhook.cli.doctor.verdict import State
    from offhook.roles.settings import Settings

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ports = {"port": 0, "tls_port": 0, flag.strip("-").replace("-", "_"): port}
        verdict = port_verdict(Settings(**ports))
    assert (verdict.state, f"{flag} {port}" in verdict.why) == (State.BROKEN, True)
    assert port_verdict(Settings(port=0, tls_port=0)).state is State.WORKS
