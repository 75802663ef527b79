"""Going back: to the start, and to moments with a name; nothing of what was afterwards is left anywhere."""

import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from offhook.testing import Offhook, RefusedError
from offhook.testing.calling import Api
from offhook.testing.running import Running, quiet, settings_for
from tests.products.monitor.streams import Stream, api_of

OURS, PERSON = "+12023358536", "+19732644152"
SNAPSHOTS, RESETS = "/offhook/v1/Snapshots", "/offhook/v1/Resets"
GIF = b"GIF89a and more"


def bodies(offhook) -> list[str]:
    return [text.body for text in offhook.handset(PERSON).inbox]


def test_a_reset_leaves_nothing_but_the_credentials(either):
    offhook, app = either
    number = offhook.number(OURS, sms_url=app.says("/sms", "<Response><Message>hello</Message></Response>"))
    phone = offhook.handset(PERSON)
    phone.behave(delay=30)
    phone.text(number, "hi")
    offhook.clock.advance(hours=5)
    offhook.client().api.accounts.create(friendly_name="sub")
    offhook.client("AC" + "5" * 32, "whatever").messages.list()  # adopted
    offhook.reset()
    client = offhook.client()
    assert [account.sid for account in client.api.accounts.list()] == [offhook.account_sid]
    assert client.messages.list() == client.incoming_phone_numbers.list() == phone.inbox == offhook.alerts() == []
    assert api_of(offhook).get(f"/offhook/v1/Handsets/{PERSON}")["delay"] == 0
    assert abs(offhook.clock.now() - datetime.now(UTC)) < timedelta(minutes=5)


def test_an_app_goes_on_working_after_a_reset(either):
    offhook, app = either
    url = app.says("/sms", "<Response><Message>hello</Message></Response>")
    for _ in range(3):
        offhook.reset()
        offhook.handset(PERSON).text(offhook.number(OURS, sms_url=url), "hi")
        offhook.handset(PERSON).wait_for("hello")
        assert bodies(offhook) == ["hi", "hello"]


def test_going_back_takes_everything_back_to_where_it_was(either):
    offhook, _ = either
    number = offhook.number(OURS, friendly_name="Desk")
    offhook.handset(PERSON).text(number, "before")
    offhook.clock.advance(hours=5)
    seen = (offhook.clock.now(), offhook.exchanges())
    offhook.snapshot("before lunch")
    offhook.handset(PERSON).text(number, "after")
    offhook.number(OURS, friendly_name="Lunch")
    offhook.clock.advance(hours=1)
    offhook.restore("before lunch")
    assert (offhook.clock.now(), offhook.exchanges()[: len(seen[1])]) == seen
    assert bodies(offhook) == ["before"]
    [owned] = offhook.client().incoming_phone_numbers.list()
    assert owned.friendly_name == "Desk"


def test_what_waited_then_waits_again(offhook):
    """A text that takes an hour is on its way at the snapshot; it arrives once in each of the two futures."""
    phone = offhook.handset(PERSON)
    phone.behave(delay=3600)
    offhook.client().messages.create(to=PERSON, from_=offhook.number(OURS).phone_number, body="slow")
    offhook.snapshot("on its way")
    for _ in range(2):
        assert bodies(offhook) == []
        offhook.clock.advance(minutes=59)
        assert bodies(offhook) == []
        offhook.clock.advance(minutes=2)
        assert bodies(offhook) == ["slow"]
        offhook.restore("on its way")


def test_a_webhook_that_is_under_way_is_part_of_the_snapshot(offhook):
    def slow(environ, start):
        time.sleep(0.3)
        start("200 OK", [("Content-Type", "text/xml")])
        return [b"<Response><Message>at last</Message></Response>"]

    number = offhook.number(OURS, sms_url=offhook.serve(slow))
    offhook.handset(PERSON).text(number, "hi")
    offhook.snapshot()
    offhook.reset()
    offhook.restore()
    assert bodies(offhook) == ["hi", "at last"]


def test_an_app_that_hangs_does_not_hold_up_a_reset(offhook):
    let_go = threading.Event()

    def hanging(environ, start):
        let_go.wait(30)
        start("200 OK", [("Content-Type", "text/xml")])
        return [b"<Response><Message>too late</Message></Response>"]

    try:
        offhook.handset(PERSON).text(offhook.number(OURS, sms_url=offhook.serve(hanging)), "hi")
        began = time.monotonic()
        offhook.reset()
        assert time.monotonic() - began < 10
        let_go.set()
        assert bodies(offhook) == []
        assert offhook.client().messages.list() == []
    finally:
        let_go.set()


