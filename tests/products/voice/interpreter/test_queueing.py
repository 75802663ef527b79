"""One leg in a queue, and one that takes callers out: what they ask for and what the app is told, step by step."""

import pytest

from offhook.carriers.calls import Digit, Ended, Join, Leave, Play
from offhook.kit.clock import SECOND
from offhook.products.voice.interpreter import queueing
from offhook.products.voice.interpreter.effects import (
    AskQueue,
    Dequeued,
    DequeuerGone,
    Diverted,
    EndRecording,
    EnterQueue,
    Kept,
    LeaveQueue,
    MemberCame,
    MemberGone,
    Page,
    Place,
    ReleaseMember,
    Standing,
    StartRecording,
    TakeFromQueue,
    Tell,
    Warn,
)
from offhook.products.voice.interpreter.session import DivertedError, HungUpError
from offhook.protocols.twiml import voice
from tests.products.voice.interpreter.driving import PLACE, Driver

PLACED = Place("QU1", "support", 0)
WAIT = "<Response><Say>Please hold</Say><Pause length='8'/></Response>"
ENQUEUE = voice.Enqueue("support", action="/left", wait_url="/wait")
QUEUE = voice.Queue("support", url="/whisper")


def driver(**documents):
    pages = {f"/{name}": text for name, text in {"wait": WAIT, **documents}.items()}
    answers = {EnterQueue: PLACED, LeaveQueue: True, TakeFromQueue: True, AskQueue: Standing(2, 3, 1000, 7)}
    return Driver(pages, answers)


def told(page):
    return dict(page.parameters)


def dial(**attributes):
    return voice.Dial((QUEUE,), action="/done", **attributes)


def test_a_caller_hears_the_waiting_document_until_somebody_comes():
    driven = driver().comes(25, Dequeued("CA2", "CA2")).comes(40, DequeuerGone())
    where = driven.run(queueing.enqueue(driven.session, ENQUEUE))
    assert [page.url for page in driven.asked] == [f"{PLACE}/wait"] * 3
    assert [told(page)["QueueTime"] for page in driven.asked] == ["0", "10", "20"]
    assert told(driven.asked[0]) == {
        "QueueSid": "QU1",
        "QueueTime": "0",
        "QueuePosition": "2",
        "CurrentQueueSize": "3",
        "MaxQueueSize": "1000",
        "AvgQueueTime": "7",
    }
    assert where == Page(
        f"{PLACE}/left", "POST", (("QueueResult", "bridged"), ("QueueSid", "QU1"), ("QueueTime", "25"))
    )
    assert driven.of(Join) == [Join("CA2")]
    assert driven.of(Leave)


def test_without_an_action_the_next_verb_follows():
    driven = driver().comes(1, Dequeued("CA2", "CA2")).comes(2, DequeuerGone())
    assert driven.run(queueing.enqueue(driven.session, voice.Enqueue("support", wait_url=""))) is None
    assert driven.asked == []


def test_what_is_said_before_comes_before_the_room():
    driven = driver(whisper="<Response><Say>Now</Say></Response>")
    driven.comes(5, Dequeued("CA2", "CA2", Page(f"{PLACE}/whisper"))).comes(9, DequeuerGone())
    driven.run(queueing.enqueue(driven.session, ENQUEUE))
    order = [effect for effect in driven.effects if isinstance(effect, Join) or effect in driven.of(Play)[-1:]]
    assert [type(effect) for effect in order] == [Play, Join]


@pytest.mark.parametrize(
    ("second", "news", "result"),
    [
        (4, DequeuerGone(), "bridging-in-process"),
        (6, DequeuerGone(), "bridged"),
        (4, Ended(), "hangup"),
        (6, Ended(), "bridged"),
        (4, Diverted(Page("x")), "redirected"),
        (6, Diverted(Page("x")), "redirected-from-bridged"),
    ],
)
def test_the_result_says_how_far_it_came(second, news, result):
    driven = driver(whisper="<Response><Say>Now</Say></Response>")
    driven.comes(3, Dequeued("CA2", "CA2", Page(f"{PLACE}/whisper"))).comes(second, news)
    if isinstance(news, DequeuerGone):
        page = driven.run(queueing.enqueue(driven.session, ENQUEUE))
    else:
        with pytest.raises((HungUpError, DivertedError)):
            driven.run(queueing.enqueue(driven.session, ENQUEUE))
        page = driven.of(Tell)[0].page
    assert told(page) == {"QueueResult": result, "QueueSid": "QU1", "QueueTime": "3"}
    assert driven.of(LeaveQueue) == [LeaveQueue()]


@pytest.mark.parametrize(("news", "result"), [(Ended(), "hangup"), (Diverted(Page("x")), "redirected")])
def test_who_is_gone_while_waiting_leaves_the_queue_first(news, result):
    driven = driver().comes(12, news)
    with pytest.raises((HungUpError, DivertedError)):
        driven.run(queueing.enqueue(driven.session, ENQUEUE))
    (tell,) = driven.of(Tell)
    assert told(tell.page)["QueueResult"] == result
    assert told(tell.page)["QueueTime"] == "12"
    assert driven.effects.index(LeaveQueue()) < driven.effects.index(tell)


