"""What happens, as it happens, over HTTP: to whom it concerns, in order, and again from where one was."""

import time

import pytest

from offhook.testing import Offhook
from offhook.testing.running import Running, quiet, settings_for
from tests.products.monitor.streams import Stream, api_of, deaf

OURS, PERSON = "+12023358536", "+19732644152"


def types(told):
    return [event.data["type"] for event in told]


def test_the_stream_is_one_of_server_sent_events(offhook):
    with Stream(api_of(offhook)) as stream:
        assert stream.response.status == 200
        assert stream.response.headers["content-type"].startswith("text/event-stream")
        assert stream.response.headers["cache-control"] == "no-store"
        assert stream.response.headers["twilio-request-id"]
        stream.ready()


def test_the_life_of_a_text_is_told_on_either_database(either):
    offhook, _ = either
    offhook.number(OURS)
    with Stream(api_of(offhook)).ready() as stream:
        sid = offhook.client().messages.create(to=PERSON, from_=OURS, body="hi").sid
        offhook.handset(PERSON).wait_for("hi")
        told = stream.about(sid, 4)
        assert types(told) == ["message.created", "message.updated", "message.updated", "message.updated"]
        assert [event.data["detail"] for event in told] == ["queued", "sending", "sent", "delivered"]
        assert told[0].data == {
            "seq": int(told[0].id),
            "type": "message.created",
            "sid": sid,
            "detail": "queued",
            "account_sid": offhook.account_sid,
        }
        assert int(told[0].id) < int(told[1].id)


def test_every_kind_of_change_is_told(offhook, app):
    api = api_of(offhook)
    with Stream(api).ready() as stream:
        client = offhook.client()
        number = offhook.number(OURS, sms_url=app.says("/sms", "<Response/>", status=500))
        client.incoming_phone_numbers(number.sid).update(friendly_name="shop")
        offhook.handset(PERSON).text(OURS, "hello")
        offhook.clock.advance(seconds=60)
        account = client.api.accounts.create(friendly_name="sub")
        client.api.accounts(account.sid).update(status="suspended")
        message = client.messages.list(from_=PERSON)[0]
        message.update(body="")
        message.delete()
        client.incoming_phone_numbers(number.sid).delete()
        told = stream.until("phone-number.deleted")
    named = {(event.data["type"], event.data["sid"]) for event in told}
    assert {
        ("phone-number.created", number.sid),
        ("phone-number.updated", number.sid),
        ("phone-number.deleted", number.sid),
        ("message.created", message.sid),
        ("message.updated", message.sid),
        ("message.deleted", message.sid),
        ("account.created", account.sid),
        ("account.updated", account.sid),
        ("alert.created", client.monitor.v1.alerts.list()[0].sid),
        ("clock.updated", None),
    } <= named
    assert {"handset-message.created", "exchange.created"} <= set(types(told))
    assert [int(event.id) for event in told] == sorted({int(event.id) for event in told})


def test_keys_and_applications_are_told_of_on_either_database(either):
    offhook, _ = either
    client = offhook.client()
    with Stream(api_of(offhook)).ready() as stream:
        key = client.new_keys.create(friendly_name="one")
        client.keys(key.sid).update(friendly_name="another")
        client.keys(key.sid).delete()
        application = client.applications.create(friendly_name="app")
        client.applications(application.sid).update(friendly_name="other")
        client.applications(application.sid).delete()
        told = stream.until("application.deleted")
    for sid, kind in ((key.sid, "key"), (application.sid, "application")):
        about = [event for event in told if event.data["sid"] == sid]
        assert types(about) == [f"{kind}.created", f"{kind}.updated", f"{kind}.deleted"]