def test_pictures_are_there_again(offhook):
    def picture(environ, start):
        start("200 OK", [("Content-Type", "image/gif")])
        return [GIF]

    phone = offhook.handset(PERSON)
    sent = phone.text(offhook.number(OURS), "look", media_url=offhook.serve(picture) + "/wave.gif")
    offhook.snapshot()
    offhook.reset()
    with pytest.raises(RefusedError):
        phone.open(sent.media[0])
    offhook.restore()
    assert phone.open(phone.inbox[0].media[0]) == GIF


def test_a_changed_token_is_the_old_one_after_a_reset(offhook):
    client = offhook.client()
    promoted = client.accounts.v1.secondary_auth_token().create().secondary_auth_token
    client.accounts.v1.auth_token_promotion().update()
    now_known = Offhook(offhook.url, offhook.account_sid, promoted)
    now_known.snapshot("promoted")
    now_known.reset()
    assert offhook.client().messages.list() == []
    with pytest.raises(RefusedError, match="20003"):
        now_known.alerts()
    offhook.restore("promoted")
    assert now_known.alerts() == []


def test_who_watches_hears_that_everything_may_be_different(offhook):
    with Stream(api_of(offhook)).ready() as stream:
        offhook.reset()
        assert stream.rest() == []  # it was sent home, and comes back
        place = stream.last_id
    with Stream(api_of(offhook), place) as again:
        assert again.next()[0].type == "reset"


def test_what_is_declared_is_declared_again(tmp_path):
    file = tmp_path / "offhook.toml"
    file.write_text(f'[[numbers]]\nphone_number = "{OURS}"\nfriendly_name = "Desk"\n')
    with quiet(), Running(settings_for(tmp_path / "data"), file) as found, Offhook.of(found) as offhook:
        before = offhook.client().incoming_phone_numbers.list()
        offhook.reset()
        after = offhook.client().incoming_phone_numbers.list()
        assert [number.friendly_name for number in after] == ["Desk"]
        assert after[0].sid != before[0].sid


def test_a_snapshot_outlives_a_restart(tmp_path):
    settings = settings_for(tmp_path)
    with quiet(), Running(settings) as found:
        offhook = Offhook.of(found)
        offhook.handset(PERSON).text("+12125550100", "hi")
        offhook.snapshot()
        offhook.reset()
    with quiet(), Running(settings) as found:
        Offhook.of(found).restore()
        assert bodies(Offhook.of(found)) == ["hi"]


def test_snapshots_are_listed_fetched_and_forgotten(offhook):
    api = api_of(offhook)
    for name in ("two", "one", "ä b/c"):
        offhook.snapshot(name)
    assert [shown["name"] for shown in api.pages(SNAPSHOTS, "snapshots")] == ["one", "two", "ä b/c"]
    assert api.get(f"{SNAPSHOTS}/%C3%A4%20b%2Fc")["name"] == "ä b/c"
    api.delete(f"{SNAPSHOTS}/one")
    with pytest.raises(RefusedError) as caught:
        api.get(f"{SNAPSHOTS}/one")
    assert caught.value.status == 404


@pytest.mark.parametrize(("name", "code"), [("", 20001), ("x" * 65, 20001)])
def test_a_name_that_makes_no_sense_is_refused(offhook, name, code):
    with pytest.raises(RefusedError) as caught:
        offhook.snapshot(name)
    assert (caught.value.status, caught.value.code) == (400, code)


def test_an_unknown_snapshot_changes_nothing(offhook):
    offhook.number(OURS)
    with pytest.raises(RefusedError) as caught:
        offhook.restore("nowhere")
    assert (caught.value.status, caught.value.code) == (404, 20404)
    assert len(offhook.client().incoming_phone_numbers.list()) == 1


def test_others_than_the_first_account_may_not(offhook):
    other = Api(offhook.url, "AC" + "7" * 32, "adopted")
    for path, form in ((RESETS, {}), (SNAPSHOTS, {"Name": "x"})):
        with pytest.raises(RefusedError) as caught:
            other.post(path, **form)
        assert (caught.value.status, caught.value.code) == (403, 20403)


def test_in_production_nothing_goes_back(tmp_path):
    with quiet(), Running(replace(settings_for(tmp_path), mode="production", clock="real")) as found:
        for forbidden in (Offhook.of(found).reset, Offhook.of(found).snapshot):
            with pytest.raises(RefusedError) as caught:
                forbidden()
            assert (caught.value.status, caught.value.code) == (409, 20409)
