"""The person with the phone, calling and being called: the API of handsets' calls, as its contract says."""

from dataclasses import replace

import pytest

from offhook.testing import Offhook, RefusedError
from offhook.testing.calling import Api, segment
from offhook.testing.running import Running, quiet, settings_for
from tests.products.monitor.streams import Stream, api_of

PERSON, FRIEND, THIRD = "+19732644152", "+12125550100", "client:bob"


@pytest.fixture
def api(offhook: Offhook) -> Api:
    return api_of(offhook)


def calls(address: str, sid: str = "") -> str:
    return f"/offhook/v1/Handsets/{segment(address)}/Calls" + (f"/{sid}" if sid else "")


def connect(api: Api, caller: str = PERSON, called: str = FRIEND) -> tuple[str, str]:
    """The paths of both ends of a call that was answered."""
    made = api.post(calls(caller), To=called)
    api.post("/offhook/v1/Clock", Step="0")
    [came] = [one for one in api.get(calls(called))["calls"] if one["status"] == "ringing"]
    api.post(calls(called, came["sid"]), Action="answer")
    return calls(caller, made["sid"]), calls(called, came["sid"])


def refused(api: Api, path: str, **what: str) -> tuple[int, int | None]:
    with pytest.raises(RefusedError) as caught:
        api.post(path, **what)
    return caught.value.status, caught.value.code


def test_a_call_has_exactly_these_fields(offhook, api):
    made = api.post(calls(PERSON), To="(212) 555-0100")
    assert list(made) == [
        "sid",
        "direction",
        "status",
        "from",
        "to",
        "call_sid",
        "date_created",
        "duration",
        "pending",
        "transcript",
        "url",
    ]
    assert made["sid"].startswith("HC")
    assert (made["direction"], made["from"], made["to"]) == ("outbound", PERSON, FRIEND)
    assert (made["call_sid"], made["duration"], made["pending"], made["transcript"]) == (None, None, 0, [])
    assert made["url"] == f"{offhook.url}/offhook/v1/Handsets/{PERSON}/Calls/{made['sid']}"


def test_what_is_said_and_pressed_is_in_both_transcripts_on_either_database(either):
    offhook, _ = either
    api = api_of(offhook)
    caller, called = connect(api, called=THIRD)
    api.post(called, Speech="a" * 30, Digits="12w3")
    offhook.clock.advance(seconds=10)
    done = api.post(caller, Action="hangup")
    assert (done["status"], done["duration"]) == ("completed", 10.0)
    assert done["transcript"] == [
        {"at": 0.0, "kind": "digits", "text": "12w3"},
        {"at": 0.5, "kind": "person", "text": "a" * 30},
    ]
    other = api.get(called)
    assert (other["status"], other["direction"], other["from"], other["to"]) == ("completed", "inbound", PERSON, THIRD)
    assert [line["kind"] for line in other["transcript"]] == ["digits", "speech"]


def test_several_things_are_done_in_order_and_told_at_once(api):
    made = api.post(calls(PERSON), To=FRIEND)
    api.post("/offhook/v1/Clock", Step="0")
    [came] = api.get(calls(FRIEND))["calls"]
    done = api.post(calls(FRIEND, came["sid"]), Action="answer", Speech="Hello", Digits="1")
    assert (done["status"], done["pending"]) == ("in-progress", 1)
    assert [line["kind"] for line in done["transcript"]] == ["digits", "speech"]
    api.post("/offhook/v1/Clock", Advance="1")
    assert api.get(calls(PERSON, made["sid"]))["transcript"][1] == {"at": 0.0, "kind": "person", "text": "Hello"}


def test_the_list_is_oldest_first_or_newest_first(api):
    for called in (FRIEND, THIRD):
        caller, _ = connect(api, called=called)
        api.post(caller, Action="hangup")
    page = api.get(calls(PERSON))
    assert [one["to"] for one in page["calls"]] == [FRIEND, THIRD]
    assert page["meta"]["key"] == "calls"
    assert [one["to"] for one in api.get(calls(PERSON), Order="desc", PageSize="1")["calls"]] == [THIRD]


def test_what_cannot_be_done_is_refused(api):
    caller, called = connect(api)
    assert refused(api, caller, Action="answer") == (409, 20409)
    assert refused(api, called, Action="reject") == (409, 20409)
    assert refused(api, caller) == (400, 20001)
    assert refused(api, caller, Digits="1A") == (400, 20001)
    assert refused(api, caller, Speech="a" * 5000) == (400, 20001)
    assert refused(api, caller, Action="sing") == (400, 20001)
    assert refused(api, caller, Action="hangup", Speech="bye") == (409, 20409)
    assert api.get(caller)["transcript"] == []
    api.post(called, Action="hangup")
    assert refused(api, caller, Speech="hello?") == (409, 20409)
    assert refused(api, called, Action="hangup") == (409, 20409)


def test_nobody_speaks_into_a_phone_that_rings(api):
    made = api.post(calls(PERSON), To=FRIEND)
    assert refused(api, calls(PERSON, made["sid"]), Speech="hello?") == (409, 20409)


