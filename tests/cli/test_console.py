"""`offhook console`: a link that signs in, and the password."""

import json
import os
import pty
import subprocess
import sys
import time
import urllib.request
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest

from tests.terminal import OFFHOOK


def browser():
    jar = CookieJar()
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(jar))
    return opener, jar


def signs_in(link):
    """Whether a link lets a new browser in."""
    opener, jar = browser()
    try:
        with opener.open(link):
            return bool(list(jar))
    except HTTPError as problem:
        return {410: False}[problem.code]


def password_signs_in(connection, password):
    opener, jar = browser()
    try:
        with opener.open(f"{connection['url']}/console/login", urlencode({"password": password}).encode()):
            return bool(list(jar))
    except HTTPError as problem:
        return {403: False}[problem.code]


def test_it_prints_a_link_that_signs_in_once(house):
    terminal, connection = house
    done = terminal.offhook("console")
    assert (done.returncode, done.stderr) == (0, "")
    (link,) = done.stdout.split()
    assert link.startswith(f"{connection['url']}/console/login/")
    assert link != connection["console_url"]
    assert signs_in(link)
    assert not signs_in(link)


def test_a_password_that_is_piped_in_is_set_and_removed(house):
    terminal, connection = house
    command = [OFFHOOK, "console", "--set-password"]
    done = subprocess.run(
        command, input="correct horse\n", cwd=terminal.folder, env=terminal.environment, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "correct horse" not in done.stdout
    assert password_signs_in(connection, "correct horse")
    assert terminal.offhook("console", "--remove-password").returncode == 0
    assert not password_signs_in(connection, "correct horse")


def test_a_password_that_is_typed_is_not_shown_and_asked_for_twice(house):
    terminal, connection = house
    screen, keyboard = pty.openpty()
    process = subprocess.Popen(
        [OFFHOOK, "console", "--set-password"],
        cwd=terminal.folder,
        env=terminal.environment,
        stdin=keyboard,
        stdout=keyboard,
        stderr=keyboard,
        start_new_session=True,
    )
    os.close(keyboard)
    try:
        shown = type_at(screen, "Password: ", "battery staple")
        shown += type_at(screen, "Once more: ", "battery staple")
        assert process.wait(20) == 0
        assert "battery" not in shown
        assert password_signs_in(connection, "battery staple")
    finally:
        process.kill()
        process.wait()
        os.close(screen)
        terminal.offhook("console", "--remove-password")


def type_at(screen, prompt, text):
    """Wait for a prompt, and answer it once the echo is off."""
    shown, deadline = "", time.monotonic() + 20
    while not shown.endswith(prompt):
        assert time.monotonic() < deadline, shown
        shown += os.read(screen, 1024).decode()
    os.write(screen, f"{text}\n".encode())
    return shown


@pytest.mark.parametrize("password", ["", "short"])
def test_a_password_that_is_none_is_refused_with_the_reason(house, password):
    terminal, connection = house
    done = subprocess.run(
        [OFFHOOK, "console", "--set-password"],
        input=f"{password}\n",
        cwd=terminal.folder,
        env=terminal.environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "8 to 1024" in done.stderr
    assert connection["auth_token"] not in done.stderr


def test_removing_what_is_not_there_says_so(house):
    terminal, _ = house
    done = terminal.offhook("console", "--remove-password")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "offhook: there is no password: links alone sign in.\n"


def test_two_things_at_once_make_no_sense(house):
    terminal, _ = house
    done = terminal.offhook("console", "--set-password", "--remove-password")
    assert (done.returncode, done.stdout) == (2, "")


def test_without_an_offhook_it_says_how_to_start_one(terminal):
    done = terminal.offhook("console")
    assert (done.returncode, done.stdout) == (1, "")
    assert " up" in done.stderr


def test_it_opens_the_browser_of_the_machine(house):
    terminal, _ = house
    opened = terminal.folder / "opened"
    stand_in = f"{sys.executable} -c 'import sys, pathlib; pathlib.Path(\"{opened}\").write_text(sys.argv[1])' %s"
    done = terminal.offhook("console", "--open", BROWSER=stand_in)
    assert done.returncode == 0, done.stderr
    assert opened.read_text() == done.stdout.strip()


def test_the_link_of_a_production_server_is_at_its_public_url(terminal):
    flags = ("--mode", "production", "--public-url", "https://phones.example")
    with terminal.up(*flags) as (_, connection):
        assert connection["console_url"].startswith("https://phones.example/console/login/")
        link = terminal.offhook("console").stdout
        assert link.startswith("https://phones.example/console/login/")
        assert json.loads(terminal.connection_file.read_text())["url"].startswith("http://127.0.0.1:")
