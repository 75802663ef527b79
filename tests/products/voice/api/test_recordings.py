"""Recordings: listed, heard, deleted."""

import io
import wave
from datetime import timedelta
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.products.voice.talking import FRIEND, OURS, document, refusal


@pytest.fixture
def client(offhook):
    offhook.number(OURS)
    return offhook.client()


@pytest.fixture
def recorded(offhook, client):
    """A recording in two channels of a call in which both sides say something."""
    twiml = document("<Say>Good morning to you</Say>", "<Pause length='60'/>")
    client.calls.create(to=FRIEND, from_=OURS, twiml=twiml, record=True, recording_channels="dual")
    call = offhook.handset(FRIEND).incoming_call()
    call.answer()
    offhook.clock.advance(seconds=3)
    call.says("Good evening")
    call.hangs_up()
    offhook.clock.settle()
    [recording] = client.recordings.list()
    return recording


def frames(content):
    with wave.open(io.BytesIO(content)) as file:
        return file.getnchannels(), file.getnframes() / file.getframerate(), file.readframes(file.getnframes())


def hears(recording, extension="", query=""):
    with urlopen(f"{recording.media_url}{extension}{query}") as answer:
        return answer.headers["Content-Type"], answer.read()


def test_everybody_who_knows_the_url_hears_it_in_two_channels(recorded):
    kind, content = hears(recorded)
    channels, length, sound = frames(content)
    assert (kind, channels) == ("audio/x-wav", 2)
    assert length == pytest.approx(3.8, abs=0.1)
    left, right = sound[0::4] + sound[1::4], sound[2::4] + sound[3::4]
    assert any(left)
    assert any(right)
    assert left != right


def test_it_can_be_heard_in_one_channel_and_as_mp3(recorded):
    assert frames(hears(recorded, ".wav", "?RequestedChannels=1")[1])[0] == 1
    kind, content = hears(recorded, ".mp3")
    assert kind == "audio/mpeg"
    assert content[:3] == b"ID3" or content[0] == 0xFF
    assert content != hears(recorded, ".wav")[1]


def test_there_is_no_other_form(recorded):
    with pytest.raises(HTTPError) as caught:
        hears(recorded, ".ogg")
    assert caught.value.code == 404


def test_what_is_under_way_cannot_be_heard_yet(offhook, client):
    client.calls.create(to=FRIEND, from_=OURS, twiml=document("<Pause length='60'/>"), record=True)
    offhook.handset(FRIEND).incoming_call().answer()
    offhook.clock.settle()
    [recording] = client.recordings.list()
    assert (recording.status, recording.duration) == ("in-progress", None)
    with pytest.raises(HTTPError) as caught:
        hears(recording)
    assert caught.value.code == 404


def test_they_are_found_by_call_and_by_day(offhook, client, recorded):
    assert [one.sid for one in client.recordings.list(call_sid=recorded.call_sid)] == [recorded.sid]
    assert client.recordings.list(call_sid="CA" + "0" * 32) == []
    today = offhook.clock.now()
    assert [one.sid for one in client.recordings.list(date_created=today)] == [recorded.sid]
    assert client.recordings.list(date_created_after=today + timedelta(days=2)) == []
    assert client.recordings(recorded.sid).fetch().duration == "4"


def test_one_that_was_deleted_is_gone(client, recorded):
    assert client.recordings(recorded.sid).delete()
    assert client.recordings.list() == []
    assert refusal(client.recordings(recorded.sid).fetch) == (404, 20404)
    with pytest.raises(HTTPError):
        hears(recorded)


def test_another_account_has_none_of_them(offhook, client, recorded):
    sub = client.api.accounts.create()
    other = offhook.client(sub.sid, sub.auth_token)
    assert other.recordings.list() == []
    assert refusal(other.recordings(recorded.sid).fetch) == (404, 20404)
    assert refusal(other.recordings(recorded.sid).delete) == (404, 20404)
