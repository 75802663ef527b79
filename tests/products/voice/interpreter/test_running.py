"""Documents one after another: what leads to itself is stopped, what takes its time may go on."""

from offhook.carriers.calls import Play, Played
from offhook.kit.clock import SECOND
from offhook.products.voice.interpreter import DocumentError, Session, follow, run
from offhook.products.voice.interpreter.effects import Document, Page, Read, Wait, Warn
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


def test_a_failure_on_our_side_leaves_no_sound():
    session = Session(0, "CA1", True, True, follow)
    steps = run(session, HERE)
    assert isinstance(next(steps), Read)
    log = steps.send(Document(voice.Script((voice.Say("Hello"),)), HERE.url))
    while not isinstance(log, Play):
        log = steps.send(None)
    assert isinstance(steps.send(None), Wait)
    names = [type(steps.throw(DocumentError(11200, "gone", HERE.url))).__name__]
    names.append(type(steps.send(None)).__name__)
    assert names[0] == "Stop"
