"""`offhook up`: how it starts, what it says, how it ends, and what it says when it cannot start."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import urllib.request
from urllib.parse import urlsplit

import pytest

from tests.terminal import FREE_PORTS, OFFHOOK, Terminal, end, is_alive, until


def test_it_says_where_it_answers_but_not_the_token(terminal: Terminal):
    with terminal.up() as (process, connection):
        code, printed, _ = end(process)
    assert code == 0
    for name in ("url", "tls_url", "console_url", "account_sid"):
        assert connection[name] in printed
    assert connection["auth_token"] not in printed
    assert "env" in printed


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly(terminal: Terminal, number: int):
    with terminal.up() as (process, connection):
        code, _, said = end(process, number)
    assert (code, said) == (0, "")
    assert not terminal.connection_file.exists()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", urlsplit(connection["url"]).port)) != 0


def test_the_account_is_the_same_after_a_crash(terminal: Terminal):
    with terminal.up() as (process, before):
        process.kill()
        process.wait()
    assert terminal.connection_file.exists()  # nobody was left to remove it
    with terminal.up() as (process, _):
        after = until(lambda: (found := terminal.connection(process))["pid"] == process.pid and found)
        assert (after["account_sid"], after["auth_token"]) == (before["account_sid"], before["auth_token"])


def test_a_second_start_on_the_same_folder_is_refused(terminal: Terminal):
    with terminal.up() as (process, connection):
        done = terminal.offhook("up", *FREE_PORTS)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("offhook: an Offhook is running on .offhook already")
        assert connection["url"] in done.stderr
        assert "--data" in done.stderr
        assert terminal.connection_file.exists()
        assert process.poll() is None


@pytest.mark.parametrize("flag", ["--port", "--tls-port"])
def test_a_port_that_is_taken_is_named(terminal: Terminal, flag: str):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = terminal.offhook("up", *FREE_PORTS, flag, port)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"offhook: {flag} {port} on 127.0.0.1 is taken by another program.")
    assert done.stderr.count("\n") == 1
    assert not terminal.connection_file.exists()


BAD = {
    "a port that is no number": ({"OFFHOOK_PORT": "many"}, "port: 'many' is not a port number"),
    "a port out of range": ({"OFFHOOK_TLS_PORT": "70000"}, "tls_port must be from 0 to 65535"),
    "a clock of another kind": ({"OFFHOOK_CLOCK": "sideways"}, "clock: 'sideways' is none of real, virtual"),
    "an unknown database": (
        {"OFFHOOK_DATABASE": "mysql://somewhere/db"},
        "not a database that Offhook knows: mysql://",
    ),
    "a database with a port that is none": (
        {"OFFHOOK_DATABASE": "postgresql://me:geheim@here:many/db"},
        "--database postgresql://here:many/db is no URL",
    ),
    "another machine's address": ({"OFFHOOK_HOST": "192.0.2.1"}, "192.0.2.1 is no address of this machine"),
}


@pytest.mark.parametrize(("environment", "sentence"), BAD.values(), ids=BAD.keys())
def test_a_setting_that_makes_no_sense_is_explained(terminal: Terminal, environment: dict[str, str], sentence: str):
    ports = () if "OFFHOOK_PORT" in environment or "OFFHOOK_TLS_PORT" in environment else FREE_PORTS
    done = terminal.offhook("up", *ports, **environment)
    assert (done.returncode, done.stdout) == (1, "")
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_file_is_named_where_there_is_one(terminal: Terminal):
    without = terminal.offhook("up", "--port", "99999").stderr
    (terminal.folder / "offhook.toml").write_text('log_level = "info"\n')
    assert "offhook.toml" not in without
    assert "offhook.toml" in terminal.offhook("up", "--port", "99999").stderr


def test_a_proxy_of_a_kind_that_is_not_spoken_is_passed_over_with_a_word(terminal: Terminal):
    with terminal.up(ALL_PROXY="socks5://127.0.0.1:9") as (process, _):
        code, _, said = end(process)
    assert code == 0
    assert "proxy_not_used" in said
    assert "socks5" in said


def test_a_database_that_does_not_answer_is_named_without_its_password(terminal: Terminal):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{closed.getsockname()[1]}/texts"
        done = terminal.offhook("up", *FREE_PORTS, "--database", f"postgresql://me:geheim@{place}")
    assert done.returncode == 1
    assert "PostgreSQL does not answer" in done.stderr
    assert f"--database (postgresql://{place})" in done.stderr
    assert "geheim" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_data_folder_that_is_a_file_is_explained(terminal: Terminal):
    (terminal.folder / "taken").write_text("something else")
    done = terminal.offhook("up", *FREE_PORTS, "--data", "taken")
    assert done.returncode == 1
    assert "The data folder is taken; name another one with --data." in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_key_that_is_not_the_databases_is_explained(terminal: Terminal):
    with terminal.up() as (process, _):
        end(process)
    (terminal.folder / ".offhook" / "secret.key").unlink()
    done = terminal.offhook("up", *FREE_PORTS)
    assert done.returncode == 1
    assert "Put back the .offhook/secret.key that belongs to this database." in done.stderr
    assert done.stderr.count("\n") == 1


def test_it_stops_when_the_holder_of_its_leash_is_gone(terminal: Terminal):
    holder = f"""
