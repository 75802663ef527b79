"""The same test with nothing but the standard library: `python -m unittest`."""

import unittest

from offhook.testing import WithOffhook

from .app import app


class TheBot(WithOffhook, unittest.TestCase):
    def test_it_says_what_it_is_told(self):
        number = self.offhook.number(sms_url=self.offhook.serve(app) + "/sms")
        phone = self.offhook.handset("+19732644152")
        phone.text(number, "hello")
        self.assertEqual(phone.wait_for("You said: hello").from_, str(number))  # noqa: PT009
