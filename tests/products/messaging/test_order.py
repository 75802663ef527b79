"""Replies of one document arrive in the document's order, on either database and however busy the process is."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from offhook.testing import Offhook
from offhook.testing.calling import Api
from offhook.testing.running import Running, quiet, settings_for
from tests.products.messaging.talking import ALSO_OURS, OTHER, OURS, PERSON, came, say, statuses

BODIES = [f"line {n:02}" for n in range(10)]


def test_replies_arrive_in_order_twenty_times(either):
    offhook, app = either
    offhook.number(OURS, sms_url=app.says("/sms", say(*BODIES)))
    phone = offhook.handset(PERSON)
    for _ in range(20):
        phone.text(OURS, "hi")
        offhook.clock.settle()
    assert came(offhook) == BODIES * 20


def test_so_they_do_for_many_people_at_once(either):
    offhook, app = either
    offhook.number(OURS, sms_url=app.says("/sms", say(*BODIES)))
    phones = [offhook.handset(f"+1973264{n:04}") for n in range(12)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda phone: phone.text(OURS, "hi"), phones))
    assert {phone.address: came(offhook, phone.address) for phone in phones} == {p.address: BODIES for p in phones}


def test_each_message_s_callbacks_come_in_order_among_many(either):
    offhook, app = either
    document = "".join(f'<Message statusCallback="/status">{body}</Message>' for body in BODIES)
    offhook.number(OURS, sms_url=app.says("/sms", f"<Response>{document}</Response>"))
    app.says("/status")
    offhook.handset(PERSON).text(OURS, "hi")
    statuses(offhook, app)
    told: dict[str, list[str]] = {}
    for asked in app.at("/status"):
        told.setdefault(asked.parameters["MessageSid"], []).append(asked.parameters["MessageStatus"])
    assert list(told.values()) == [["sent", "delivered"]] * len(BODIES)


def texts(api: Api, address: str) -> list[str]:
    """What a phone shows now; a `Handset` would wait until nothing is under way."""
    return [text["body"] for text in api.get(f"/offhook/v1/Handsets/{address}/Messages")["messages"]]


@pytest.mark.parametrize("size", [2, 3])
def test_bots_that_answer_each_other_for_ever_starve_nobody_and_end_with_the_process(tmp_path, monkeypatch, size):
    """A ring of numbers: each one's app texts the next. Twilio has no protection against that, and neither have we."""
    ring = [OURS, ALSO_OURS, "+12125550198"][:size]
    turns = 0

    def application(environ, start):
        nonlocal turns
        turns += 1
        following = ring[(ring.index(f"+{environ['PATH_INFO'][1:]}") + 1) % size]
        start("200 OK", [("Content-Type", "text/xml")])
        return [f'<Response><Message to="{following}">your turn</Message></Response>'.encode()]

    with (
        quiet(),
        Running(settings_for(tmp_path)) as found,
        Offhook(found.url, found.account_sid, found.auth_token) as up,
    ):
        monkeypatch.setenv("TWILIO_AUTH_TOKEN", found.auth_token)
        url = up.serve(application)
        for number in ring:
            up.number(number, sms_url=f"{url}/{number[1:]}")
        api = Api(found.url, found.account_sid, found.auth_token)
        api.post(api.in_account("Messages"), To=ring[1], From=ring[0], Body="your turn")
        for n in range(10):
            api.post(api.in_account("Messages"), To=PERSON, From="+12125550190", Body=f"meanwhile {n}")
        began = time.monotonic()
        while len(texts(api, PERSON)) < 10 or turns < 3 * size:
            assert time.monotonic() - began < 5
            time.sleep(0.01)
        assert texts(api, PERSON) == [f"meanwhile {n}" for n in range(10)]
        assert texts(api, OTHER) == []
        stopping = time.monotonic()
    assert time.monotonic() - stopping < 5
    ended = turns
    time.sleep(0.1)
    assert turns == ended


def test_what_one_person_says_is_answered_in_the_order_it_was_said(either):
    """The first answer is slow: the second text waits for it, another person's does not."""
    offhook, app = either
    answered = threading.Event()

    def dawdle(asked) -> None:
        if asked.parameters["Body"] == "one":
            answered.wait(5)

    offhook.number(OURS, sms_url=app.says("/sms", say("yes?"), before=dawdle))
    for person, body in ((PERSON, "one"), (PERSON, "two"), (OTHER, "elsewhere")):
        offhook.handset(person).text(OURS, body)
    until = time.monotonic() + 4
    while {asked.parameters["Body"] for asked in app.asked} != {"one", "elsewhere"}:
        assert time.monotonic() < until
        time.sleep(0.01)
    answered.set()
    offhook.clock.settle()
    bodies = [asked.parameters["Body"] for asked in app.asked]
    assert sorted(bodies[:2]) == ["elsewhere", "one"]
    assert bodies[2:] == ["two"]