def test_an_account_hears_of_itself_only(offhook):
    token = "0123456789abcdef" * 2
    shop, other = api_of(offhook, "AC" + "5" * 32, token), api_of(offhook, "AC" + "6" * 32, token)
    shop.get(shop.in_account("Messages"))
    other.get(other.in_account("Messages"))
    with Stream(shop).ready() as stream:
        other.post(other.in_account("Messages"), To=PERSON, From="+14155550101", Body="theirs")
        made = shop.post(shop.in_account("Messages"), To=PERSON, From="+14155550102", Body="ours")
        told = stream.until("message.created")
    assert told[-1].data == {
        "seq": int(told[-1].id),
        "type": "message.created",
        "sid": made["sid"],
        "detail": "queued",
    }
    assert all("account_sid" not in event.data for event in told)
    assert types(told) == ["phone-number.created", "message.created"]


def test_who_comes_back_hears_what_was_missed(offhook):
    api = api_of(offhook)
    with Stream(api).ready() as stream:
        offhook.number(OURS)
        here = stream.until("phone-number.created")[-1].id
    number = offhook.number("+14155550100")
    with Stream(api, here) as stream:
        told = stream.until("phone-number.created")
    assert told[-1].data["sid"] == number.sid
    assert [int(event.id) for event in told] == list(range(int(here) + 1, int(told[-1].id) + 1))


@pytest.mark.parametrize("place", ["999999", "x", "-1", "9" * 40, "١"])
def test_a_place_that_is_not_in_the_log_is_a_reset(offhook, place):
    with Stream(api_of(offhook), place.encode().decode("latin-1")) as stream:
        [told] = stream.next()
        assert told.type == "reset"
        assert told.data == {"seq": int(told.id)}
        number = offhook.number(OURS)
        assert stream.until("phone-number.created")[-1].data["sid"] == number.sid


def test_the_head_of_the_stream_is_no_stream(offhook):
    with Stream(api_of(offhook), method="HEAD") as stream:
        assert stream.response.status == 200
        assert stream.response.read() == b""


def test_without_credentials_there_is_none(offhook):
    with Stream(api_of(offhook, auth_token="wrong")) as stream:
        assert stream.response.status == 401


def test_looking_is_no_news(offhook):
    api = api_of(offhook)
    with Stream(api).ready() as stream:
        api.get("/offhook/v1/Exchanges")
        api.get("/offhook/v1/Clock")
        api.post(api.in_account("IncomingPhoneNumbers"), PhoneNumber=OURS)
        assert types(stream.next()) == ["phone-number.created"]


def test_a_clock_that_is_moved_does_not_wait_for_who_watches(offhook):
    with Stream(api_of(offhook)).ready() as stream:
        offhook.clock.advance(days=1)
        offhook.clock.settle()
        assert stream.until("clock.updated")


def test_stopping_ends_every_stream_at_once(tmp_path):
    with quiet():
        running = Running(settings_for(tmp_path))
        found = running.__enter__()
        api = api_of(Offhook(found.url, found.account_sid, found.auth_token))
        streams = [Stream(api).ready() for _ in range(3)]
        start = time.monotonic()
        running.__exit__()
        assert [stream.rest() for stream in streams] == [[], [], []]
        assert time.monotonic() - start < 3
        for stream in streams:
            stream.__exit__()


def test_who_never_reads_keeps_nobody_waiting(offhook):
    api = api_of(offhook)
    silent = [deaf(api) for _ in range(5)]
    with Stream(api).ready() as stream:
        number = offhook.number(OURS)
        assert stream.until("phone-number.created")[-1].data["sid"] == number.sid
    for connection in silent:
        connection.close()


def test_who_left_is_forgotten(offhook):
    api = api_of(offhook)
    for _ in range(20):
        with Stream(api).ready():
            pass
    offhook.number(OURS)
    deadline = time.monotonic() + 5
    ended = []
    while len(ended) < 20 and time.monotonic() < deadline:
        shown = api.get("/offhook/v1/Exchanges", Url="/offhook/v1/Events", PageSize="100")["exchanges"]
        ended = [one for one in shown if one["status"] == 200]
    assert len(ended) == 20
