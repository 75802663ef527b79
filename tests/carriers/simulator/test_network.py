"""The simulated network as an app experiences it: what arrives, when, and what is reported."""

from datetime import timedelta
from urllib.parse import parse_qs

import pytest

from offhook.testing import Offhook, RefusedError
from offhook.testing.running import Running, quiet, settings_for

OURS, PERSON = "+12023358536", "+19732644152"


@pytest.fixture
def told(offhook: Offhook):
    """What an app hears of its messages: `told.send(body)` sends one, `told()` is (status, error code) in order."""

    class Told:
        def __init__(self) -> None:
            self.heard: list[tuple[str, str | None]] = []
            self.url = offhook.serve(self.app)

        def app(self, environ, start):
            form = parse_qs(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode())
            self.heard.append((form["MessageStatus"][0], form.get("ErrorCode", [None])[0]))
            start("200 OK", [])
            return []

        def send(self, body: str = "hi", to: str = PERSON) -> str:
            client = offhook.client()
            return client.messages.create(to=to, from_=OURS, body=body, status_callback=self.url).sid

        def __call__(self) -> list[tuple[str, str | None]]:
            offhook.clock.settle()
            return self.heard

    return Told()


def status(offhook: Offhook, sid: str) -> tuple[str, int | None]:
    message = offhook.client().messages(sid).fetch()
    return message.status, message.error_code


def test_a_phone_gets_a_text_at_once(offhook, told):
    sid = told.send()
    assert told() == [("sent", None), ("delivered", None)]
    assert [text.message_sid for text in offhook.handset(PERSON).inbox] == [sid]


@pytest.mark.parametrize("code", [30003, 30005, 30006, 30007, 30008])
def test_a_phone_that_cannot_be_reached_says_why(offhook, told, code):
    phone = offhook.handset(PERSON)
    phone.behave(outcome="undelivered", error_code=code)
    sid = told.send()
    assert told() == [("sent", None), ("undelivered", str(code))]
    assert status(offhook, sid) == ("undelivered", code)
    assert phone.inbox == []


def test_a_slow_network_delivers_late_and_says_so_late(offhook, told):
    phone = offhook.handset(PERSON)
    phone.behave(delay=90)
    sid = told.send()
    assert told() == [("sent", None)]
    assert status(offhook, sid) == ("sent", None)
    offhook.clock.advance(seconds=89.9)
    assert phone.inbox == []
    offhook.clock.advance(seconds=0.1)
    assert len(phone.inbox) == 1
    assert told() == [("sent", None), ("delivered", None)]
    message = offhook.client().messages(sid).fetch()
    assert message.date_updated - message.date_sent == timedelta(seconds=90)


def test_a_phone_that_is_off_holds_up_nothing_but_itself(offhook, told):
    phone = offhook.handset(PERSON)
    phone.behave(power="off")
    held = [told.send("one"), told.send("two")]
    other = told.send("elsewhere", to="+12125550100")
    offhook.clock.advance(days=1)
    assert [status(offhook, sid)[0] for sid in (*held, other)] == ["sent", "sent", "delivered"]
    phone.behave(power="on")
    assert sorted(text.body for text in phone.inbox) == ["one", "two"]
    assert [status(offhook, sid)[0] for sid in held] == ["delivered", "delivered"]


def test_reports_that_are_repeated_change_nothing(offhook, told):
    offhook.handset(PERSON).behave(repeated_reports=3)
    told.send()
    assert told() == [("sent", None), ("delivered", None)]
    assert len(offhook.handset(PERSON).inbox) == 1


def test_a_report_that_comes_too_early_is_still_told_after_sent(offhook, told):
    offhook.handset(PERSON).behave(early_reports=True)
    sid = told.send()
    assert told() == [("sent", None), ("delivered", None)]
    assert status(offhook, sid) == ("delivered", None)
    assert len(offhook.handset(PERSON).inbox) == 1


def test_a_network_that_loses_some_loses_the_same_ones_again(offhook, told):
    phone = offhook.handset(PERSON)
    outcomes = []
    for _ in range(2):
        phone.behave(fault_rate=0.5, seed=7)
        sids = [told.send(str(number)) for number in range(12)]
        offhook.clock.settle()
        outcomes.append([status(offhook, sid)[0] for sid in sids])
    assert sorted(set(outcomes[0])) == ["delivered", "undelivered"]
    assert outcomes[0].count("delivered") == outcomes[1].count("delivered")
    assert len([text for text in phone.inbox if text.direction == "inbound"]) == 2 * outcomes[0].count("delivered")


def test_a_prefix_means_every_phone_that_begins_so_and_a_number_wins_over_it(offhook, told):
    offhook.handset("+1973*").behave(outcome="undelivered")
    offhook.handset(PERSON).behave(delay=1)
    lost, late, other = told.send(to="+19735550100"), told.send(), told.send(to="+12125550100")
    offhook.clock.advance(seconds=1)
    assert [status(offhook, sid)[0] for sid in (lost, late, other)] == ["undelivered", "delivered", "delivered"]


@pytest.mark.parametrize(
    "trait",
    [{"outcome": "eaten"}, {"error_code": 12345}, {"delay": -1}, {"fault_rate": 1.5}, {"power": "maybe"}],
)
def test_a_trait_that_no_phone_has_is_refused(offhook, trait):
    with pytest.raises(RefusedError) as caught:
        offhook.handset(PERSON).behave(**trait)
    assert (caught.value.status, caught.value.code) == (400, 20001)


def test_what_is_on_its_way_outlives_a_restart(tmp_path):
    settings = settings_for(tmp_path)
    with quiet(), Running(settings) as found, Offhook(found.url, found.account_sid, found.auth_token) as offhook:
        offhook.handset(PERSON).behave(delay=60)
        sid = offhook.client().messages.create(to=PERSON, from_=OURS, body="late").sid
        offhook.clock.advance(seconds=30)
        assert status(offhook, sid)[0] == "sent"
    with quiet(), Running(settings) as found, Offhook(found.url, found.account_sid, found.auth_token) as offhook:
        offhook.clock.advance(seconds=29)
        assert offhook.handset(PERSON).inbox == []
        offhook.handset(PERSON).wait_for("late")
        assert status(offhook, sid)[0] == "delivered"
