"""Calls through the API: made, listed, told to do something else, ended, deleted; and whatever is refused."""

import pytest

from tests.products.voice.talking import FRIEND, OTHER, OURS, PERSON, codes, document, heard, refusal, rings, told

STAY = document("<Say>Hello</Say>", "<Pause length='60'/>")


@pytest.fixture
def client(offhook):
    offhook.number(OURS)
    return offhook.client()


def calls_friend(client, **more):
    return client.calls.create(to=FRIEND, from_=OURS, **({"twiml": STAY} | more))


class TestMaking:
    def test_a_document_that_was_given_is_carried_out(self, offhook, client):
        made = calls_friend(client)
        assert (made.status, made.direction, made.to, made._from) == ("queued", "outbound-api", FRIEND, OURS)
        assert (made.start_time, made.duration, made.answered_by) == (None, None, None)
        call = offhook.handset(FRIEND).incoming_call()
        assert client.calls(made.sid).fetch().status == "ringing"
        call.answer()
        call.hears("Hello")
        assert client.calls(made.sid).fetch().status == "in-progress"
        offhook.clock.advance(seconds=65)
        fetched = client.calls(made.sid).fetch()
        assert (fetched.status, fetched.duration, call.call_sid) == ("completed", "60", made.sid)
        assert (fetched.end_time - fetched.start_time).total_seconds() in (60, 61)

    def test_a_document_that_is_asked_for_is_carried_out(self, offhook, app, client):
        url = app.says("/hello", document("<Say>From the app</Say>"))
        made = calls_friend(client, twiml=None, url=url, method="GET")
        call = offhook.handset(FRIEND).incoming_call()
        assert app.asked == []
        call.answer()
        call.hears("From the app")
        [asked] = app.asked
        assert (asked.method, asked.is_signed) == ("GET", True)
        parameters = asked.parameters
        assert (parameters["CallSid"], parameters["Direction"], parameters["CallStatus"]) == (
            made.sid,
            "outbound-api",
            "in-progress",
        )

    def test_an_application_says_what_happens(self, offhook, app, client):
        url = app.says("/app", document("<Say>The application</Say>"))
        application = client.applications.create(voice_url=url)
        calls_friend(client, twiml=None, application_sid=application.sid)
        call = offhook.handset(FRIEND).incoming_call()
        call.answer()
        call.hears("The application")

    def test_keys_are_pressed_before_anything_is_said(self, offhook, client):
        calls_friend(client, send_digits="1w2")
        call = offhook.handset(FRIEND).incoming_call()
        call.answer()
        call.hears("Hello")
        assert heard(call, "digits", "say") == ["1w2", "Hello"]

    def test_the_fallback_is_asked_when_the_document_fails(self, offhook, app, client):
        app.says("/fallback", document("<Say>Plan B</Say>"))
        calls_friend(client, twiml=None, url=f"{app.url}/gone", fallback_url=f"{app.url}/fallback")
        call = offhook.handset(FRIEND).incoming_call()
        call.answer()
        call.hears("Plan B")
        assert told(app, "/fallback")["ErrorCode"] == "11200"

    def test_it_lasts_no_longer_than_it_may(self, offhook, client):
        made = calls_friend(client, time_limit=20)
        call = offhook.handset(FRIEND).incoming_call()
        call.answer()
        assert call.wait_until_ended() == "completed"
        assert client.calls(made.sid).fetch().duration == "20"

    def test_a_client_can_be_called(self, offhook, client):
        made = client.calls.create(to="client:bob", from_=OURS, twiml=STAY)
        call = offhook.handset("client:bob").incoming_call()
        call.answer()
        call.hears("Hello")
        assert (made.to, made.to_formatted, made.from_formatted) == ("client:bob", "client:bob", "(202) 335-8536")

    def test_another_number_of_ours_takes_the_call(self, offhook, app, client):
        offhook.number(OTHER, voice_url=app.says("/other", document("<Say>Other</Say>", "<Pause length='9'/>")))
        made = client.calls.create(to=OTHER, from_=OURS, twiml=STAY)
        offhook.clock.advance(seconds=3)
        statuses = {call.direction: (call.sid, call.status) for call in client.calls.list()}
        assert statuses["outbound-api"] == (made.sid, "in-progress")
        assert statuses["inbound"][1] == "in-progress"
        assert codes(offhook) == []


