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

    def go(source: str, *options: str, **outcomes: int) -> str:
        pytester.makepyfile(source)
        result = pytester.runpytest_inprocess("-p", "no:xdist", "-p", "no:cacheprovider", *options)
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
    assert "What the phone +19732644152 shows" in output


@pytest.mark.parametrize("where", ["thread", "process"])
def test_the_next_test_finds_the_same_address_and_nothing_else(pytester, where):
    pytester.makeini(f"[pytest]\noffhook = {where}")
    pytester.makepyfile(
        """
    import os, pytest
    addresses = set()

    @pytest.mark.parametrize("n", range(3))
    def test_it(offhook, n):
        addresses.add((offhook.url, offhook.account_sid, offhook.auth_token))
        assert len(addresses) == 1
        assert offhook.exchanges() == offhook.handset("+19732644152").inbox == []
        offhook.handset("+19732644152").text(offhook.number(), "hi")
        offhook.clock.advance(days=1)
        offhook.client().messages.list()
        assert (offhook._connection.pid == os.getpid()) == (WHERE == "thread")
    """.replace("WHERE", repr(where))
    )
    result = pytester.runpytest_inprocess("-p", "no:xdist", "-p", "no:cacheprovider")
    result.assert_outcomes(passed=3)


def test_where_it_runs_can_be_said_on_the_command_line_and_nothing_else_than_there_is(pytester):
    pytester.makeini("[pytest]\noffhook = elsewhere")
    pytester.makepyfile("def test_it(offhook): offhook.number()")
    options = ("-p", "no:xdist", "-p", "no:cacheprovider")
    refused = pytester.runpytest_inprocess(*options)
    refused.assert_outcomes(errors=1)
    refused.stdout.fnmatch_lines(["*it can be thread or process*"])
    pytester.runpytest_inprocess(*options, "--offhook=process").assert_outcomes(passed=1)


def test_one_that_was_stopped_is_started_again(run):
    run(
        """
    import os, signal

    def test_one(offhook):
        os.kill(offhook._connection.pid, signal.SIGKILL)

    def test_two(offhook):
        assert offhook.number()
""",
        "--offhook=process",
        passed=2,
    )


def test_each_worker_of_xdist_has_its_own(pytester):
    pytester.makepyfile("""
    import pytest

    @pytest.mark.parametrize("n", range(8))
    def test_it(offhook, n):
        assert offhook.client().messages.list() == []
        offhook.handset("+19732644152").text(offhook.number(), f"text {n}")
        assert [text.body for text in offhook.handset("+19732644152").inbox] == [f"text {n}"]
    """)
    pytester.runpytest_subprocess("-n", "2", "-p", "no:cacheprovider").assert_outcomes(passed=8)


def test_it_costs_a_test_little(offhook, record_property):
    """The median of what the fixture does between two tests; the time of this process and all its threads.

    It is well below the limit on a machine that does nothing else; on a busy one the clock on the wall says nothing.
    """
    costs = []
    for _ in range(15):
        began = time.process_time()
        offhook.reset()
        costs.append(time.process_time() - began)
    record_property("overhead_ms", round(1000 * sorted(costs)[7]))
    assert sorted(costs)[7] < 0.05


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
