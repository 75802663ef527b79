"""`connection.json`: there exactly while a living process answers."""

import json
import os
import subprocess
import sys

import pytest

from offhook.roles import connection
from offhook.roles.connection import Connection


def make_connection(pid: int) -> Connection:
    return Connection(
        url="http://127.0.0.1:1",
        tls_url="https://127.0.0.1:2",
        proxy_url="http://127.0.0.1:3",
        console_url="http://127.0.0.1:1/",
        account_sid="AC1",
        auth_token="secret",
        test_account_sid="AC2",
        test_auth_token="also secret",
        ca="/ca.pem",
        pid=pid,
    )


def test_what_is_written_is_read_and_belongs_to_its_owner(tmp_path):
    written = make_connection(os.getpid())
    written.write(tmp_path)
    assert connection.read(tmp_path) == written
    assert [path.name for path in tmp_path.iterdir()] == ["connection.json"]
    assert (tmp_path / "connection.json").stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_readable_by_others_is_replaced_not_reused(tmp_path):
    (tmp_path / "connection.json").write_text("{}")
    (tmp_path / "connection.json").chmod(0o644)
    make_connection(os.getpid()).write(tmp_path)
    assert (tmp_path / "connection.json").stat().st_mode & 0o777 == 0o600


def test_the_file_of_a_process_that_died_means_nothing(tmp_path):
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    make_connection(dead.pid).write(tmp_path)
    assert connection.read(tmp_path) is None


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", json.dumps({"url": "x"})])
def test_a_file_that_makes_no_sense_means_nothing(tmp_path, content):
    (tmp_path / "connection.json").write_text(content)
    assert connection.read(tmp_path) is None


def test_removing_twice_is_no_error(tmp_path):
    make_connection(os.getpid()).write(tmp_path)
    connection.remove(tmp_path)
    connection.remove(tmp_path)
    assert connection.read(tmp_path) is None
