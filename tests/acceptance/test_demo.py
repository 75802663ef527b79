"""`offhook demo`, judged by what it prints: the parts of the story must fit each other, what it offers must work."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.terminal import FREE_PORTS, OFFHOOK, Terminal, until

BUBBLE = re.compile(r"─ (?P<who>[\w ]+): (?P<from>\(.*\) .*) → (?P<to>\(.*\) \S*) ─*╮\s+│ (?P<body>.*?) +│\s+"
                    r"╰─* (?P<status>\w+) (?P<time>\d\d:\d\d:\d\d) · (?P<sid>SM[0-9a-f]{32}) ─╯")  # fmt: skip
PHONE, NUMBER = "(973) 264-4152", "(202) 335-8536"


@dataclass
class Shown:
    """The demo's end, its output, and the folder in which it left its data."""

    code: int
    output: str
    said: str
    terminal: Terminal

    @property
    def folder(self) -> Path:
        return Path(re.search(r"up --data (\S+)", self.output)[1])

    def fact(self, name: str) -> str:
        (value,) = re.findall(rf"^ +{re.escape(name)} +(\S.*?) *$", self.output, re.MULTILINE)
        return value

    def lines(self) -> list[str]:
        return self.output.splitlines()


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    folder = tmp_path_factory.mktemp("demo")
    # what a person has set for their own Offhook must not disturb the demo, nor be touched by it
    (folder / "offhook.toml").write_text('mode = "production"\nport = 1\n')
    terminal = Terminal(folder, TMPDIR=str(folder), OFFHOOK_DATABASE="mysql://precious/data")
    done = terminal.offhook("demo", COLUMNS="80")
    return Shown(done.returncode, done.stdout, done.stderr, terminal)


def test_it_ends_well_and_complains_of_nothing(shown: Shown):
    assert (shown.code, shown.said) == (0, "")


def test_three_texts_make_a_conversation(shown: Shown):
    sent, answered, replied = (found.groupdict() for found in BUBBLE.finditer(shown.output))
    assert (sent["from"], sent["to"], sent["status"]) == (NUMBER, PHONE, "delivered")
    assert (answered["from"], answered["to"], answered["status"]) == (PHONE, NUMBER, "received")
    assert (replied["from"], replied["to"], replied["status"]) == (NUMBER, PHONE, "delivered")
    assert sent["body"] == "Hello from Python!"
    assert replied["body"] == f"You said: {answered['body']}"
    assert len({text["sid"] for text in (sent, answered, replied)}) == 3
    assert sent["time"] <= answered["time"] <= replied["time"] or sent["time"] > "23:59"


def test_the_webhook_was_asked_about_the_phones_text_and_its_answer_is_the_reply(shown: Shown):
    _, answered, replied = (found.groupdict() for found in BUBBLE.finditer(shown.output))
    asked = shown.output.partition("The number's webhook was asked")[2]
    assert shown.fact("its webhook") in asked.splitlines()[1]
    assert shown.fact("MessageSid") == answered["sid"]
    assert (shown.fact("From"), shown.fact("To")) == ("+19732644152", "+12023358536")
    assert (shown.fact("FromCity"), shown.fact("FromState")) == ("NEWARK", "NJ")
    assert shown.fact("Body") == answered["body"]
    assert re.fullmatch(r"[A-Za-z0-9+/]{27}=", shown.fact("X-Twilio-Signature"))
    assert f"<Message>{replied['body']}</Message>" in asked
    assert re.search(r"answer +200, after \d+ ms", asked)


def test_the_program_is_shown_as_it_is_and_its_request_went_to_twilios_name(shown: Shown, examples: Path):
    program = (examples / "first_text" / "send.py").read_text()
    text = "\n".join(line.strip() for line in shown.lines())
    assert "\n".join(line.strip() for line in program.splitlines()) in text
    assert "POST https://api.twilio.com/2010-04-01/Accounts/ACxxxxxxxxxxxxxx/Messages.json" in text


def test_it_reads_well_in_a_file_of_80_columns(shown: Shown):
    assert "\x1b" not in shown.output
    for line in shown.lines():
        assert len(line) <= 80 or line.startswith("   "), line
    prose = [line for line in shown.lines() if not re.search(r"https?:|/|OFFHOOK_URL|<\?xml", line)]
    assert max(map(len, prose)) <= 80
    assert not [line for line in shown.lines() if line.strip() and line != line.rstrip()]


def test_what_it_offers_to_type_works(shown: Shown):
    """Its data is opened again; the lines between `eval` and the end of that part are typed as they stand."""
    sent, answered, replied = (found["sid"] for found in BUBBLE.finditer(shown.output))
    look = shown.output.partition("look around")[2].partition("Try next")[0]
    typed = "\n".join(line.strip() for line in look.splitlines() if not line.strip().startswith("#"))
    up, typed = typed.strip().split("\n", 1)
    assert up == f"{OFFHOOK} up --data {shown.folder}" or up.endswith(f"offhook up --data {shown.folder}")
    clean = Terminal(shown.folder)
    with clean.started(OFFHOOK, "up", "--data", shown.folder, *FREE_PORTS):
        until((shown.folder / "connection.json").exists)
        done = subprocess.run(
            ["sh", "-ec", typed.replace("curl ", "curl -sSf ")],
            env=clean.environment,
            cwd=shown.terminal.folder,
            capture_output=True,
            text=True,
            timeout=30,
        )
    assert (done.returncode, done.stderr) == (0, "")
    exchanges, phone, numbers, programs = done.stdout.replace("}{", "}\n{").splitlines()
    for sid in (sent, answered, replied):
        assert sid in phone
        assert sid in exchanges
    assert sent not in numbers
    assert answered in numbers
    assert replied in numbers
    assert sent in programs


def test_nothing_of_it_runs_on(shown: Shown):
    folder = str(shown.folder).encode()
    processes = (Path("/proc") / pid / "cmdline" for pid in os.listdir("/proc") if pid.isdigit())
    assert not [path for path in processes if folder in read(path)]


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, ProcessLookupError):  # it has ended since we looked
        return b""


def test_a_terminal_without_colours_gets_none_and_one_with_colours_gets_the_same_words(shown: Shown, tmp_path: Path):
    terminal = Terminal(tmp_path, TMPDIR=str(tmp_path))
    coloured = terminal.offhook("demo", FORCE_COLOR="1", COLUMNS="80").stdout
    assert "\x1b[" in coloured
    assert words(re.sub(r"\x1b\[[0-9;]*m", "", coloured)) == words(shown.output)


def words(output: str) -> list[str]:
    """What stays the same from one demo to the next: the words that stand alone."""
    told = re.sub(r"X-Twilio-Signature +\S+", "", output.partition("That was")[0])
    return re.findall(r"(?<![\w/.:-])[A-Z]?[a-z]{2,}(?![\w/.:-])", told)
