"""What may be done to a message afterwards: taking its text out, canceling it, deleting it, and what is too early."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote_plus

import pytest

from offhook.carriers import CarrierError
from offhook.kit.clock import HOUR
from offhook.testing import Offhook, RefusedError
from offhook.web import ApiError
from tests.products.messaging.talking import ALSO_OURS, OURS, PERSON, PNG, came, refusal, say, statuses
from tests.products.monitor.streams import api_of

STRANGER = ("AC" + "9" * 32, "whatever")


def send(offhook: Offhook, body: str = "a secret", **more):
    return offhook.client().messages.create(to=PERSON, from_=OURS, body=body, **more)


def said_about(api, text: str) -> set[str]:
    """The methods of the exchanges that hold a text, in a body or in a URL."""
    found = [
        *api.pages("/offhook/v1/Exchanges", "exchanges", Search=text),
        *api.pages("/offhook/v1/Exchanges", "exchanges", Url=quote_plus(text)),
    ]
    return {one["method"] for one in found if "/offhook/" not in one["url"] or one["method"] == "POST"}


@pytest.fixture
def delivered(offhook):
    message = send(offhook)
    offhook.clock.settle()
    return offhook.client().messages(message.sid)


@pytest.fixture
def held_up(offhook, app):
    """Hold up what is sent to the person: the first message waits for a picture, the others for the first."""

    @contextmanager
    def hold() -> Iterator[Callable[[], None]]:
        asked, may_go = threading.Event(), threading.Event()

        def wait(_asked) -> None:
            asked.set()
            may_go.wait(8)

        try:
            first = send(offhook, "first", media_url=[app.says("/slow.png", PNG, kind="image/png", before=wait)])
            assert asked.wait(5)
            yield first
        finally:
            may_go.set()

    return hold


class TestRedacting:
    def test_an_empty_body_takes_the_text_out_for_good(self, offhook, delivered):
        assert delivered.update(body="").body == ""
        kept = delivered.fetch()
        assert (kept.body, kept.status, kept.num_segments) == ("", "delivered", "1")
        assert offhook.client().messages.list()[0].body == ""

    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_the_text_goes_out_of_the_exchanges_too_but_stays_on_the_phone(self, offhook, app, method):
        offhook.number(OURS, sms_url=app.says("/sms", say("my advice")), sms_method=method)
        sent = offhook.handset(PERSON).text(OURS, "my diagnosis")
        reply = offhook.handset(PERSON).wait_for("my advice")
        offhook.clock.settle()
        client = offhook.client()
        api = api_of(offhook)
        assert said_about(api, "my diagnosis") == {"POST"} | {method}
        assert said_about(api, "my advice")
        client.messages(sent.message_sid).update(body="")
        client.messages(reply.message_sid).update(body="")
        assert (said_about(api, "my diagnosis"), said_about(api, "my advice")) == (set(), set())
        (asked,) = api.pages("/offhook/v1/Exchanges", "exchanges", Kind="document")
        assert "[redacted]" in asked["response_body"] + asked["request_body"]
        assert asked["url"].startswith(f"{app.url}/sms")
        with pytest.raises(RefusedError, match="20409"):
            api.post(f"/offhook/v1/Exchanges/{asked['sid']}/Resend")
        assert [text.body for text in offhook.handset(PERSON).inbox] == ["my diagnosis", "my advice"]

    def test_what_was_said_about_other_messages_stays(self, offhook, delivered):
        send(offhook, "another secret")
        offhook.clock.settle()
        delivered.update(body="")
        assert said_about(api_of(offhook), "another secret") == {"POST"}
        assert said_about(api_of(offhook), "a secret") == set()

    def test_it_may_be_done_twice(self, delivered):
        assert delivered.update(body="").body == delivered.update(body="").body == ""

    def test_a_text_that_came_in_can_be_redacted_too(self, offhook):
        offhook.number(OURS)
        sent = offhook.handset(PERSON).text(OURS, "my diagnosis")
        offhook.clock.settle()
        assert offhook.client().messages(sent.message_sid).update(body="").body == ""

    def test_other_words_are_refused(self, delivered):
        assert refusal(delivered.update, body="something else") == (400, 20001)
        assert delivered.fetch().body == "a secret"

    def test_not_while_it_is_on_its_way(self, offhook, held_up):
        with held_up() as first:
            message = offhook.client().messages(first.sid)
            assert message.fetch().status == "sending"
            assert refusal(message.update, body="") == (409, 20009)
        assert came(offhook) == ["first"]
        assert message.update(body="").body == ""

    def test_another_account_s_message_is_absent(self, offhook, delivered):
        sid = delivered.fetch().sid
        assert refusal(offhook.client(*STRANGER).messages(sid).update, body="") == (404, 20404)
        assert delivered.fetch().body == "a secret"


class TestCanceling:
    def test_what_has_not_left_never_arrives_and_the_app_is_told(self, offhook, app, held_up):
        with held_up():
            message = send(offhook, "second", status_callback=app.says("/status"))
            canceled = offhook.client().messages(message.sid).update(status="canceled")
            assert canceled.status == "canceled"
            third = send(offhook, "third")
        assert came(offhook) == ["first", "third"]
        assert statuses(offhook, app) == [("canceled", None)]
        assert offhook.client().messages(message.sid).fetch().status == "canceled"
        assert offhook.client().messages(third.sid).fetch().status == "delivered"

    def test_it_can_be_done_once(self, offhook, app, held_up):
        with held_up():
            message = offhook.client().messages(send(offhook, "second", status_callback=app.says("/status")).sid)
            message.update(status="canceled")
            assert refusal(message.update, status="canceled") == (409, 30409)
        assert statuses(offhook, app) == [("canceled", None)]

    def test_what_is_being_sent_or_done_with_is_too_late(self, offhook, delivered, held_up):
        assert refusal(delivered.update, status="canceled") == (409, 30409)
        with held_up() as first:
            assert refusal(offhook.client().messages(first.sid).update, status="canceled") == (409, 30409)
        assert came(offhook) == ["a secret", "first"]

    def test_another_account_s_message_is_absent(self, offhook, held_up):
        with held_up():
            sid = send(offhook, "second").sid
            stranger = offhook.client(*STRANGER).messages(sid)
            assert refusal(stranger.update, status="canceled") == (404, 20404)
        assert came(offhook) == ["first", "second"]

    @pytest.mark.parametrize("status", ["delivered", "sent", "nonsense"])
    def test_no_other_status_can_be_set(self, delivered, status):
        assert refusal(delivered.update, status=status) == (400, 20001)

    def test_a_canceled_message_stays_so_over_a_restart(self, lines):
        async def run() -> None:
            async with lines.opened() as line:
                line.sending.queue.stop()  # as if the process had died right after the commit
                message = await line.accepted(status_callback="http://127.0.0.1:9/status")
                await line.changing.cancel(message)
            async with lines.opened() as line:
                await line.advance(HOUR)
                assert line.carrier.tried_at == []
                assert (await line.fetch(message)).status == "canceled"
                assert [said["MessageStatus"] for _, said in await line.callbacks()] == ["canceled"]

        asyncio.run(run())

    def test_a_message_that_waits_for_another_try_cannot_be_called_back(self, lines):
        """The carrier may have it: nobody knows what a temporary refusal was worth."""

        async def run() -> None:
            async with lines.opened(CarrierError("the line is busy", temporary=True)) as line:
                message = await line.accepted()
                with pytest.raises(ApiError) as caught:
                    await line.changing.cancel(message)
                assert caught.value.code == 30409

        asyncio.run(run())


class TestDeleting:
    def test_it_is_gone_but_the_phone_still_shows_it(self, offhook, delivered):
        assert delivered.delete() is True
        assert refusal(delivered.fetch) == (404, 20404)
        assert refusal(delivered.delete) == (404, 20404)
        assert offhook.client().messages.list() == []
        assert came(offhook) == ["a secret"]

    def test_not_while_it_is_on_its_way(self, offhook, held_up):
        with held_up() as first:
            second = send(offhook, "second")
            for sid in (first.sid, second.sid):
                assert refusal(offhook.client().messages(sid).delete) == (409, 20009)
        assert came(offhook) == ["first", "second"]
        assert offhook.client().messages(second.sid).delete() is True

    def test_not_before_the_network_has_said_what_became_of_it(self, offhook):
        offhook.handset(PERSON).behave(delay=60)
        message = offhook.client().messages(send(offhook).sid)
        offhook.clock.settle()
        assert refusal(message.delete) == (409, 20009)
        offhook.clock.advance(minutes=1)
        assert message.delete() is True

    def test_another_account_s_message_is_absent(self, offhook, delivered):
        sid = delivered.fetch().sid
        assert refusal(offhook.client(*STRANGER).messages(sid).delete) == (404, 20404)
        assert delivered.fetch().sid == sid

    def test_the_parent_may_delete_its_subaccount_s(self, offhook):
        child = offhook.client().api.accounts.create(friendly_name="child")
        own = offhook.client(child.sid, child.auth_token)
        sid = own.messages.create(to=PERSON, from_=ALSO_OURS, body="hi").sid
        offhook.clock.settle()
        assert refusal(offhook.client().messages(sid).delete) == (404, 20404)
        assert offhook.client().api.accounts(child.sid).messages(sid).delete() is True
        assert own.messages.list() == []

    def test_an_app_that_deletes_a_text_while_it_is_asked_still_has_its_say(self, offhook, app):
        client = offhook.client()
        url = app.says(
            "/sms", say("noted"), before=lambda asked: client.messages(asked.parameters["MessageSid"]).delete()
        )
        offhook.number(OURS, sms_url=url)
        offhook.handset(PERSON).text(OURS, "forget this")
        assert came(offhook) == ["noted"]
        assert [message.body for message in client.messages.list()] == ["noted"]
        assert len(app.asked) == 1


class TestFeedback:
    @pytest.mark.parametrize("outcome", ["confirmed", "unconfirmed"])
    def test_it_is_kept_as_given(self, offhook, delivered, outcome):
        sid = delivered.fetch().sid
        feedback = delivered.feedback.create(outcome=outcome)
        assert (feedback.account_sid, feedback.message_sid, feedback.outcome) == (offhook.account_sid, sid, outcome)

    def test_the_last_word_counts(self, delivered):
        delivered.feedback.create(outcome="unconfirmed")
        assert delivered.feedback.create(outcome="confirmed").outcome == "confirmed"

    def test_what_is_no_outcome_is_refused(self, delivered):
        assert refusal(delivered.feedback.create, outcome="maybe") == (400, 20001)

    def test_of_another_account_s_message_there_is_none(self, offhook, delivered):
        stranger = offhook.client(*STRANGER).messages(delivered.fetch().sid)
        assert refusal(stranger.feedback.create, outcome="confirmed") == (404, 20404)
