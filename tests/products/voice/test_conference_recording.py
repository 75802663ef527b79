"""Recordings of conferences: what everybody said, put together, from the beginning to the end."""

import io
import wave

import pytest
import requests

from tests.products.voice.conferences import ANN, BOB, CAT, comes, conference

RECORDED = {"record": "record-from-start", "recording_status_callback": "/recorded"}


def recording(offhook):
    [found] = offhook.client().recordings.list()
    return found


def lines_of(offhook, kept):
    """What is heard in a recording, by the moments that its sound shows; only that there is sound at all."""
    with wave.open(io.BytesIO(requests.get(f"{kept.media_url}.wav", timeout=60).content)) as sound:
        return sound.getnframes() / sound.getframerate()


def test_everybody_is_heard_in_it_and_who_comes_later_too(offhook, app):
    app.says("/recorded")
    ann, bob = comes(offhook, app, ANN, **RECORDED), comes(offhook, app, BOB, **RECORDED)
    ann.says("Hello Bob, this is Ann")
    bob.says("Hello Ann")
    cat = comes(offhook, app, CAT, **RECORDED)
    cat.says("I am late")
    offhook.clock.advance(seconds=5)
    kept = recording(offhook)
    assert (kept.status, kept.source, kept.conference_sid) == ("in-progress", "Conference", conference(offhook).sid)
    for call in (ann, bob, cat):
        call.hangs_up()
    offhook.clock.settle()
    kept = recording(offhook)
    assert kept.status == "completed"
    assert lines_of(offhook, kept) == pytest.approx(int(kept.duration), abs=1)
    [told] = app.at("/recorded")
    assert (told.parameters["RecordingSource"], told.parameters["RecordingDuration"]) == ("Conference", kept.duration)
    assert told.parameters["ConferenceSid"] == kept.conference_sid
    assert told.is_signed


def test_it_is_paused_goes_on_and_is_stopped_while_the_conference_lasts(offhook, app):
    app.says("/recorded")
    ann, _ = comes(offhook, app, ANN, **RECORDED), comes(offhook, app, BOB, **RECORDED)
    current = offhook.client().conferences(conference(offhook).sid).recordings("Twilio.CURRENT")
    offhook.clock.advance(seconds=10)
    assert current.update(status="paused", pause_behavior="skip").status == "paused"
    ann.says("A secret")
    offhook.clock.advance(seconds=100)
    assert current.update(status="in-progress").status == "in-progress"
    offhook.clock.advance(seconds=10)
    stopped = current.update(status="stopped")
    assert (stopped.status, stopped.duration) == ("completed", "20")
    assert ann.status == "in-progress"
    ann.says("After the end")
    offhook.clock.advance(seconds=20)
    assert recording(offhook).duration == "20"


def test_it_is_listed_fetched_and_deleted_below_its_conference(offhook, app):
    app.says("/recorded")
    ann, bob = comes(offhook, app, ANN, **RECORDED), comes(offhook, app, BOB, **RECORDED)
    below = offhook.client().conferences(conference(offhook).sid).recordings
    [listed] = below.list()
    assert below(listed.sid).fetch().status == "in-progress"
    ann.hangs_up()
    bob.hangs_up()
    offhook.clock.settle()
    assert below(listed.sid).fetch().status == "completed"
    assert below(listed.sid).delete()
    assert below.list() == []


def test_a_conference_that_nobody_wants_recorded_is_not(offhook, app):
    ann, bob = comes(offhook, app, ANN), comes(offhook, app, BOB)
    ann.says("Off the record")
    bob.hangs_up()
    ann.hangs_up()
    offhook.clock.settle()
    assert offhook.client().recordings.list() == []