import os, subprocess, time
end, _ = os.pipe()
child = subprocess.Popen([{OFFHOOK!r}, "up", *{FREE_PORTS!r}, "--leash", str(end)], pass_fds=(end,))
print(child.pid, flush=True)
time.sleep(60)
"""
    with terminal.started(sys.executable, "-c", holder) as process:
        child = int(process.stdout.readline())
        until(terminal.connection_file.exists)
        process.kill()
        until(lambda: not is_alive(child))
    assert not terminal.connection_file.exists()


def test_a_second_signal_ends_it_at_once(terminal: Terminal):
    """The first waits for a status callback whose answer never comes."""
    with Silence() as silence, terminal.up() as (process, connection):
        account = f"{connection['url']}/2010-04-01/Accounts/{connection['account_sid']}"
        me = f"{connection['account_sid']}:{connection['auth_token']}"
        message = ("To=+19732644152", "From=+12023358536", "Body=Hello", f"StatusCallback={silence.url}")
        form = [word for pair in message for word in ("--data-urlencode", pair)]
        assert terminal.run("curl", "-sf", "-u", me, f"{account}/Messages.json", *form).returncode == 0
        silence.called.wait(10)
        process.send_signal(signal.SIGINT)
        until(lambda: not terminal.connection_file.exists())
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.3)
        code, _, _ = end(process, signal.SIGINT)
    assert code == 128 + signal.SIGINT


class Silence:
    """A server that takes a request and never answers."""

    def __enter__(self) -> "Silence":
        self.called = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}/status"
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.join(10)
        self._listening.close()

    def _listen(self) -> None:
        self._listening.settimeout(10)
        connection, _ = self._listening.accept()
        connection.settimeout(20)
        with connection:
            self.called.set()
            while _received(connection):
                pass


def _received(connection: socket.socket) -> bytes:
    try:
        return connection.recv(65536)
    except ConnectionResetError:
        return b""


def test_offhook_toml_and_variables_are_heard(terminal: Terminal):
    sid = "AC" + "7" * 32
    (terminal.folder / "offhook.toml").write_text(
        f'port = 0\ntls_port = 0\naccount_sid = "{sid}"\ndata = "kept here"\n'
    )
    with terminal.started(OFFHOOK, "up", OFFHOOK_LOG_LEVEL="error") as process:
        file = terminal.folder / "kept here" / "connection.json"
        until(file.exists)
        with urllib.request.urlopen(json.loads(file.read_text())["console_url"]) as answer:
            assert answer.status == 200
        code, printed, _ = end(process)
    assert (code, sid in printed, "--data 'kept here'" in printed) == (0, True, True)


def test_what_it_writes_for_others_to_find_is_read_by_its_owner_only(terminal: Terminal):
    before = os.umask(0)
    try:
        with terminal.up() as (process, _):
            assert stat.S_IMODE(terminal.connection_file.stat().st_mode) == 0o600
            end(process)
    finally:
        os.umask(before)
