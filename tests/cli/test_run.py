"""`offhook run`: the program's streams, arguments, end and signals are its own; its Twilio is ours."""

import fcntl
import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.terminal import OFFHOOK, PATIENCE, Terminal, end, is_alive, until

COUNTING = """
import signal, sys, time
heard = []
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGUSR1):
    signal.signal(number, lambda n, _: heard.append(n))
print("ready", flush=True)
while not heard:
    time.sleep(0.01)
time.sleep(0.3)
print(*[int(n) for n in heard], flush=True)
sys.exit(40 + len(heard))
"""


@pytest.mark.parametrize("code", [0, 7, 255])
def test_the_exit_code_is_the_programs(house, code: int):
    terminal, _ = house
    assert terminal.offhook("run", "--", "sh", "-c", f"exit {code}").returncode == code


def test_a_program_that_a_signal_killed_ends_as_shells_say_it(house):
    terminal, _ = house
    assert terminal.offhook("run", "--", "sh", "-c", "kill -KILL $$").returncode == 128 + signal.SIGKILL


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGUSR1])
def test_a_signal_is_passed_on_once(house, number: int):
    terminal, _ = house
    with terminal.started(OFFHOOK, "run", "--", sys.executable, "-c", COUNTING) as process:
        assert process.stdout.readline() == "ready\n"
        assert end(process, number) == (41, f"{int(number)}\n", "")


def test_ctrl_c_at_the_terminal_reaches_the_program_once(house):
    """The terminal tells every process in the foreground, so ours must not tell the program again."""
    terminal, _ = house
    code, shown = interrupted(terminal, COUNTING)
    assert (code, shown) == (41, "^C2")


def interrupted(terminal: Terminal, program: str) -> tuple[int, str]:
    """Run a Python program at a terminal and type Ctrl-C when it is ready: its exit code and what is then shown."""
    pid, keyboard = pty.fork()
    if pid == 0:
        os.chdir(terminal.folder)
        os.execve(OFFHOOK, [OFFHOOK, "run", "--", sys.executable, "-c", program], terminal.environment)
    before = read_until(keyboard, b"ready\r\n")
    os.write(keyboard, b"\x03")
    shown = (before + read_until(keyboard, b"\n")).decode().rpartition("ready")[2]
    _, status = os.waitpid(pid, 0)
    os.close(keyboard)
    return os.waitstatus_to_exitcode(status), shown.strip()


def read_until(keyboard: int, wanted: bytes) -> bytes:
    shown = b""
    while not shown.endswith(wanted):
        assert select.select([keyboard], [], [], PATIENCE)[0], f"only {shown!r} was shown"
        shown += os.read(keyboard, 1024)
    return shown


def test_a_program_that_ignores_hang_ups_goes_on_doing_so(house):
    terminal, _ = house
    show = "import signal; print(signal.getsignal(signal.SIGHUP) == signal.SIG_IGN)"
    done = terminal.run("nohup", OFFHOOK, "run", "--", sys.executable, "-c", show)
    assert done.stdout == "True\n"


