"""What became of a message, and when: from the log, and from the row when the log has been cut."""

import asyncio
import re

import pytest

from offhook.carriers import CarrierError
from offhook.exchanges import events
from offhook.products.messaging import history
from offhook.testing.calling import RefusedError
from tests.products.messaging.talking import OURS, PERSON, say
from tests.products.monitor.streams import api_of

EXACT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
REPLIES = say("one", "two")


def of(offhook, sid):
    return api_of(offhook).get(f"/offhook/v1/Messages/{sid}/History")


def statuses(shown):
    return [(one["status"], one["error_code"]) for one in shown["statuses"]]


def test_each_status_has_its_moment_on_either_database(either):
    offhook, _ = either
    offhook.number(OURS)
    sid = offhook.client().messages.create(to=PERSON, from_=OURS, body="hi").sid
    offhook.clock.settle()
    shown = of(offhook, sid)
    assert statuses(shown) == [("queued", None), ("sending", None), ("sent", None), ("delivered", None)]
    moments = [one["date_created"] for one in shown["statuses"]]
    assert all(EXACT.fullmatch(moment) for moment in moments)
    assert moments == sorted(moments)
    assert (shown["message_sid"], shown["account_sid"]) == (sid, offhook.account_sid)
    assert shown["complete"] is True
    assert (shown["in_reply_to"], shown["replies"]) == (None, [])


def test_times_are_the_products(offhook):
    api = api_of(offhook)
    api.post(f"/offhook/v1/Handsets/{PERSON}", Delay="3600")
    sid = offhook.client().messages.create(to=PERSON, from_=OURS, body="hi").sid
    offhook.clock.settle()
    before = of(offhook, sid)["statuses"]
    offhook.clock.advance(hours=1)
    after = of(offhook, sid)["statuses"]
    assert [one["status"] for one in after[len(before) :]] == ["delivered"]
    hour = [int(one["date_created"][11:13]) * 60 + int(one["date_created"][14:16]) for one in (before[-1], after[-1])]
    assert (hour[1] - hour[0]) % (24 * 60) == 60


def test_a_failure_has_its_number(offhook):
    api_of(offhook).post(f"/offhook/v1/Handsets/{PERSON}", Outcome="undelivered", ErrorCode="30005")
    sid = offhook.client().messages.create(to=PERSON, from_=OURS, body="hi").sid
    offhook.clock.settle()
    assert statuses(of(offhook, sid))[-1] == ("undelivered", 30005)


def test_a_text_and_its_replies_name_each_other(either):
    offhook, app = either
    offhook.number(OURS, sms_url=app.says("/sms", REPLIES))
    phone = offhook.handset(PERSON)
    phone.text(OURS, "hi")
    phone.wait_for("two")
    one, two, text = _by_body(offhook, "one", "two", "hi")
    shown = of(offhook, text)
    assert statuses(shown) == [("received", None)]
    assert shown["replies"] == [one, two]
    assert [of(offhook, sid)["in_reply_to"] for sid in (one, two, text)] == [text, text, None]


def test_an_answer_to_stop_is_a_reply_too(offhook):
    offhook.number(OURS)
    phone = offhook.handset(PERSON)
    phone.text(OURS, "STOP")
    answer = offhook.client().messages.list(to=PERSON)[0]
    [text] = offhook.client().messages.list(from_=PERSON)
    assert of(offhook, text.sid)["replies"] == [answer.sid]


def test_what_is_no_status_is_not_in_it(offhook):
    message = offhook.client().messages.create(to=PERSON, from_=OURS, body="hi")
    offhook.clock.settle()
    message.update(body="")
    assert [status for status, _ in statuses(of(offhook, message.sid))] == ["queued", "sending", "sent", "delivered"]


def test_an_account_sees_its_own_and_the_first_one_everybodys(offhook):
    token = "0123456789abcdef" * 2
    shop, other = api_of(offhook, "AC" + "5" * 32, token), api_of(offhook, "AC" + "6" * 32, token)
    sid = shop.post(shop.in_account("Messages"), To=PERSON, From=OURS, Body="hi")["sid"]
    path = f"/offhook/v1/Messages/{sid}/History"
    assert shop.get(path)["account_sid"] == "AC" + "5" * 32
    assert of(offhook, sid)["message_sid"] == sid
    with pytest.raises(RefusedError) as refused:
        other.get(path)
    assert (refused.value.status, refused.value.code) == (404, 20404)


def test_a_message_that_is_not_there_has_none(offhook):
    with pytest.raises(RefusedError) as refused:
        of(offhook, "SM" + "0" * 32)
    assert refused.value.status == 404


class TestWhenTheLogIsCut:
    def test_the_row_says_what_it_knows(self, lines):
        async def scenario():
            async with lines.opened() as line:
                message = await line.accepted()
                lines.clock.move_to(lines.clock.now() + 1_000_000)
                await line.report(message, "undelivered", 30005)
                sent = await line.fetch(message)
                await forget(line)
                found = await history.of(line.database, await line.fetch(message))
            assert not found.is_complete
            assert [(one.status, one.at, one.error_code) for one in found.changes] == [
                ("queued", message.date_created, None),
                ("sent", sent.date_sent, None),
                ("undelivered", lines.clock.now(), 30005),
            ]

        asyncio.run(scenario())

    def test_what_is_left_of_the_log_is_used(self, lines):
        async def scenario():
            async with lines.opened() as line:
                message = await line.accepted()
                await forget(line)
                await line.report(message, "delivered")
                found = await history.of(line.database, await line.fetch(message))
            assert [one.status for one in found.changes] == ["queued", "sent", "delivered"]
            assert not found.is_complete

        asyncio.run(scenario())

    def test_when_it_ended_is_not_known_if_it_was_changed_since(self, lines):
        async def scenario():
            async with lines.opened() as line:
                message = await line.accepted()
                await line.report(message, "delivered")
                await line.changing.redact(message, lines.clock.now() + 5)
                await forget(line)
                found = await history.of(line.database, await line.fetch(message))
            assert [(one.status, one.at is None) for one in found.changes][-1] == ("delivered", True)

        asyncio.run(scenario())


def test_every_attempt_is_in_it(lines):
    async def scenario():
        async with lines.opened(CarrierError("busy", temporary=True)) as line:
            message = await line.accepted()
            await line.advance(6_000_000)
            found = await history.of(line.database, await line.fetch(message))
        assert [one.status for one in found.changes] == ["queued", "sending", "sending", "sent"]
        assert found.changes[2].at - found.changes[1].at == 5_000_000

    asyncio.run(scenario())


async def forget(line):
    await events.prune(line.database, 0)


def _by_body(offhook, *bodies):
    found = {message.body: message.sid for message in offhook.client().messages.list()}
    return [found[body] for body in bodies]
