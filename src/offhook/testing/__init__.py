"""Testing apps that use Twilio: a whole Offhook for each test, with phones to text and call from and a clock to move.

pytest finds the plugin by itself once Offhook is installed. A test asks for the fixture `offhook`:

    def test_the_app_answers(offhook):
        number = offhook.number(sms_url=offhook.serve(app) + "/sms")
        phone = offhook.handset("+19732644152")
        phone.text(number, "hello")
        phone.wait_for("Hi there")

`WithOffhook` is the same for unittest, `started()` for anything else. While the test runs, TWILIO_ACCOUNT_SID,
TWILIO_AUTH_TOKEN and OFFHOOK_URL name that Offhook, so the app checks signatures with the right token and cannot reach
the real Twilio's account by accident. Everything here talks to Offhook over HTTP: `Offhook.at(folder)` drives one in
another process just as well.
"""

from offhook.testing.call import Call, CallError
from offhook.testing.calling import RefusedError
from offhook.testing.clock import Clock
from offhook.testing.handset import Handset, NoSuchCodeError, NoSuchTextError
from offhook.testing.offhook import Offhook
from offhook.testing.records import Alert, Exchange, Line, Number, Picture, Text
from offhook.testing.unittests import WithOffhook
from offhook.testing.warm import started

__all__ = [
    "Alert",
    "Call",
    "CallError",
    "Clock",
    "Exchange",
    "Handset",
    "Line",
    "NoSuchCodeError",
    "NoSuchTextError",
    "Number",
    "Offhook",
    "Picture",
    "RefusedError",
    "Text",
    "WithOffhook",
    "started",
]