def test_the_streams_are_the_programs(house):
    terminal, _ = house
    done = subprocess.run(
        [OFFHOOK, "run", "--", "sh", "-c", "cat; echo wrong >&2"],
        input="a line\n",
        cwd=terminal.folder,
        env=terminal.environment,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert (done.stdout, done.stderr) == ("a line\n", "wrong\n")


@pytest.mark.parametrize("separator", [["--"], []])
def test_arguments_arrive_as_they_were_typed(house, separator: list[str]):
    terminal, _ = house
    words = ["--data", "x", "--", "-h", "a b", ""]
    show = "import json, sys; print(json.dumps(sys.argv[1:]))"
    done = terminal.offhook("run", *separator, sys.executable, "-c", show, *words)
    assert json.loads(done.stdout) == words


def test_the_program_gets_our_credentials_and_none_of_its_own(house):
    terminal, connection = house
    show = "import json, os; print(json.dumps(dict(os.environ)))"
    own = {"TWILIO_ACCOUNT_SID": "ACreal", "TWILIO_AUTH_TOKEN": "real", "TWILIO_API_KEY": "SKreal", "KEPT": "yes"}
    given = json.loads(terminal.offhook("run", "--", sys.executable, "-c", show, **own).stdout)
    assert given["TWILIO_ACCOUNT_SID"] == connection["account_sid"]
    assert given["TWILIO_AUTH_TOKEN"] == connection["auth_token"]
    assert given["OFFHOOK_URL"] == connection["url"]
    assert (given["KEPT"], "TWILIO_API_KEY" in given) == ("yes", False)


def test_its_proxy_reaches_offhook_and_is_gone_with_the_program(house):
    terminal, connection = house
    ask = 'echo "$HTTPS_PROXY"; curl -sS -u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN" '
    url = "https://api.twilio.com/2010-04-01/Accounts/$TWILIO_ACCOUNT_SID.json"
    done = terminal.offhook("run", "--", "sh", "-c", f"{ask} {url}")
    proxy, answer = done.stdout.split("\n", 1)
    assert json.loads(answer)["sid"] == connection["account_sid"]
    assert proxy != connection["proxy_url"]
    assert terminal.run("curl", "-s", proxy).returncode == 7  # nobody listens


def test_a_program_that_is_not_there_is_127(house):
    terminal, _ = house
    for name in ("no-such-program", "./no-such-program"):
        done = terminal.offhook("run", "--", name)
        assert (done.returncode, done.stdout) == (127, "")
        assert done.stderr.startswith(f"offhook: there is no program {name}.")


def test_a_file_that_is_no_program_is_126(house):
    terminal, _ = house
    (terminal.folder / "notes.txt").write_text("remember")
    done = terminal.offhook("run", "--", "./notes.txt")
    assert done.returncode == 126
    assert done.stderr == "offhook: ./notes.txt cannot be run: Permission denied\n"


def test_when_none_runs_one_is_started_for_the_program(terminal: Terminal):
    ask = "curl -sS -u $TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN"
    url = "https://api.twilio.com/2010-04-01/Accounts/$TWILIO_ACCOUNT_SID.json"
    done = terminal.offhook("run", "--", "sh", "-c", f"{ask} {url}; exit 3")
    assert done.returncode == 3
    assert json.loads(done.stdout)["sid"].startswith("AC")
    assert done.stderr == "offhook: none runs on .offhook, started one for this (log: .offhook/offhook.log)\n"
    assert not terminal.connection_file.exists()
    again = terminal.offhook("run", "--", "sh", "-c", "echo $TWILIO_ACCOUNT_SID")
    assert again.stdout.strip() == json.loads(done.stdout)["sid"]


def test_one_that_somebody_else_is_starting_is_waited_for(house, terminal: Terminal):
    """The test holds the data folder, as an Offhook does that is not ready yet; then it is."""
    _, connection = house
    folder = terminal.connection_file.parent
    folder.mkdir()
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with terminal.started(OFFHOOK, "run", "--", "sh", "-c", "echo $OFFHOOK_URL") as process:
            log = folder / "offhook.log"
            until(lambda: log.exists() and "is running on" in log.read_text())
            time.sleep(0.3)
            assert process.poll() is None
            terminal.connection_file.write_text(json.dumps(connection))
            printed, _ = process.communicate(timeout=20)
    assert (process.returncode, printed.strip()) == (0, connection["url"])


def test_the_one_that_was_started_never_outlives_us(terminal: Terminal):
    with terminal.started(OFFHOOK, "run", "--", "sleep", "3") as process:
        until(terminal.connection_file.exists)
        offhook = json.loads(terminal.connection_file.read_text())["pid"]
        process.kill()
        until(lambda: not is_alive(offhook))


def test_ctrl_c_leaves_the_one_that_was_started_up_until_the_program_is_done(terminal: Terminal):
    asking = """
import os, signal, time, urllib.request
heard = []
signal.signal(signal.SIGINT, lambda *_: heard.append(os.write(1, b"heard ")))
print("ready", flush=True)
while not heard:
    time.sleep(0.01)
time.sleep(0.3)
print(urllib.request.urlopen(os.environ["OFFHOOK_URL"]).status)
"""
    code, shown = interrupted(terminal, asking)
    assert (code, shown) == (0, "^Cheard 200")


def test_an_offhook_that_cannot_start_says_why(terminal: Terminal):
    done = terminal.offhook("run", "--", "echo", "not reached", OFFHOOK_DATABASE="mysql://somewhere")
    assert (done.returncode, done.stdout) == (1, "")
    assert "not a database that Offhook knows: mysql://" in done.stderr
    assert "Traceback" not in done.stderr


def test_files_of_the_current_folder_are_not_mistaken_for_modules_of_ours(terminal: Terminal):
    Path(terminal.folder, "typer.py").write_text("raise SystemExit('the wrong one')")
    assert terminal.offhook("run", "--", "echo", "fine").stdout == "fine\n"


def test_a_leash_ends_the_program(house):
    terminal, _ = house
    holder = f"""
import os, subprocess, time
end, _ = os.pipe()
command = [{OFFHOOK!r}, "run", "--leash", str(end), "--", "sh", "-c", "echo $$; exec sleep 60"]
subprocess.Popen(command, pass_fds=(end,))
time.sleep(60)
"""
    with terminal.started(sys.executable, "-c", holder) as process:
        program = int(process.stdout.readline())
        assert is_alive(program)
        process.kill()
        until(lambda: not is_alive(program))
