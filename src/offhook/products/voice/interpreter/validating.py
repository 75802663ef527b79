"""Asking whoever answers a number for a code, which proves that the number is the account's to call from.

https://www.twilio.com/docs/voice/api/outgoing-caller-ids#add-an-outgoing-caller-id
"""

from dataclasses import dataclass
from hmac import compare_digest

from offhook.carriers.calls import HangUp, Speech
from offhook.products.voice.interpreter import gathering
from offhook.products.voice.interpreter.calling import Plan, reach
from offhook.products.voice.interpreter.effects import Finish, Log
from offhook.products.voice.interpreter.session import HungUpError, Session, Steps, play_out
from offhook.protocols.twiml import voice

TRIES = 3
PATIENCE = 10  # seconds for the first key, and between two
PLEASE = "This is Offhook. Please enter your validation code."
RIGHT = "Thank you. Your number is validated. Goodbye."
WRONG = "That is not the code."


@dataclass(frozen=True, slots=True)
class Validated:
    """An effect: whoever has the number typed the code, or did not."""

    is_right: bool


def validate(session: Session, plan: Plan, code: str) -> Steps[None]:
    """Call, ask for the code, and tell how that went."""
    if not (yield from reach(session, plan)):
        yield Validated(False)
        return
    try:
        is_right = yield from _ask(session, code)
        yield Validated(is_right)
        yield from play_out(session, Speech(RIGHT if is_right else WRONG))
    except HungUpError:
        yield Validated(False)
    yield HangUp()
    yield Finish("completed")


def _ask(session: Session, code: str) -> Steps[bool]:
    verb = voice.Gather(num_digits=len(code), timeout=PATIENCE, prompts=(voice.Say(PLEASE, PLEASE),))
    for _ in range(TRIES):
        digits = yield from gathering.digits(session, verb)
        yield Log("Gathered", digits)
        if compare_digest(digits.encode(), code.encode()):
            return True
    return False
