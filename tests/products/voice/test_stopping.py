"""Offhook stops, or is killed, while people talk: every call ends, and the app is told."""

import signal
import time
from collections import defaultdict
from urllib.parse import parse_qs

from offhook.testing import Offhook
from offhook.testing.running import Running, quiet, settings_for
from offhook.testing.serving import serve
from tests.products.voice.talking import FRIEND, OTHER, OURS, PERSON
from tests.roles.test_everything import child, eventually

RECORD = "<Record playBeep='false' timeout='600' recordingStatusCallback='/recorded'/>"
DOCUMENT = f"<Response><Say>Hello</Say>{RECORD}</Response>"
DIAL = f"<Response><Dial>{OTHER}</Dial></Response>"
EVENTS = ["initiated", "ringing", "answered", "completed"]


class App:
    """It answers with a document, and remembers what it was told."""

    def __init__(self) -> None:
        self.told: dict[str, list[dict[str, str]]] = defaultdict(list)

    def __call__(self, environ, start):
        form = parse_qs(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode())
        self.told[environ["PATH_INFO"]].append({name: values[0] for name, values in form.items()})
        start("200 OK", [("Content-Type", "text/xml")])
        return [{"/voice": DOCUMENT, "/dial": DIAL}.get(environ["PATH_INFO"], "").encode()]

    def final(self, sid: str) -> dict[str, str]:
        """The last that was told of the status of a call."""
        return [told for told in self.told["/status"] if told["CallSid"] == sid][-1]


def begin_calls(offhook: Offhook, url: str) -> dict[str, str]:
    """One call in each state, by what it does: their SIDs."""
    callback = {"status_callback": f"{url}/status", "status_callback_event": EVENTS}
    offhook.number(OURS, voice_url=f"{url}/voice", status_callback=f"{url}/status")
    client = offhook.client()
    offhook.handset(FRIEND).behave(answers="at-once")
    offhook.handset(OTHER).behave(answers="never")
    phone = offhook.handset(PERSON).call(OURS)
    phone.hears("Hello")
    if offhook.clock.is_virtual:
        offhook.clock.advance(seconds=2)
    answered = client.calls.create(to=FRIEND, from_=OURS, url=f"{url}/dial", **callback)
    ringing = client.calls.create(to="client:bob", from_=OURS, url=f"{url}/dial", **callback)

    def check() -> None:
        assert client.calls(answered.sid).fetch().status == "in-progress"
        assert client.calls(ringing.sid).fetch().status == "ringing"
        assert len(client.calls.list(parent_call_sid=answered.sid, status="ringing")) == 1
        assert [one.status for one in client.recordings.list()] == ["in-progress"]

    eventually(check)
    [made] = client.calls.list(parent_call_sid=answered.sid)
    return {"comes in": phone.call_sid or "", "dials": answered.sid, "rings": ringing.sid, "is dialled": made.sid}


def test_calls_of_a_process_that_is_killed_have_failed_and_the_app_is_told(tmp_path):
    app = App()
    served = serve(app)
    try:
        with child(tmp_path) as (process, _):
            sids = begin_calls(Offhook.at(tmp_path), served.url)
            process.send_signal(signal.SIGKILL)
            process.wait()
        with child(tmp_path):
            client = Offhook.at(tmp_path).client()
            assert {client.calls(sid).fetch().status for sid in sids.values()} == {"failed"}
            eventually(lambda: check_all_is_told(app, sids))
            [recording] = client.recordings.list()
            assert (recording.status, recording.duration) == ("absent", "0")
    finally:
        served.stop()


def check_all_is_told(app: App, sids: dict[str, str]) -> None:
    told = {name: app.final(sids[name]) for name in ("comes in", "dials", "rings")}
    assert {one["CallStatus"] for one in told.values()} == {"failed"}
    assert {name: one["SequenceNumber"] for name, one in told.items()} == {"comes in": "0", "dials": "3", "rings": "2"}
    assert "CallDuration" in told["dials"]


def test_calls_end_when_the_process_is_stopped_and_the_app_is_told(tmp_path):
    app = App()
    served = serve(app)
    try:
        with quiet(), Running(settings_for(tmp_path)) as found:
            sids = begin_calls(Offhook.of(found), served.url)
            began = time.monotonic()
        assert time.monotonic() - began < 15
        with quiet(), Running(settings_for(tmp_path)) as found:
            offhook = Offhook.of(found)
            client = offhook.client()
            statuses = {name: client.calls(sid).fetch().status for name, sid in sids.items()}
            assert statuses == {
                "comes in": "completed",
                "dials": "completed",
                "rings": "canceled",
                "is dialled": "canceled",
            }
            offhook.clock.settle()
            assert app.final(sids["dials"])["CallStatus"] == "completed"
            assert app.final(sids["comes in"])["CallStatus"] == "completed"
            [recording] = client.recordings.list()
            assert recording.status == "completed"
            assert app.told["/recorded"][0]["RecordingStatus"] == "completed"
            assert offhook.handset(PERSON).calls[0].status == "completed"
    finally:
        served.stop()
