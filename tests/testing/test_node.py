"""A test in Node, over HTTP, as the how-to shows it."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.packages import installed_from_npm
from tests.terminal import Terminal

EXAMPLE = Path(__file__).parents[2] / "examples" / "echo_bot_node"


def run_tests(bot: Path) -> subprocess.CompletedProcess[str]:
    """`npm test` in the bot's folder, with an Offhook that is there for this run."""
    modules = str(installed_from_npm("twilio", "6.2.0"))
    variables = {"OFFHOOK_CLOCK": "virtual", "NODE_PATH": modules}
    return Terminal(bot).offhook("run", "--data", bot.parent / "data", "--", "npm", "test", **variables)


def test_the_example_passes(tmp_path):
    done = run_tests(shutil.copytree(EXAMPLE, tmp_path / "bot"))
    assert done.returncode == 0, done.stdout
    assert "# pass 2" in done.stdout


def test_a_bot_that_says_something_else_is_found_out(tmp_path):
    bot = shutil.copytree(EXAMPLE, tmp_path / "bot")
    (bot / "app.js").write_text((bot / "app.js").read_text().replace("You said:", "I heard:"))
    done = run_tests(bot)
    assert done.returncode == 1
    assert "I heard: hello" in done.stdout
    assert "# fail 1" in done.stdout


def test_twilio_s_library_is_the_one_that_is_named():
    assert '"twilio": "^6.2.0"' in (EXAMPLE / "package.json").read_text()
    assert not (EXAMPLE / "node_modules").exists(), os.listdir(EXAMPLE)
