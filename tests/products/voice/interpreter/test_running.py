"""Documents one after another: what leads to itself is stopped, what takes its time may go on."""

from offhook.carriers.calls import HangUp, Played, Stop
from offhook.kit.clock import SECOND
from offhook.products.voice.interpreter import HungUpError, Session, follow, run
from offhook.products.voice.interpreter.effects import Document, Finish, Page, Read, Wait, Warn
from offhook.protocols.twiml import voice

HERE = Page("http://app/voice")


def reads(*verbs: voice.Verb, most: int = 1000) -> tuple[int, list[int]]:
    """How often a document of these verbs is asked for, which takes a millisecond each time, and what is warned of."""
    session = Session(0, "CA1", True, False, follow)
    steps = run(session, HERE)
    asked, codes, effect = 0, [], next(steps)
    try:
        while asked < most:
            result = None
            if isinstance(effect, Read):
                asked, session.now = asked + 1, session.now + SECOND // 1000
                result = Document(voice.Script(verbs), HERE.url)
            elif isinstance(effect, Wait):
                session.now += SECOND
                result = Played(session.played)
            elif isinstance(effect, Warn):
                codes.append(effect.code)
            effect = steps.send(result)
    except StopIteration:
        pass
    return asked, codes


def test_documents_that_lead_to_themselves_are_stopped_however_slowly_they_come():
    assert reads(voice.Redirect("")) == (100, [11215])


def test_documents_that_are_listened_to_may_go_on():
    assert reads(voice.Say("Hello"), voice.Redirect("")) == (1000, [])


def test_a_failure_on_our_side_ends_the_call_as_failed():
    steps = run(Session(0, "CA1", True, True, follow), HERE)
    next(steps)
    effect = steps.send(Document(voice.Script((voice.Say("Hello"),)), HERE.url))
    while not isinstance(effect, Wait):
        effect = steps.send(None)
    assert steps.throw(HungUpError("failed")) == Stop()
    assert [*steps] == [HangUp(), Finish("failed")]