class TestNobodyCame:
    @pytest.mark.parametrize(
        ("behaviour", "status"),
        [
            ({"answers": "busy"}, "busy"),
            ({"answers": "rejects"}, "busy"),
            ({"answers": "never"}, "no-answer"),
            ({"power": "off"}, "no-answer"),
        ],
    )
    def test_the_call_says_why(self, offhook, app, client, behaviour, status):
        offhook.handset(FRIEND).behave(**behaviour)
        app.says("/status")
        made = calls_friend(client, timeout=15, status_callback=f"{app.url}/status")
        offhook.clock.advance(seconds=16)
        fetched = client.calls(made.sid).fetch()
        assert (fetched.status, fetched.duration, fetched.start_time) == (status, "0", None)
        parameters = told(app, "/status")
        assert (parameters["CallStatus"], parameters["CallDuration"]) == (status, "0")

    def test_it_rings_as_long_as_was_asked(self, offhook, client):
        calls_friend(client, timeout=15)
        call = offhook.handset(FRIEND).incoming_call()
        offhook.clock.advance(seconds=14.9)
        assert call.status == "ringing"
        offhook.clock.advance(seconds=0.2)
        assert call.status == "no-answer"


class TestWhoAnswered:
    def test_documents_wait_until_it_is_known(self, offhook, app, client):
        url = app.says("/hello", STAY)
        made = calls_friend(client, twiml=None, url=url, machine_detection="Enable")
        call = offhook.handset(FRIEND).incoming_call()
        call.answer()
        call.hears("Hello")
        assert told(app, "/hello")["AnsweredBy"] == "human"
        assert client.calls(made.sid).fetch().answered_by == "human"

    @pytest.mark.parametrize(
        ("mode", "answered_by"), [("Enable", "machine_start"), ("DetectMessageEnd", "machine_end_beep")]
    )
    def test_a_voicemail_is_a_machine(self, offhook, app, client, mode, answered_by):
        offhook.handset(FRIEND).behave(answers="voicemail", greeting="Nobody is at home")
        calls_friend(client, twiml=None, url=app.says("/hello", STAY), machine_detection=mode)
        offhook.handset(FRIEND).incoming_call().hears("Hello")
        assert told(app, "/hello")["AnsweredBy"] == answered_by

    def test_it_may_be_told_while_the_call_goes_on(self, offhook, app, client):
        app.says("/amd")
        made = calls_friend(
            client, machine_detection="Enable", async_amd="true", async_amd_status_callback=f"{app.url}/amd"
        )
        call = offhook.handset(FRIEND).incoming_call()
        call.answer()
        call.hears("Hello")
        assert client.calls(made.sid).fetch().answered_by is None
        offhook.clock.advance(seconds=2)
        parameters = told(app, "/amd")
        assert (parameters["CallSid"], parameters["AnsweredBy"]) == (made.sid, "human")
        assert int(parameters["MachineDetectionDuration"]) == 1000
        assert client.calls(made.sid).fetch().answered_by == "human"

    def test_the_app_may_change_its_mind_meanwhile(self, offhook, client):
        offhook.handset(FRIEND).behave(answers="voicemail", greeting="x" * 150)
        made = calls_friend(client, machine_detection="DetectMessageEnd")
        call = offhook.handset(FRIEND).incoming_call()
        offhook.clock.advance(seconds=11)
        client.calls(made.sid).update(twiml=document("<Say>Never mind</Say>"))
        call.hears("Never mind")
        assert call.wait_until_ended() == "completed"


