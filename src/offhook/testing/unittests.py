"""A mixin for unittest: `self.offhook`, and what happened, told with the failure.

class TheBot(WithOffhook, unittest.TestCase):
    def test_it_answers(self):
        number = self.offhook.number(sms_url=self.offhook.serve(app) + "/sms")
"""

import functools
import inspect
import unittest
from collections.abc import Callable
from typing import Any

from offhook.testing.handset import NoSuchTextError
from offhook.testing.offhook import Offhook
from offhook.testing.warm import started


class WithOffhook(unittest.TestCase):
    """Gives each test a fresh Offhook. Name it before TestCase, or alone."""

    offhook: Offhook

    def __init__(self, methodName: str = "runTest") -> None:  # noqa: N803 - unittest's name
        super().__init__(methodName)
        test = getattr(self, methodName, None)
        if test is not None:
            setattr(self, methodName, self._telling(test))

    def setUp(self) -> None:
        """Begin with nothing. A `setUp` of yours calls this one first."""
        super().setUp()
        self.offhook = self.enterContext(started())

    def _telling(self, test: Callable[[], Any]) -> Callable[[], Any]:
        if inspect.iscoroutinefunction(test):

            @functools.wraps(test)
            async def told_later() -> None:
                try:
                    await test()
                except Exception as problem:
                    self._tell(problem)
                    raise

            return told_later

        @functools.wraps(test)
        def told() -> None:
            try:
                test()
            except Exception as problem:
                self._tell(problem)
                raise

        return told

    def _tell(self, problem: Exception) -> None:
        if not isinstance(problem, (NoSuchTextError, unittest.SkipTest)):
            problem.add_note(f"\n{self.offhook.try_to_tell()}")
