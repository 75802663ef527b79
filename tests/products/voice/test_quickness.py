"""No real time is lost on the virtual clock: a menu and a message of minutes take a moment."""

import time

from offhook.testing import Offhook
from tests.products.voice.talking import OURS, document, element

MOST = 0.1  # seconds of the processor, of the test and of Offhook together
TRIES = 5  # of which the quickest counts: the others may have been disturbed


def talks(offhook: Offhook, person: str) -> float:
    """How many seconds of the processor it takes to let a menu time out, and to speak for a minute."""
    began = time.process_time()
    call = offhook.handset(person).call(OURS)
    call.hears("Welcome")
    call.hears("Nobody pressed a key")
    call.hears(kind="beep")
    call.says("x" * 900)
    call.hears("Thank you")
    call.wait_until_ended()
    return time.process_time() - began


def test_a_menu_of_half_a_minute_and_a_message_of_a_minute_take_under_a_tenth_of_a_second(offhook, app):
    app.says("/go", document("<Say>Thank you</Say>"))
    menu = element("Gather", "<Say>Welcome</Say>", timeout="30")
    verbs = (menu, "<Say>Nobody pressed a key</Say>", element("Record", action="/go", maxLength="60"))
    offhook.number(OURS, voice_url=app.says("/voice", document(*verbs)))
    began = offhook.clock.now()
    taken = [talks(offhook, f"+1212555{1000 + number}") for number in range(TRIES)]
    assert (offhook.clock.now() - began).total_seconds() > 90 * TRIES
    assert min(taken) < MOST, taken