class TestUpdating:
    def test_a_call_can_be_given_something_else_to_do(self, offhook, app, client):
        made = calls_friend(client)
        call = offhook.handset(FRIEND).incoming_call()
        call.answer()
        call.hears("Hello")
        updated = client.calls(made.sid).update(
            url=app.says("/new", document("<Say>Something else</Say>")), method="GET"
        )
        assert updated.sid == made.sid
        call.hears("Something else")
        assert app.at("/new")[0].method == "GET"
        assert call.wait_until_ended() == "completed"

    def test_the_fallback_of_what_it_is_given_counts_from_now_on(self, offhook, app, client):
        made = calls_friend(client)
        call = offhook.handset(FRIEND).incoming_call()
        call.answer()
        app.says("/fallback", document("<Say>Plan B</Say>"))
        client.calls(made.sid).update(url=f"{app.url}/gone", fallback_url=f"{app.url}/fallback")
        call.hears("Plan B")

    def test_a_call_can_be_ended(self, offhook, client):
        made = calls_friend(client)
        call = offhook.handset(FRIEND).incoming_call()
        call.answer()
        offhook.clock.advance(seconds=5)
        client.calls(made.sid).update(status="completed")
        assert call.wait_until_ended() == "completed"
        fetched = client.calls(made.sid).fetch()
        assert (fetched.status, fetched.duration) == ("completed", "5")

    @pytest.mark.parametrize("status", ["canceled", "completed"])
    def test_a_call_that_rings_can_be_called_off(self, offhook, client, status):
        made = calls_friend(client)
        call = offhook.handset(FRIEND).incoming_call()
        client.calls(made.sid).update(status=status)
        assert call.wait_until_ended() == "no-answer"
        assert client.calls(made.sid).fetch().status == "canceled"

    def test_a_call_that_was_just_made_can_be_called_off(self, offhook, client):
        made = calls_friend(client)
        client.calls(made.sid).update(status="canceled")
        offhook.clock.advance(seconds=5)
        assert client.calls(made.sid).fetch().status == "canceled"
        assert [call.status for call in offhook.handset(FRIEND).calls] in ([], ["no-answer"])

    def test_a_call_that_is_answered_cannot_be_called_off(self, offhook, client):
        made = calls_friend(client)
        call = offhook.handset(FRIEND).incoming_call()
        call.answer()
        client.calls(made.sid).update(status="canceled")
        assert call.status == "in-progress"

    def test_a_call_that_comes_in_can_be_ended_too(self, offhook, app):
        call = rings(offhook, app, "<Say>Hello</Say>", "<Pause length='60'/>")
        offhook.clock.advance(seconds=1)
        offhook.client().calls(call.call_sid).update(status="completed")
        assert call.wait_until_ended() != "in-progress"
        assert offhook.client().calls(call.call_sid).fetch().status == "completed"

    def test_a_time_limit_counts_from_the_beginning(self, offhook, client):
        made = calls_friend(client)
        call = offhook.handset(FRIEND).incoming_call()
        call.answer()
        offhook.clock.advance(seconds=10)
        client.calls(made.sid).update(time_limit=15)
        assert call.wait_until_ended() == "completed"
        assert client.calls(made.sid).fetch().duration == "15"

    def test_an_app_is_told_that_what_was_ended_is_over(self, offhook, app, client):
        made = calls_friend(client, twiml=document(f"<Enqueue action='{app.says('/left')}'>line</Enqueue>"))
        call = offhook.handset(FRIEND).incoming_call()
        call.answer()
        call.hears(kind="music")
        client.calls(made.sid).update(status="completed")
        call.wait_until_ended()
        assert (told(app, "/left")["QueueResult"], told(app, "/left")["CallStatus"]) == ("hangup", "completed")

    def test_what_is_refused_changes_nothing(self, offhook, client):
        made = calls_friend(client)
        call = offhook.handset(FRIEND).incoming_call()
        call.answer()
        call.hears("Hello")
        other = document("<Say>Something else</Say>")
        assert refusal(client.calls(made.sid).update, twiml=other, time_limit=0) == (400, 20001)
        offhook.clock.advance(seconds=2)
        assert heard(call) == ["Hello"]

    def test_a_status_callback_can_be_given_later(self, offhook, app, client):
        made = calls_friend(client)
        app.says("/status")
        client.calls(made.sid).update(status_callback=f"{app.url}/status")
        offhook.handset(FRIEND).incoming_call().hangs_up()
        offhook.clock.settle()
        assert told(app, "/status")["CallSid"] == made.sid

    def test_what_is_over_is_not_redirected_but_may_be_ended_again(self, offhook, client):
        offhook.handset(FRIEND).behave(answers="busy")
        made = calls_friend(client)
        offhook.clock.settle()
        assert refusal(client.calls(made.sid).update, twiml=STAY) == (400, 21220)
        assert client.calls(made.sid).update(status="completed").status == "busy"

    def test_what_still_rings_is_not_redirected(self, offhook, client):
        made = calls_friend(client)
        offhook.handset(FRIEND).incoming_call()
        assert refusal(client.calls(made.sid).update, twiml=STAY) == (400, 21220)


class TestDeleting:
    def test_what_is_over_can_be_deleted(self, offhook, client):
        offhook.handset(FRIEND).behave(answers="busy")
        made = calls_friend(client)
        offhook.clock.settle()
        assert client.calls(made.sid).delete()
        assert client.calls.list() == []
        assert refusal(client.calls(made.sid).fetch) == (404, 20404)

    def test_what_is_under_way_cannot(self, offhook, client):
        made = calls_friend(client)
        offhook.handset(FRIEND).incoming_call()
        assert refusal(client.calls(made.sid).delete) == (409, 20009)


