"""Telling whoever answers a number something: twice, and again while they ask for it.

What is said is in nobody's log of the call: it may be a code.
"""

from dataclasses import dataclass

from offhook.carriers.calls import HangUp, Speech
from offhook.products.voice.interpreter import gathering
from offhook.products.voice.interpreter.calling import Plan, reach
from offhook.products.voice.interpreter.effects import Finish
from offhook.products.voice.interpreter.session import DocumentError, HungUpError, Session, Steps, play_out
from offhook.protocols.twiml import voice

TIMES = 2
MOST_REPEATS = 3
PATIENCE = 5  # seconds that a key is waited for


@dataclass(frozen=True, slots=True)
class Recital:
    """What is to be told. `press` asks for a key first; `again` says that a key repeats it."""

    text: str
    press: str = ""
    again: str = ""
    voice: str = ""
    language: str = ""

    def __repr__(self) -> str:
        """Without what it says."""
        return "<Recital>"


@dataclass(frozen=True, slots=True)
class Recited:
    """An effect: it has been told from begin to end, or it has not."""

    is_told: bool


def recite(session: Session, plan: Plan, recital: Recital) -> Steps[None]:
    """Call, tell, and say whether that was done."""
    if not (yield from reach(session, plan)):
        yield Recited(False)
        return
    try:
        is_told = yield from _tell(session, recital)
        yield Recited(is_told)
        if is_told:
            yield from _repeat(session, recital)
    except (HungUpError, DocumentError):
        yield Recited(False)  # counts only where it is not known yet
    yield HangUp()
    yield Finish("completed")


def _tell(session: Session, recital: Recital) -> Steps[bool]:
    if recital.press and not (yield from _key(session, recital, recital.press)):
        return False
    for _ in range(TIMES):
        yield from _say(session, recital)
    return True


def _repeat(session: Session, recital: Recital) -> Steps[None]:
    for _ in range(MOST_REPEATS if recital.again else 0):
        if not (yield from _key(session, recital, recital.again)):
            return
        yield from _say(session, recital)


def _say(session: Session, recital: Recital) -> Steps[None]:
    yield from play_out(session, Speech(recital.text, recital.voice, recital.language))


def _key(session: Session, recital: Recital, prompt: str) -> Steps[str]:
    said = voice.Say(prompt, prompt, voice=recital.voice, language=recital.language)
    return (
        yield from gathering.digits(
            session, voice.Gather(num_digits=1, timeout=PATIENCE, finish_on_key="", prompts=(said,))
        )
    )
