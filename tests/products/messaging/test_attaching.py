"""Files that apps send: fetched once through the guard, kept, shown on the phone; and when they cannot be."""

import asyncio
import threading

import pytest

from offhook.carriers import CarrierError
from offhook.kit.clock import SECOND
from offhook.testing import Offhook
from offhook.testing.serving import serve
from tests.products.messaging.talking import ALSO_OURS, JPEG, OTHER, OURS, PERSON, PNG, codes, refusal, statuses

LARGEST = 5 * 1024 * 1024


def send(offhook: Offhook, *media_url: str, to: str = PERSON, **more):
    return offhook.client().messages.create(to=to, from_=OURS, media_url=list(media_url), **more)


def picture(app, path: str = "/cat.png", body: bytes = PNG, **more) -> str:
    return app.says(path, body, kind=more.pop("kind", "image/png"), **more)


class TestSending:
    def test_a_picture_arrives_and_the_app_is_told(self, offhook, app):
        message = send(offhook, picture(app), body="look", status_callback=app.says("/status"))
        text = offhook.handset(PERSON).wait_for("look")
        [shown] = text.media
        assert (shown.content_type, shown.size) == ("image/png", len(PNG))
        assert offhook.handset(PERSON).open(shown) == PNG
        assert message.sid.startswith("MM")
        assert (message.num_media, message.status) == ("1", "queued")
        assert statuses(offhook, app) == [("sent", None), ("delivered", None)]

    def test_no_words_are_needed(self, offhook, app):
        send(offhook, picture(app))
        [text] = offhook.handset(PERSON).inbox
        assert (text.body, len(text.media)) == ("", 1)

    def test_ten_arrive_in_order_and_eleven_are_refused(self, offhook, app):
        urls = [picture(app, f"/{n}.png", PNG + bytes([n])) for n in range(11)]
        assert refusal(send, offhook, *urls) == (400, 21623)
        assert offhook.client().messages.list() == []
        send(offhook, *urls[:10])
        [text] = offhook.handset(PERSON).inbox
        assert [offhook.handset(PERSON).open(file)[-1] for file in text.media] == list(range(10))

    @pytest.mark.parametrize("url", ["cat.png", "ftp://example.com/cat.png", "http://", "javascript:alert(1)", ""])
    def test_what_is_no_url_is_refused(self, offhook, url):
        assert refusal(send, offhook, url, body="look") == (400, 21620)
        assert offhook.client().messages.list() == []

    def test_one_without_a_type_is_known_by_its_first_bytes(self, offhook, app):
        send(offhook, picture(app, body=JPEG, kind="application/octet-stream"))
        [text] = offhook.handset(PERSON).inbox
        assert text.media[0].content_type == "image/jpeg"

    def test_a_redirect_is_followed(self, offhook, app):
        picture(app, "/there.png")
        send(offhook, app.says("/here.png", status=302, headers=[("Location", "/there.png")]))
        assert len(offhook.handset(PERSON).inbox) == 1


class TestWhatCannotBeHad:
    @pytest.fixture
    def fails(self, offhook, app):
        """Send some URLs and expect the message to fail with a code."""

        def check(code: int, *urls: str) -> None:
            message = send(offhook, *urls, body="look", status_callback=app.says("/status"))
            assert statuses(offhook, app) == [("failed", str(code))]
            failed = offhook.client().messages(message.sid).fetch()
            assert (failed.status, failed.error_code) == ("failed", code)
            assert failed.error_message
            assert offhook.handset(PERSON).inbox == []
            assert offhook.client().messages(message.sid).media.list() == []
            [alert] = offhook.alerts()
            assert (alert.error_code, alert.resource_sid) == (code, message.sid)
            asked = ("GET", urls[-1]) if alert.request_method else (None, "")
            assert (alert.request_method, alert.request_url) == asked

        return check

    def test_nobody_answers(self, fails, closed_port):
        fails(11200, f"http://127.0.0.1:{closed_port}/cat.png")

    def test_a_host_that_does_not_exist(self, fails):
        fails(11200, "http://no-such-host.invalid/cat.png")

    @pytest.mark.parametrize("status", [403, 404, 500, 304])
    def test_no_such_file(self, fails, app, status):
        fails(11200, picture(app, status=status))

    def test_one_byte_too_large(self, fails, app):
        fails(63034, picture(app, body=PNG + bytes(LARGEST + 1 - len(PNG))))

    def test_too_large_together(self, fails, app):
        half = LARGEST // 2
        fails(63034, picture(app, body=PNG + bytes(half)), picture(app, "/dog.jpg", JPEG + bytes(half)))

    @pytest.mark.parametrize("kind", ["application/zip", "application/json", "application/x-sh"])
    def test_not_what_messages_carry(self, fails, app, kind):
        fails(12300, picture(app, body=b"PK...", kind=kind))

    def test_an_empty_file(self, fails, app):
        fails(12300, picture(app, body=b""))

    @pytest.mark.parametrize("place", ["http://169.254.169.254/latest/meta-data", "http://[fe80::1]/cat.png"])
    def test_a_redirect_to_metadata_is_refused(self, fails, app, place):
        fails(11200, app.says("/cat.png", status=302, headers=[("Location", place)]))

    def test_metadata_itself_is_refused(self, fails):
        fails(11200, "http://169.254.169.254/latest/meta-data")

    def test_endless_redirects(self, fails, app):
        fails(11200, app.says("/cat.png", status=302, headers=[("Location", "/cat.png")]))

    def test_our_own_api_is_not_called(self, fails, offhook):
        fails(11200, f"{offhook.url}/2010-04-01/Accounts.json")

    def test_one_bad_file_of_several_fails_the_whole_message(self, fails, app):
        fails(11200, picture(app), f"{app.url}/none.png")

    def test_a_failure_holds_up_nobody_else(self, offhook, app):
        send(offhook, f"{app.url}/none.png")
        offhook.client().messages.create(to=PERSON, from_=OURS, body="just words")
        assert [text.body for text in offhook.handset(PERSON).inbox] == ["just words"]
        assert codes(offhook) == [11200]