def test_a_call_is_found_on_its_own_phone_only(api):
    made = api.post(calls(PERSON), To=FRIEND)
    for path in (calls(FRIEND, made["sid"]), calls(PERSON, "HC" + "0" * 32), calls(PERSON, "nonsense")):
        assert refused(api, path, Action="hangup")[0] == 404
        with pytest.raises(RefusedError) as caught:
            api.get(path)
        assert caught.value.status == 404


@pytest.mark.parametrize("to", ["", "Shop", "12345", "client:"])
def test_an_address_that_is_none_cannot_be_called(api, to):
    assert refused(api, calls(PERSON), To=to)[0] == 400


def test_a_phone_that_is_off_or_in_use_cannot_call(offhook, api):
    connect(api)
    assert refused(api, calls(PERSON), To=THIRD) == (409, 20409)
    offhook.handset(THIRD).behave(power="off")
    assert refused(api, calls(THIRD), To=FRIEND) == (409, 20409)
    assert api.post(calls("+12125550199"), To=THIRD)["to"] == THIRD
    assert api.post(calls("+12125550198"), To=PERSON)["to"] == PERSON
    offhook.clock.settle()
    assert [api.get(calls(f"+1212555019{n}"))["calls"][0]["status"] for n in (9, 8)] == ["no-answer", "busy"]
    assert api.get(calls(THIRD))["calls"] == []


def test_others_than_the_first_account_have_no_phones(offhook):
    sub = offhook.client().api.accounts.create(friendly_name="sub")
    other = Api(offhook.url, sub.sid, sub.auth_token)
    assert refused(other, calls(PERSON), To=FRIEND) == (403, 20403)
    for path in (calls(PERSON), calls(PERSON, "HC" + "0" * 32)):
        with pytest.raises(RefusedError) as caught:
            other.get(path)
        assert caught.value.code == 20403


def test_whoever_watches_hears_of_calls(offhook, api):
    with Stream(api).ready() as stream:
        caller, _ = connect(api)
        told = [*stream.until("handset-call.created"), *stream.until("handset-call.updated")]
        api.post(caller, Speech="Hello")
        told += stream.until("handset-call.updated")
    assert {event.data["detail"] for event in told if event.type.startswith("handset-call.")} <= {PERSON, FRIEND}


def test_a_phone_that_only_called_is_in_the_list_of_phones(offhook, api):
    caller, _ = connect(api)
    api.post(caller, Action="hangup")
    assert {one["address"] for one in api.get("/offhook/v1/Handsets")["handsets"]} == {PERSON, FRIEND}
    offhook.handset(FRIEND).behave(answers="busy")
    offhook.handset(FRIEND).reset()
    assert {one["address"] for one in api.get("/offhook/v1/Handsets")["handsets"]} == {PERSON, FRIEND}


def test_how_a_phone_answers_is_set_and_shown(offhook, api):
    path = f"/offhook/v1/Handsets/{PERSON}"
    shown = api.get(path)
    assert (shown["answers"], shown["answer_delay"], shown["greeting"]) == ("by-hand", 0, "")
    shown = api.post(path, Answers="voicemail")
    assert (shown["answers"], shown["answer_delay"], shown["greeting"]) == ("voicemail", 10, "")
    api.post(path, AnswerDelay="2.5", Greeting="Ann is not in")
    shown = api.get(path)
    assert (shown["answers"], shown["answer_delay"], shown["greeting"]) == ("voicemail", 2.5, "Ann is not in")
    for wrong in ({"Answers": "maybe"}, {"AnswerDelay": "-1"}, {"AnswerDelay": "3601"}, {"Greeting": "a" * 5000}):
        assert refused(api, path, **wrong) == (400, 20001)


def test_a_snapshot_and_a_reset_end_what_is_under_way(offhook, api):
    connect(api)
    offhook.snapshot()
    [kept] = api.get(calls(PERSON))["calls"]
    assert kept["status"] == "failed"
    connect(api)
    offhook.reset()
    assert api.get(calls(PERSON))["calls"] == []
    connect(api)
    offhook.restore()
    assert [one["sid"] for one in api.get(calls(PERSON))["calls"]] == [kept["sid"]]
    connect(api)


def test_calls_that_a_stopped_process_had_have_failed(tmp_path):
    settings = settings_for(tmp_path / "data")
    with quiet():
        with Running(settings) as found, Offhook.of(found) as offhook:
            caller, _ = connect(api_of(offhook))
            api_of(offhook).post(caller, Speech="Hello")
        with Running(replace(settings)) as found, Offhook.of(found) as offhook:
            api = api_of(offhook)
            [mine], [theirs] = api.get(calls(PERSON))["calls"], api.get(calls(FRIEND))["calls"]
            assert (mine["status"], theirs["status"]) == ("failed", "failed")
            assert [line["text"] for line in theirs["transcript"]] == ["Hello"]
            assert mine["duration"] is not None
            connect(api)