class TestListing:
    @pytest.fixture
    def three(self, offhook, client):
        """Calls to a friend (busy), then a day later to another who answers, and from that one to us."""
        offhook.handset(FRIEND).behave(answers="busy")
        offhook.handset(OTHER).behave(answers="at-once")
        first = calls_friend(client)
        offhook.clock.advance(days=1)
        second = client.calls.create(to=OTHER, from_=OURS, twiml=document("<Say>Hi</Say>"))
        offhook.clock.advance(seconds=30)
        offhook.handset(PERSON).call(OURS)
        offhook.clock.settle()
        [third] = client.calls.list(from_=PERSON)
        return first.sid, second.sid, third.sid

    def test_newest_first(self, client, three):
        assert [call.sid for call in client.calls.list()] == [*reversed(three)]
        assert [call.sid for call in client.calls.list(page_size=1)] == [*reversed(three)]

    def test_by_who_called_whom(self, client, three):
        first, second, third = three
        assert [call.sid for call in client.calls.list(to=FRIEND)] == [first]
        assert [call.sid for call in client.calls.list(to="(212) 555-0199")] == [second]
        assert [call.sid for call in client.calls.list(from_=OURS)] == [second, first]
        assert [call.sid for call in client.calls.list(from_=PERSON, to=OURS)] == [third]

    def test_by_status(self, client, three):
        assert [call.sid for call in client.calls.list(status="busy")] == [three[0]]
        assert [call.sid for call in client.calls.list(status="completed")] == [three[1]]
        assert client.calls.list(status="in-progress") == []

    def test_by_time(self, offhook, client, three):
        now = offhook.clock.now()
        assert [call.sid for call in client.calls.list(start_time=now)] == [three[1]]
        assert [call.sid for call in client.calls.list(start_time_before=now)] == [three[1]]
        assert client.calls.list(start_time_before=now.replace(year=now.year - 1)) == []
        assert client.calls.list(end_time_after=now.replace(year=now.year + 1)) == []

    def test_an_unknown_parent_has_none(self, client, three):
        assert client.calls.list(parent_call_sid="CA" + "0" * 32) == []


class TestRefusals:
    @pytest.mark.parametrize(
        ("parameters", "code"),
        [
            ({"to": ""}, 21201),
            ({"to": "12"}, 21211),
            ({"to": "sip:"}, 21211),
            ({"to": "sip:a b@example.com"}, 21211),
            ({"to": "sip:" + "a" * 1025}, 21211),
            ({"from_": ""}, 21213),
            ({"from_": "Shop"}, 21212),
            ({"twiml": None}, 21205),
            ({"twiml": None, "url": "nonsense"}, 21205),
            ({"twiml": None, "url": "ftp://example.com/"}, 21205),
            ({"twiml": "x" * 4001}, 32018),
            ({"twiml": None, "application_sid": "AP" + "0" * 32}, 21218),
            ({"fallback_url": "nonsense"}, 21205),
            ({"status_callback": "nonsense"}, 21609),
            ({"send_digits": "12X"}, 21206),
            ({"timeout": 0}, 20001),
            ({"timeout": 601}, 20001),
            ({"machine_detection": "Perhaps"}, 20001),
            ({"machine_detection_timeout": 2}, 20001),
            ({"time_limit": 0}, 20001),
            ({"status_callback_event": ["born"]}, 20001),
        ],
    )
    def test_what_makes_no_sense_is_refused_with_twilio_s_code(self, client, parameters, code):
        wanted = {"to": FRIEND, "from_": OURS, "twiml": STAY} | parameters
        given = {name: value for name, value in wanted.items() if value is not None}
        given = {name: value for name, value in given.items() if value != "" or name in ("to", "from_")}
        assert refusal(client.calls.create, **given) == (400, code)
        assert client.calls.list() == []

    def test_a_number_that_is_not_the_account_s_may_not_call(self, strict):
        assert refusal(strict.client().calls.create, to=FRIEND, from_=OURS, twiml=STAY) == (400, 21210)

    def test_an_account_that_is_suspended_makes_no_calls(self, offhook, client):
        sub = client.api.accounts.create()
        client.api.accounts(sub.sid).update(status="suspended")
        status, code = refusal(offhook.client(sub.sid, sub.auth_token).calls.create, to=FRIEND, from_=OURS, twiml=STAY)
        assert status in (401, 403)
        assert code

    def test_another_account_s_calls_are_not_there(self, offhook, client):
        made = calls_friend(client)
        sub = client.api.accounts.create()
        other = offhook.client(sub.sid, sub.auth_token)
        assert refusal(other.calls(made.sid).fetch) == (404, 20404)
        assert refusal(other.calls(made.sid).update, status="completed") == (404, 20404)
        assert refusal(other.calls(made.sid).delete) == (404, 20404)
        assert other.calls.list() == []
