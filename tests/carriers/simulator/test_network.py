"""The simulated network as an app experiences it: what arrives, when, and what is reported."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import parse_qs

import pytest

from offhook.testing import Offhook, RefusedError
from offhook.testing.calling import Api
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


@pytest.mark.parametrize("traits", [{}, {"delay": 60}, {"outcome": "undelivered"}, {"early_reports": True}], ids=str)
def test_reports_that_are_repeated_change_nothing(offhook, told, traits):
    phone = offhook.handset(PERSON)
    phone.behave(repeated_reports=10, **traits)
    sids = [told.send() for _ in range(3)]
    offhook.clock.advance(minutes=2)
    lost = "outcome" in traits
    last = ("undelivered", "30003") if lost else ("delivered", None)
    assert sorted(told(), key=str) == sorted([("sent", None), last] * 3, key=str)
    assert len(phone.inbox) == (0 if lost else 3)
    assert [status(offhook, sid) for sid in sids] == [(last[0], 30003 if lost else None)] * 3


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
    assert outcomes[0] == outcomes[1]
    assert len([text for text in phone.inbox if text.direction == "inbound"]) == 2 * outcomes[0].count("delivered")


def test_a_prefix_means_every_phone_that_begins_so_and_a_number_wins_over_it(offhook, told):
    offhook.handset("+1973*").behave(outcome="undelivered")
    offhook.handset(PERSON).behave(delay=1)
    lost, late, other = told.send(to="+19735550100"), told.send(), told.send(to="+12125550100")
    offhook.clock.advance(seconds=1)
    assert [status(offhook, sid)[0] for sid in (lost, late, other)] == ["undelivered", "delivered", "delivered"]


def test_the_longest_prefix_wins_and_a_number_over_all(offhook, told):
    offhook.handset("+*").behave(outcome="undelivered", error_code=30008)
    offhook.handset("+1973*").behave(outcome="undelivered", error_code=30005)
    offhook.handset("+1973264*").behave(outcome="undelivered", error_code=30006)
    offhook.handset(PERSON).behave(outcome="delivered")
    people = {"+442071234567": 30008, "+19735550100": 30005, "+19732640100": 30006, PERSON: None}
    sids = {told.send(to=number): code for number, code in people.items()}
    told()
    assert {sid: status(offhook, sid)[1] for sid in sids} == sids
    offhook.handset("+1973264*").reset()
    last = told.send(to="+19732640100")
    told()
    assert status(offhook, last) == ("undelivered", 30005)


def test_a_phone_that_is_reset_behaves_as_phones_do(offhook, told):
    phone = offhook.handset(PERSON)
    phone.behave(outcome="undelivered", delay=10, repeated_reports=2)
    phone.reset()
    told.send()
    assert told() == [("sent", None), ("delivered", None)]
    with pytest.raises(RefusedError) as caught:
        phone.reset()
    assert caught.value.status == 404


class TestPower:
    """What is held for a phone comes when that phone is on, by whatever rule, and not before."""

    def test_what_was_held_over_a_restart_comes_when_it_is_on_again(self, tmp_path):
        settings = settings_for(tmp_path)
        with quiet(), Running(settings) as found, Offhook(found.url, found.account_sid, found.auth_token) as offhook:
            offhook.handset(PERSON).behave(power="off")
            sid = offhook.client().messages.create(to=PERSON, from_=OURS, body="held").sid
            offhook.clock.settle()
        with quiet(), Running(settings) as found, Offhook(found.url, found.account_sid, found.auth_token) as offhook:
            offhook.clock.advance(days=2)
            assert offhook.handset(PERSON).inbox == []
            assert status(offhook, sid)[0] == "sent"
            offhook.handset(PERSON).behave(power="on")
            assert [text.body for text in offhook.handset(PERSON).inbox] == ["held"]
            assert status(offhook, sid)[0] == "delivered"

    def test_switching_a_prefix_on_leaves_off_who_is_off_by_itself(self, offhook, told):
        offhook.handset(PERSON).behave(power="off")
        offhook.handset("+1973*").behave(power="off")
        told.send("to the person")
        told.send("to a neighbour", to="+19735550100")
        offhook.handset("+1973*").behave(power="on")
        assert [text.body for text in offhook.handset("+19735550100").inbox] == ["to a neighbour"]
        assert offhook.handset(PERSON).inbox == []
        offhook.handset(PERSON).behave(power="on")
        assert [text.body for text in offhook.handset(PERSON).inbox] == ["to the person"]

    def test_a_rule_of_its_own_takes_a_phone_out_of_a_prefix_that_is_off(self, offhook, told):
        offhook.handset("+1973*").behave(power="off")
        told.send("held")
        offhook.handset(PERSON).behave(power="on")
        assert [text.body for text in offhook.handset(PERSON).inbox] == ["held"]

    def test_resetting_a_phone_under_a_prefix_that_is_off_leaves_it_off(self, offhook, told):
        offhook.handset("+1973*").behave(power="off")
        offhook.handset(PERSON).behave(power="off")
        told.send("held")
        offhook.handset(PERSON).reset()
        assert offhook.handset(PERSON).inbox == []
        offhook.handset("+1973*").reset()
        assert [text.body for text in offhook.handset(PERSON).inbox] == ["held"]

    def test_what_was_held_comes_in_the_order_it_was_sent(self, offhook, told):
        phone = offhook.handset(PERSON)
        phone.behave(power="off")
        bodies = [f"text {n}" for n in range(8)]
        for body in bodies:
            told.send(body)
        offhook.clock.settle()  # the network holds them all
        phone.behave(power="on")
        assert [text.body for text in phone.inbox] == bodies

    def test_whoever_is_off_cannot_text(self, offhook):
        offhook.number(OURS)
        phone = offhook.handset(PERSON)
        phone.behave(power="off")
        with pytest.raises(RefusedError) as caught:
            phone.text(OURS, "hi")
        assert (caught.value.status, caught.value.code) == (409, 20409)
        assert phone.inbox == offhook.client().messages.list() == []
        phone.behave(power="on")
        phone.text(OURS, "hi")
        assert len(offhook.client().messages.list()) == 1

    def test_switching_off_and_on_while_texts_are_sent_strands_none(self, offhook, told):
        phone = offhook.handset(PERSON)
        with ThreadPoolExecutor(4) as pool:
            sent = [pool.submit(told.send, f"text {n}") for n in range(24)]
            for _ in range(6):
                phone.behave(power="off")
                phone.behave(power="on")
            sids = [each.result() for each in sent]
        told()
        assert {status(offhook, sid)[0] for sid in sids} == {"delivered"}
        assert sorted(text.body for text in phone.inbox) == sorted(f"text {n}" for n in range(24))


def test_every_trait_outlives_a_restart(tmp_path):
    traits = {"outcome": "undelivered", "error_code": 30006, "delay": 1.5, "power": "off", "repeated_reports": 2}
    traits |= {"early_reports": True, "fault_rate": 0.25, "seed": 42, "line": "mobile"}
    settings = settings_for(tmp_path)
    shown = []
    for first in (True, False):
        with quiet(), Running(settings) as found, Offhook(found.url, found.account_sid, found.auth_token) as offhook:
            if first:
                offhook.handset(PERSON).behave(**traits)
            place = f"/offhook/v1/Handsets/{PERSON}"
            shown.append(Api(found.url, found.account_sid, found.auth_token).get(place))
    for view in shown:
        assert {name: view[name] for name in traits} == traits


def test_the_same_seed_loses_the_same_texts_after_a_restart(tmp_path):
    settings = settings_for(tmp_path)
    outcomes = []
    for _ in range(2):
        with quiet(), Running(settings) as found, Offhook(found.url, found.account_sid, found.auth_token) as offhook:
            offhook.handset(PERSON).behave(fault_rate=0.5, seed=3)
            create = offhook.client().messages.create
            sids = [create(to=PERSON, from_=OURS, body=str(n)).sid for n in range(12)]
            offhook.clock.settle()
            outcomes.append([status(offhook, sid)[0] for sid in sids])
    assert outcomes[0] == outcomes[1]
    assert len(set(outcomes[0])) == 2


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