def test_the_largest_file_is_carried(offhook, app):
    largest = PNG + bytes(LARGEST - len(PNG))
    send(offhook, picture(app, body=largest))
    [text] = offhook.handset(PERSON).inbox
    assert text.media[0].size == LARGEST


class TestOurOwnFiles:
    """A URL of ours is answered in process: nothing is dialled, and the rights are those of the account that sends."""

    @pytest.fixture
    def ours(self, offhook, app) -> str:
        """The URL of a picture that a person sent to our number."""
        offhook.number(OURS, sms_url=app.says("/sms"))
        offhook.handset(PERSON).text(OURS, "for you", media_url=picture(app))
        offhook.clock.settle()
        return str(app.at("/sms")[0].parameters["MediaUrl0"])

    def test_one_that_came_in_can_be_sent_on(self, offhook, app, ours):
        app.says("/cat.png", status=500)  # nobody asks there again
        send(offhook, ours, to=OTHER)
        [text] = offhook.handset(OTHER).inbox
        assert offhook.handset(OTHER).open(text.media[0]) == PNG
        assert len(app.at("/cat.png")) == 1

    def test_so_can_it_by_twilio_s_name(self, offhook, ours):
        send(offhook, ours.replace(offhook.url, "https://api.twilio.com"), to=OTHER)
        assert len(offhook.handset(OTHER).inbox[0].media) == 1

    def test_another_account_may_not(self, offhook, app, ours):
        stranger = offhook.client("AC" + "9" * 32, "whatever")
        stranger.messages.create(to=OTHER, from_=ALSO_OURS, media_url=[ours], status_callback=app.says("/status"))
        assert statuses(offhook, app) == [("failed", "11200")]
        assert offhook.handset(OTHER).inbox == []

    def test_one_that_is_gone_is_gone(self, offhook, app, ours):
        client = offhook.client()
        [message] = client.messages.list(from_=PERSON)
        message.media.list()[0].delete()
        send(offhook, ours, to=OTHER, status_callback=app.says("/status"))
        assert statuses(offhook, app) == [("failed", "11200")]


class TestFetchingOnce:
    def test_a_carrier_s_refusal_does_not_ask_for_it_again(self, lines):
        asked, url = scripted()

        async def run() -> None:
            busy = CarrierError("the line is busy", temporary=True)
            async with lines.opened(busy, busy) as line:
                message = await line.accepted(media_urls=(url.url + "/cat.png",))
                await line.advance(60 * SECOND)
                assert (await line.fetch(message)).status == "sent"
                [taken] = line.carrier.taken
                assert [file.size for file in taken.media] == [len(PNG)]

        try:
            asyncio.run(run())
        finally:
            url.stop()
        assert asked == ["/cat.png"]

    def test_neither_does_a_restart(self, lines):
        asked, url = scripted()

        async def run() -> None:
            async with lines.opened(CarrierError("the line is busy", temporary=True)) as line:
                message = await line.accepted(media_urls=(url.url + "/cat.png",))
            async with lines.opened() as line:
                await line.advance(60 * SECOND)
                [taken] = line.carrier.taken
                assert (taken.sid, [file.size for file in taken.media]) == (message.sid, [len(PNG)])

        try:
            asyncio.run(run())
        finally:
            url.stop()
        assert asked == ["/cat.png"]

    def test_the_turn_of_others_to_the_same_phone_is_kept(self, offhook, app):
        """A slow server's picture still arrives before the words that were sent after it."""
        answered = threading.Event()
        send(offhook, picture(app, before=lambda _: answered.wait(5)), body="first")
        offhook.client().messages.create(to=PERSON, from_=OURS, body="second")
        offhook.client().messages.create(to=OTHER, from_=OURS, body="elsewhere")
        answered.set()
        assert [text.body for text in offhook.handset(PERSON).inbox] == ["first", "second"]


def scripted():
    """A server that always has the picture, and what it was asked for."""
    asked: list[str] = []

    def application(environ, start):
        asked.append(environ["PATH_INFO"])
        start("200 OK", [("Content-Type", "image/png")])
        return [PNG]

    return asked, serve(application)
