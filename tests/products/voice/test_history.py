"""What became of a call, and when: from the log, and from the row when the log has been cut."""

import asyncio
import re
from dataclasses import dataclass

import pytest

from offhook.exchanges import events
from offhook.kit.sids import CALL, new_sid
from offhook.products.voice import history, store
from offhook.products.voice.call import Call
from offhook.runtime import Work
from offhook.storage import Unit, open_database
from offhook.testing.calling import RefusedError, segment
from tests.products.monitor.streams import api_of
from tests.products.voice.talking import FRIEND, OTHER, OURS, PERSON, document, rings

EXACT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
MADE = 1_700_000_000_000_000
ANSWERED, ENDED = MADE + 1_000_000, MADE + 5_000_000


def of(offhook, sid):
    return api_of(offhook).get(f"/offhook/v1/Calls/{sid}/History")


def moments(shown):
    return [(one["kind"], one["text"]) for one in shown["moments"]]


def test_statuses_and_steps_are_in_order_with_their_moments_on_either_database(either):
    offhook, app = either
    app.says("/pressed", document("<Say>Thank you</Say>"))
    call = rings(offhook, app, "<Gather action='/pressed' numDigits='2'><Say>Press two</Say></Gather>")
    call.hears("Press two")
    call.press("42")
    call.wait_until_ended()
    shown = of(offhook, call.call_sid)
    assert moments(shown) == [
        ("status", "ringing"),
        ("status", "in-progress"),
        ("Gather", "dtmf"),
        ("Say", "Press two"),
        ("Gathered", "42"),
        ("Say", "Thank you"),
        ("status", "completed"),
    ]
    times = [one["date_created"] for one in shown["moments"]]
    assert all(EXACT.fullmatch(time) for time in times)
    assert times == sorted(times)
    assert (shown["call_sid"], shown["account_sid"]) == (call.call_sid, offhook.account_sid)
    assert shown["complete"] is True
    assert (shown["parent_call_sid"], shown["children"], shown["recordings"]) == (None, [], [])


def test_a_call_and_those_that_it_dialled_name_each_other(offhook, app):
    offhook.handset(OTHER).behave(answers="busy")
    offhook.handset(FRIEND).behave(answers="at-once")
    call = rings(offhook, app, f"<Dial>{OTHER}</Dial>", f"<Dial record='record-from-answer'>{FRIEND}</Dial>")
    offhook.clock.advance(seconds=10)
    shown = of(offhook, call.call_sid)
    busy, answered = (one.sid for one in reversed(offhook.client().calls.list(parent_call_sid=call.call_sid)))
    assert shown["children"] == [busy, answered]
    assert ("Connected", answered) in moments(shown)
    assert [of(offhook, sid)["parent_call_sid"] for sid in shown["children"]] == [call.call_sid] * 2
    assert moments(of(offhook, busy)) == [("status", "queued"), ("status", "busy")]
    assert shown["recordings"] == [one.sid for one in offhook.client().recordings.list(call_sid=call.call_sid)]
    assert len(shown["recordings"]) == 1


def test_who_answered_is_told_as_no_second_status(offhook):
    offhook.handset(FRIEND).behave(answers="voicemail")
    offhook.number(OURS)
    made = offhook.client().calls.create(
        to=FRIEND, from_=OURS, machine_detection="Enable", twiml=document("<Say>Hello</Say>")
    )
    offhook.clock.advance(minutes=1)
    assert made.fetch().answered_by == "machine_start"
    statuses = [text for kind, text in moments(of(offhook, made.sid)) if kind == "status"]
    assert statuses == ["queued", "ringing", "in-progress", "completed"]


def test_an_account_sees_its_own_and_the_first_one_everybodys(offhook):
    token = "0123456789abcdef" * 2
    shop, other = api_of(offhook, "AC" + "5" * 32, token), api_of(offhook, "AC" + "6" * 32, token)
    sid = shop.post(shop.in_account("Calls"), To=PERSON, From=OURS, Twiml=document())["sid"]
    path = f"/offhook/v1/Calls/{sid}/History"
    assert shop.get(path)["account_sid"] == "AC" + "5" * 32
    assert of(offhook, sid)["call_sid"] == sid
    with pytest.raises(RefusedError) as refused:
        other.get(path)
    assert (refused.value.status, refused.value.code) == (404, 20404)


def test_what_was_amiss_stands_where_it_happened(offhook, app):
    call = rings(offhook, app, "<Say voice='nobody'>Hello</Say>", "<Play>nonsense://</Play>", "<Say>Goodbye</Say>")
    call.wait_until_ended()
    shown = moments(of(offhook, call.call_sid))
    [warning] = [text for kind, text in shown if kind == "Warning"]
    [alert] = [text for kind, text in shown if kind == "Alert"]
    assert warning.startswith("13511 ")
    assert alert.startswith("11100 <Play>")
    assert shown.index(("Say", "Hello")) < shown.index(("Alert", alert)) < shown.index(("Say", "Goodbye"))


def test_a_phones_part_in_a_call_is_found(offhook, app):
    first = rings(offhook, app, "<Say>Hello</Say>")
    first.wait_until_ended()
    calls = [first, rings(offhook, app, "<Say>Hello</Say>")]
    path = f"/offhook/v1/Handsets/{segment(PERSON)}/Calls"
    for call in calls:
        [found] = api_of(offhook).get(path, CallSid=call.call_sid)["calls"]
        assert found["sid"] == call.sid
    assert api_of(offhook).get(path, CallSid="CA" + "0" * 32)["calls"] == []
    assert len(api_of(offhook).get(path)["calls"]) == 2


@dataclass(frozen=True)
class Told:
    """A line of the log."""

    type: str
    detail: str
    at: int


def remembered(tmp_path, *lines, **what):
    """The history of a call of which the log has these lines."""
    call = Call(0, new_sid(CALL), "AC" + "1" * 32, "inbound", PERSON, OURS, "completed", MADE, ENDED, **what)

    async def scenario():
        database = await open_database(None, tmp_path, Work())
        unit = Unit()
        store.add(unit, call)
        for line in lines:
            whose = {"account_sid": call.account_sid, "sid": call.sid, "now": line.at}
            events.note(unit, line.type, detail=line.detail, **whose)
        await database.commit(unit)
        found = await history.of(database, call)
        await database.close()
        return found

    return asyncio.run(scenario())


class TestWhenTheLogIsCut:
    def test_the_row_says_what_it_knows(self, tmp_path):
        found = remembered(tmp_path, start_time=ANSWERED, end_time=ENDED)
        assert not found.is_complete
        assert [(one.kind, one.text, one.at) for one in found.moments] == [
            ("status", "ringing", MADE),
            ("status", "in-progress", ANSWERED),
            ("status", "completed", ENDED),
        ]

    def test_what_is_left_of_the_log_is_used(self, tmp_path):
        left = Told("call.step", "Say Hello there", MADE + 2), Told("call.updated", "completed", ENDED)
        found = remembered(tmp_path, *left, start_time=ANSWERED, end_time=ENDED)
        assert not found.is_complete
        assert [(one.kind, one.text) for one in found.moments] == [
            ("status", "ringing"),
            ("status", "in-progress"),
            ("Say", "Hello there"),
            ("status", "completed"),
        ]

    def test_nobody_answered_and_nothing_is_invented(self, tmp_path):
        found = remembered(tmp_path, end_time=ENDED)
        assert [one.text for one in found.moments] == ["ringing", "completed"]
