"""Whether an Offhook runs: the file, the lock, the answer."""

import fcntl
import os
import socket
from pathlib import Path

from offhook.cli.doctor.examining import running_verdict, service_verdicts
from offhook.cli.doctor.verdict import State
from offhook.interception.authority import Authority
from offhook.roles.connection import Connection


def nobody(folder: Path, port: int) -> Connection:
    """The connection of an Offhook that is not there."""
    url = f"http://127.0.0.1:{port}"
    ca = str(Authority.open(folder).ca_path)
    tls = f"https://127.0.0.1:{port}"
    return Connection(url, tls, url, url, "AC" + "1" * 32, "1" * 32, "AC" + "2" * 32, "2" * 32, ca, os.getpid())


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def test_nobody_runs_on_a_folder_that_was_never_used(tmp_path):
    connection, verdict = running_verdict(tmp_path)
    assert (connection, verdict.state) == (None, State.WORKS)


def test_a_file_that_a_killed_one_left_behind_is_told(tmp_path):
    nobody(tmp_path, 1).write(tmp_path)
    connection, verdict = running_verdict(tmp_path)
    assert (connection, verdict.state) == (None, State.WORKS)
    assert "was left by one that was killed" in verdict.why


def test_a_process_that_holds_the_folder_and_is_not_ready_is_broken(tmp_path):
    with (tmp_path / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        connection, verdict = running_verdict(tmp_path)
    assert (connection, verdict.state) == (None, State.BROKEN)


def test_a_process_that_does_not_answer_is_broken(tmp_path):
    nobody(tmp_path, free_port()).write(tmp_path)
    with (tmp_path / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        connection, verdict = running_verdict(tmp_path)
    assert (connection, verdict.state) == (None, State.BROKEN)
    assert f"stop process {os.getpid()}" in verdict.remedy


def test_ports_that_do_not_answer_are_broken_each(tmp_path):
    verdicts = list(service_verdicts(nobody(tmp_path, free_port())))
    assert [(verdict.name, verdict.state) for verdict in verdicts] == [
        ("TLS port", State.BROKEN),
        ("proxy", State.BROKEN),
        ("refusal", State.BROKEN),
    ]


def test_a_ca_that_is_not_the_running_ones_is_noticed(house, tmp_path):
    _, found = house
    other = str(Authority.open(tmp_path).ca_path)
    verdicts = {verdict.name: verdict for verdict in service_verdicts(Connection(**{**found, "ca": other}))}
    assert verdicts["TLS port"].state is State.BROKEN
    assert verdicts["refusal"].state is State.WORKS
