"""The mixin as unittest runs it, and the context manager."""

import os
import unittest

from offhook.testing import WithOffhook, started


class Outcome:
    """What unittest makes of a test case's tests."""

    def __init__(self, case: type[unittest.TestCase]) -> None:
        self.result = unittest.TestResult()
        unittest.defaultTestLoader.loadTestsFromTestCase(case).run(self.result)

    @property
    def told(self) -> str:
        return "\n".join(text for _, text in self.result.failures + self.result.errors)


def broken(environ, start):
    start("500 Oops", [("Content-Type", "text/plain")])
    return [b"the app's own words"]


def test_every_test_of_a_case_begins_with_nothing():
    urls = set()

    class Case(WithOffhook, unittest.TestCase):
        def test_one(self):
            self._check()

        def test_two(self):
            self._check()

        def _check(self):
            urls.add(self.offhook.url)
            assert self.offhook.exchanges() == []
            assert os.environ["TWILIO_AUTH_TOKEN"] == self.offhook.auth_token
            self.offhook.number()

    outcome = Outcome(Case)
    assert outcome.result.testsRun == 2
    assert outcome.told == ""
    assert len(urls) == 1


def test_a_failure_tells_what_happened():
    class Case(WithOffhook, unittest.TestCase):
        def test_it(self):
            number = self.offhook.number(sms_url=self.offhook.serve(broken) + "/sms")
            self.offhook.handset("+19732644152").text(number, "anybody?")
            self.fail("something else")

    outcome = Outcome(Case)
    assert len(outcome.result.failures) == 1
    for part in ("something else", "What the phone +19732644152 shows", "'anybody?'", "the app's own words"):
        assert part in outcome.told


def test_a_failure_of_an_asynchronous_test_tells_it_too_and_a_text_that_did_not_come_is_told_once():
    class Case(WithOffhook, unittest.IsolatedAsyncioTestCase):
        async def test_asynchronous(self):
            self.offhook.handset("+19732644152").text("+12125550100", "anybody?")
            self.fail("something else")

        def test_waiting(self):
            self.offhook.handset("+19732644152").wait_for("yes", timeout=0)

    outcome = Outcome(Case)
    assert len(outcome.result.failures) == 2
    assert [text.count("What Offhook asked the app") for _, text in outcome.result.failures] == [1, 1]


def test_a_test_that_is_skipped_tells_nothing():
    class Case(WithOffhook, unittest.TestCase):
        def test_it(self):
            self.skipTest("not today")

    outcome = Outcome(Case)
    assert [reason for _, reason in outcome.result.skipped] == ["not today"]


def test_the_environment_is_left_alone():
    before = dict(os.environ)
    with started() as offhook:
        assert os.environ["OFFHOOK_URL"] == offhook.url
        os.environ["OF_THE_TEST"] = "1"
    assert os.environ.pop("OF_THE_TEST") == "1"
    assert dict(os.environ) == before