@pytest.mark.parametrize(("wait", "result"), [("<Response><Leave/></Response>", "leave"), (None, "error")])
def test_a_waiting_document_can_end_the_waiting(wait, result):
    driven = Driver({"/wait": wait} if wait else {}, {EnterQueue: PLACED, LeaveQueue: True})
    assert told(driven.run(queueing.enqueue(driven.session, ENQUEUE)))["QueueResult"] == result
    assert driven.of(LeaveQueue) == [LeaveQueue(unless_taken=True)]


def test_who_is_taken_out_while_leaving_is_connected():
    answers = {EnterQueue: PLACED, LeaveQueue: lambda effect: not effect.unless_taken}
    driven = Driver({"/wait": "<Response><Leave/></Response>"}, answers)
    driven.comes(0, Digit("1")).comes(1, Dequeued("CA2", "CA2")).comes(5, DequeuerGone())
    where = driven.run(queueing.enqueue(driven.session, ENQUEUE))
    assert told(where)["QueueResult"] == "bridged"
    assert driven.of(Join) == [Join("CA2")]


def test_a_full_queue_is_told_and_warned_of():
    driven = Driver()
    where = driven.run(queueing.enqueue(driven.session, ENQUEUE))
    assert told(where) == {"QueueResult": "queue-full"}
    assert [warning.code for warning in driven.of(Warn)] == [14207]
    assert driven.asked == []


def test_a_taker_speaks_with_who_comes():
    driven = driver().comes(4, MemberCame("CA1", "CA2")).comes(20, MemberGone("CA1"))
    where = driven.run(queueing.take(driven.session, dial(), QUEUE))
    assert driven.of(TakeFromQueue) == [TakeFromQueue(QUEUE, Page(f"{PLACE}/whisper"))]
    assert driven.of(Join) == [Join("CA2")]
    assert told(where) == {
        "DialCallStatus": "answered",
        "DialCallSid": "CA1",
        "DialCallDuration": "16",
        "DialBridged": "true",
    }
    assert driven.effects[-2:] == [ReleaseMember(), Leave()]


def test_what_the_two_say_is_recorded_if_the_dial_wants_that():
    kept = Kept("RE1", "http://offhook/RE1")
    driven = Driver(answers={TakeFromQueue: True, StartRecording: kept, EndRecording: 16})
    driven.comes(4, MemberCame("CA1", "CA2")).comes(20, MemberGone("CA1"))
    where = driven.run(queueing.take(driven.session, dial(record="record-from-answer-dual"), QUEUE))
    assert [(begun.source, begun.channels) for begun in driven.of(StartRecording)] == [("DialVerb", 2)]
    assert driven.of(EndRecording) == [EndRecording("RE1")]
    assert (told(where)["RecordingSid"], told(where)["RecordingUrl"]) == ("RE1", "http://offhook/RE1")


def test_a_taker_waits_for_the_timeout_and_speaks_for_the_time_limit():
    alone = driver()
    assert told(alone.run(queueing.take(alone.session, dial(timeout=7), QUEUE))) == {"DialCallStatus": "no-answer"}
    assert alone.session.now == 7 * SECOND
    talking = driver().comes(5, MemberCame("CA1", "CA2"))
    talking.run(queueing.take(talking.session, dial(timeout=7, time_limit=60), QUEUE))
    assert talking.session.now == 65 * SECOND


def test_the_star_key_ends_the_talk_where_it_may():
    driven = driver().comes(1, MemberCame("CA1", "CA2")).comes(5, Digit("*")).comes(9, MemberGone("CA1"))
    driven.run(queueing.take(driven.session, dial(hangup_on_star=True), QUEUE))
    assert driven.session.now == 5 * SECOND
    other = driver().comes(1, MemberCame("CA1", "CA2")).comes(5, Digit("*")).comes(9, MemberGone("CA1"))
    other.run(queueing.take(other.session, dial(), QUEUE))
    assert other.session.now == 9 * SECOND


def test_a_taker_who_hangs_up_releases_the_caller_and_the_app_hears_of_it():
    driven = driver().comes(1, MemberCame("CA1", "CA2")).comes(5, Ended())
    with pytest.raises(HungUpError):
        driven.run(queueing.take(driven.session, dial(), QUEUE))
    assert driven.of(ReleaseMember)
    assert told(driven.of(Tell)[0].page)["DialCallSid"] == "CA1"


def test_there_is_no_such_queue():
    driven = Driver(answers={TakeFromQueue: False})
    assert told(driven.run(queueing.take(driven.session, dial(), QUEUE))) == {"DialCallStatus": "failed"}
    assert not driven.of(ReleaseMember)
