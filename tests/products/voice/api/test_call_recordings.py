"""Recording a call through the API, while it is under way."""

import pytest
from twilio.base.exceptions import TwilioException

from tests.products.voice.talking import FRIEND, OURS, document, refusal, told

QUIET = document("<Pause length='120'/>")


@pytest.fixture
def client(offhook):
    offhook.number(OURS)
    return offhook.client()


@pytest.fixture
def talk(offhook, client):
    """A call that was answered, and its phone."""
    made = client.calls.create(to=FRIEND, from_=OURS, twiml=QUIET)
    call = offhook.handset(FRIEND).incoming_call()
    call.answer()
    return client.calls(made.sid), call


def recording(client):
    [found] = client.recordings.list()
    return found


class TestBeginning:
    def test_a_call_is_recorded_from_now_on(self, offhook, app, client, talk):
        app.says("/recorded")
        made, call = talk
        offhook.clock.advance(seconds=5)
        begun = made.recordings.create(
            recording_status_callback=f"{app.url}/recorded", recording_channels="dual", recording_track="inbound"
        )
        assert (begun.status, begun.source, begun.duration) == ("in-progress", "StartCallRecordingAPI", None)
        assert (begun.channels, begun.track, begun.call_sid) == (2, "inbound", call.call_sid)
        offhook.clock.advance(seconds=7)
        call.hangs_up()
        offhook.clock.settle()
        assert (recording(client).status, recording(client).duration) == ("completed", "7")
        parameters = told(app, "/recorded")
        assert (parameters["RecordingSid"], parameters["RecordingDuration"]) == (begun.sid, "7")
        assert (parameters["RecordingChannels"], parameters["RecordingTrack"]) == ("2", "inbound")

    def test_a_call_can_be_made_so_that_all_of_it_is(self, offhook, app, client):
        app.says("/recorded")
        client.calls.create(
            to=FRIEND,
            from_=OURS,
            twiml=QUIET,
            record=True,
            recording_status_callback=f"{app.url}/recorded",
            recording_status_callback_event=["in-progress", "completed"],
        )
        call = offhook.handset(FRIEND).incoming_call()
        offhook.clock.advance(seconds=5)
        assert client.recordings.list() == []
        call.answer()
        offhook.clock.advance(seconds=6)
        call.hangs_up()
        offhook.clock.settle()
        assert (recording(client).source, recording(client).duration) == ("OutboundAPI", "6")
        assert [asked.parameters["RecordingStatus"] for asked in app.at("/recorded")] == ["in-progress", "completed"]

    def test_only_a_call_in_progress_can_be_recorded(self, offhook, client):
        made = client.calls.create(to=FRIEND, from_=OURS, twiml=QUIET)
        assert refusal(client.calls(made.sid).recordings.create) == (400, 21220)
        offhook.handset(FRIEND).incoming_call().hangs_up()
        offhook.clock.settle()
        assert refusal(client.calls(made.sid).recordings.create) == (400, 21220)
        assert refusal(client.calls("CA" + "0" * 32).recordings.create) == (404, 20404)


class TestSteering:
    @pytest.mark.parametrize(("behavior", "duration"), [("silence", "12"), ("skip", "8")])
    def test_a_pause_keeps_its_time_or_not(self, offhook, client, talk, behavior, duration):
        made, call = talk
        begun = made.recordings.create()
        offhook.clock.advance(seconds=5)
        paused = made.recordings(begun.sid).update(status="paused", pause_behavior=behavior)
        assert paused.status == "paused"
        offhook.clock.advance(seconds=4)
        assert made.recordings("Twilio.CURRENT").update(status="in-progress").status == "in-progress"
        offhook.clock.advance(seconds=3)
        call.hangs_up()
        offhook.clock.settle()
        assert recording(client).duration == duration

    def test_what_is_said_in_a_pause_is_not_in_it(self, offhook, client, talk):
        made, call = talk
        begun = made.recordings.create()
        call.says("My name is Ann")
        made.recordings(begun.sid).update(status="paused")
        call.says("My card is 1234")
        made.recordings(begun.sid).update(status="in-progress")
        call.says("Goodbye")
        made.recordings(begun.sid).update(status="stopped")
        sound = offhook._api.content(f"/2010-04-01/Accounts/{offhook.account_sid}/Recordings/{begun.sid}.wav")
        assert len(sound) > 44
        assert recording(client).status == "completed"

    def test_it_can_be_stopped_while_the_call_goes_on(self, offhook, client, talk):
        made, call = talk
        made.recordings.create()
        offhook.clock.advance(seconds=5)
        stopped = made.recordings("Twilio.CURRENT").update(status="stopped")
        assert (stopped.status, stopped.duration) == ("completed", "5")
        assert call.status == "in-progress"
        assert refusal(made.recordings(stopped.sid).update, status="paused") == (400, 21220)
        assert refusal(made.recordings("Twilio.CURRENT").update, status="stopped") == (404, 20404)

    def test_the_current_one_is_the_latest_of_several(self, offhook, client, talk):
        made, _ = talk
        first, second = made.recordings.create(), made.recordings.create()
        assert made.recordings("Twilio.CURRENT").fetch().sid == second.sid
        made.recordings("Twilio.CURRENT").update(status="stopped")
        assert made.recordings("Twilio.CURRENT").fetch().sid == first.sid

    def test_a_word_that_is_none_is_refused(self, offhook, client, talk):
        made, _ = talk
        begun = made.recordings.create()
        assert refusal(made.recordings(begun.sid).update, status="louder") == (400, 20001)


class TestLooking:
    def test_those_of_a_call_are_listed_and_deleted(self, offhook, client, talk):
        made, call = talk
        first, second = made.recordings.create(), made.recordings.create()
        call.hangs_up()
        offhook.clock.settle()
        assert [one.sid for one in made.recordings.list()] == [second.sid, first.sid]
        assert made.recordings(first.sid).delete()
        assert [one.sid for one in client.recordings.list()] == [second.sid]
        assert refusal(made.recordings(first.sid).fetch) == (404, 20404)

    def test_one_is_found_at_its_own_call_only(self, offhook, client, talk):
        made, _ = talk
        begun = made.recordings.create()
        assert refusal(client.calls("CA" + "0" * 32).recordings(begun.sid).fetch) == (404, 20404)
        with pytest.raises(TwilioException, match="20404"):
            client.calls("CA" + "0" * 32).recordings.list()
