"""SIGHUP at `offhook up`: the file is applied again; a window that was closed ends it."""

import os
import pty
import signal
import time

from offhook.testing.calling import Api
from tests.terminal import FREE_PORTS, OFFHOOK, Terminal, end, is_alive, until

NUMBER = '[[numbers]]\nphone_number = "+14155550100"\nsms_url = "http://127.0.0.1:5000/{}"\n'


def webhook(connection: dict[str, str]) -> str:
    api = Api(connection["url"], connection["account_sid"], connection["auth_token"])
    (number,) = api.get(api.in_account("IncomingPhoneNumbers"))["incoming_phone_numbers"]
    return number["sms_url"].rpartition("/")[2]


def test_a_saved_file_and_a_signal_are_applied_without_a_restart(terminal: Terminal):
    file = terminal.folder / "offhook.toml"
    file.write_text(NUMBER.format("one"))
    with terminal.up() as (process, connection):
        assert webhook(connection) == "one"
        file.write_text(NUMBER.format("two"))
        until(lambda: webhook(connection) == "two")
        file.write_text(NUMBER.format("three"))
        process.send_signal(signal.SIGHUP)
        until(lambda: webhook(connection) == "three")
        file.write_text("[[numbers]]\n")
        process.send_signal(signal.SIGHUP)
        time.sleep(0.2)
        assert webhook(connection) == "three"
        code, _, said = end(process)
    assert code == 0
    assert "declarations_refused" in said
    assert "phone_number is missing" in said
    assert "Traceback" not in said


def test_it_ends_with_the_window_it_runs_in(terminal: Terminal):
    pid, window = pty.fork()
    if pid == 0:
        os.chdir(terminal.folder)
        os.execve(OFFHOOK, [OFFHOOK, "up", *FREE_PORTS], terminal.environment)
    until(terminal.connection_file.exists)
    until(lambda: b"Ctrl-C stops it" in os.read(window, 65536))
    os.close(window)
    until(lambda: not is_alive(pid))
    os.waitpid(pid, 0)
    assert not terminal.connection_file.exists()
