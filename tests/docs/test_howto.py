"""The recipes work: their tests are run by pytest, their commands typed into a shell beside a running Offhook."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from tests.docs.markdown_pages import ROOT, blocks, read
from tests.docs.shells import Shell

BIN = Path(sys.executable).parent
IN_CI = "docs/howto/test-an-app-in-ci.md"


@pytest.mark.parametrize("page", ["README.md", IN_CI])
def test_the_test_that_a_page_prints_passes(page: str, tmp_path: Path):
    (printed,) = [block.text for block in blocks(read(page), "python") if "def test_the_bot_says_it_back" in block.text]
    ran = run_pytest(tmp_path, f"from app import app\n\n{printed}")
    assert ran.returncode == 0, ran.stdout
    assert "1 passed" in ran.stdout


def test_the_test_of_an_app_that_sends_passes(tmp_path: Path):
    (printed,) = [block.text for block in blocks(read(IN_CI), "python") if "def test_a_reminder" in block.text]
    reminding = (
        "def remind(client, from_, to):\n    client.messages.create(from_=from_, to=to, body='Your appointment')\n"
    )
    ran = run_pytest(tmp_path, f"{reminding}\n\n{printed}")
    assert ran.returncode == 0, ran.stdout


def test_the_test_of_signing_in_passes(tmp_path: Path):
    page = read("docs/howto/send-codes.md")
    (printed,) = [block.text for block in blocks(page, "python") if "def test_signing_in" in block.text]
    ran = run_pytest(tmp_path, printed)
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize("begins", ["def test_what_can_be_said_in_the_end", "class TheBot", "import subprocess, sys"])
def test_the_other_tests_that_the_page_prints_pass(begins: str, tmp_path: Path):
    (printed,) = [block.text for block in blocks(read(IN_CI), "python") if begins in block.text]
    (tmp_path / "send.py").write_text(read("examples/first_text/send.py"))
    ran = run_pytest(tmp_path, f"from app import app\n\n{printed}")
    assert ran.returncode == 0, ran.stdout
    assert "1 passed" in ran.stdout


def test_the_files_that_the_page_prints_are_those_of_the_example():
    printed = blocks(read(IN_CI), "js")
    assert len(printed) == 2
    assert [block.text.strip() for block in printed] == [read(block.title).strip() for block in printed]


@pytest.mark.parametrize(
    "page", ["see-what-was-said", "receive-texts", "receive-calls", "make-calls", "send-codes", "use-plain-http"]
)
def test_the_commands_of_a_recipe_are_accepted(page: str, beside_offhook: Shell):
    for block in blocks(read(f"docs/howto/{page}.md"), "sh"):
        printed = beside_offhook.type(block.text)
        assert '"more_info"' not in printed or '"error_code"' in printed, f"{block.text}\nwas refused:\n{printed}"


@pytest.mark.parametrize("page", ["handsets-and-clock", "cli"])
def test_the_commands_of_a_reference_page_are_accepted(page: str, beside_offhook: Shell):
    beside_offhook.type('eval "$(offhook env)"')
    for block in blocks(read(f"docs/reference/{page}.md"), "sh"):
        assert '"more_info"' not in beside_offhook.type(block.text), block.text


def test_the_commands_of_the_start_page_work_as_they_stand(beside_offhook: Shell):
    beside_offhook.type("echo 'print(\"the app ran\")' > app.py")
    beside_offhook.type('eval "$(offhook env)"')
    page = beside_offhook.type('curl -s "$OFFHOOK_URL/"')
    link, run, env, text, look, said = [unescape(block) for block in re.findall("<pre>(.*?)</pre>", page, re.DOTALL)]
    assert "/console/login/" in beside_offhook.type(link)
    assert "the app ran" in beside_offhook.type(run)
    beside_offhook.type("unset OFFHOOK_URL TWILIO_ACCOUNT_SID TWILIO_AUTH_TOKEN me")
    beside_offhook.type(env)
    assert '"direction":"outbound"' in beside_offhook.type(text)
    assert '"body":"Hello"' in beside_offhook.type(look)
    assert '"exchanges":[{' in beside_offhook.type(said)


def test_the_program_with_requests_sends_a_text(beside_offhook: Shell):
    (program,) = [b.text for b in blocks(read("docs/howto/use-plain-http.md"), "python") if "import requests" in b.text]
    assert beside_offhook.type(f"python - <<'END'\n{program}\nEND").strip().startswith("SM")


@pytest.fixture(scope="module")
def beside_offhook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """A shell in a folder whose Offhook is up, with `offhook` on its path and time in its hands."""
    folder = tmp_path_factory.mktemp("beside")
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    settings = {"OFFHOOK_PORT": "0", "OFFHOOK_TLS_PORT": "0", "OFFHOOK_CLOCK": "virtual"}
    server = Shell(folder, PATH=path, **settings)
    shell = Shell(folder, PATH=path)
    try:
        server.type("offhook up", shown="Offhook is running")
        assert json.loads((folder / ".offhook" / "connection.json").read_text())["url"]
        yield shell
    finally:
        shell.close()
        server.close()


def run_pytest(folder: Path, test: str) -> subprocess.CompletedProcess[str]:
    """Run a test beside the echo bot, as a project of its own would."""
    (folder / "test_it.py").write_text(test)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_it.py"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "examples" / "echo_bot")},
        capture_output=True,
        text=True,
        timeout=60,
    )
