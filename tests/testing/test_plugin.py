"""The plugin as pytest runs it: fresh for each test, quick, and talkative when a test fails."""

import os
import subprocess
import sys
import time

import pytest

from offhook.testing.running import Running, settings_for

pytest_plugins = ["pytester"]

APP = """
    import pytest

    def app(environ, start):
        start("500 Oops", [("Content-Type", "text/plain")])
        return [b"the app's own words"]
"""


@pytest.fixture
def run(pytester: pytest.Pytester):
    """Run a test file in this process; what pytest printed."""

    def go(source: str, **outcomes: int) -> str:
        pytester.makepyfile(source)
        result = pytester.runpytest_inprocess("-p", "no:xdist", "-p", "no:cacheprovider")
        result.assert_outcomes(**outcomes)
        return result.stdout.str()

    return go


def test_a_failing_test_is_told_what_happened(run):
    output = run(
        APP
        + """
    def test_it(offhook):
        number = offhook.number(sms_url=offhook.serve(app) + "/sms")
        offhook.handset("+19732644152").text(number, "anybody?")
        assert offhook.client().messages.list() == "something else"
""",
        failed=1,
    )
    assert "- Offhook -" in output
    assert "/sms (document)" in output
    assert "Body='anybody?'" in output
    assert "the app's own words" in output


def test_a_text_that_did_not_come_is_told_once(run):
    output = run(
        APP
        + """
    def test_it(offhook):
        number = offhook.number(sms_url=offhook.serve(app) + "/sms")
        phone = offhook.handset("+19732644152")
        phone.text(number, "anybody?")
        phone.wait_for("yes", timeout=1)
""",
        failed=1,
    )
    assert "no text with 'yes' came to +19732644152" in output
    told, _, _ = output.partition("short test summary info")  # where CI=true makes pytest repeat whole messages
    assert told.count("the app's own words") == 1
    assert "- Offhook -" not in output


def test_a_story_that_cannot_be_told_is_no_second_failure(run):
    output = run(
        """
    def test_it(offhook):
        offhook._api.url = "http://127.0.0.1:1"
        assert offhook is None
""",
        failed=1,
    )
    assert "It does not say what happened" in output


def test_a_test_that_passes_prints_nothing_and_leaves_the_environment_alone(run):
    before = dict(os.environ)
    output = run(
        """
    import os

    def test_one(offhook):
        assert os.environ["TWILIO_ACCOUNT_SID"] == offhook.account_sid

    def test_two(offhook):
        assert offhook.exchanges() == []
""",
        passed=2,
    )
    assert "Offhook" not in output
    assert {name: os.environ.get(name) for name in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "OFFHOOK_URL")} == {
        name: before.get(name) for name in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "OFFHOOK_URL")
    }


def test_a_fresh_one_is_quick(offhook, tmp_path):
    """Far more than it takes, so that a busy machine does not fail it; a migration or a key per test would."""
    began = time.monotonic()
    with Running(settings_for(tmp_path)):
        pass
    assert time.monotonic() - began < 3


def test_loading_the_plugin_costs_those_who_do_not_use_it_next_to_nothing():
    program = """if True:
        import sys
        import offhook.testing.plugin
        heavy = {"starlette", "uvicorn", "sqlalchemy", "alembic", "twilio", "cryptography", "phonenumbers", "uvloop"}
        print(sorted(heavy & set(sys.modules)))
    """
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
