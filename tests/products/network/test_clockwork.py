"""The clock's API: reading it, advancing it, stepping from timer to timer."""

from dataclasses import replace
from datetime import timedelta

import pytest

from offhook.testing import Offhook, RefusedError
from offhook.testing.calling import Api
from offhook.testing.running import Running, quiet, settings_for

CLOCK = "/offhook/v1/Clock"


@pytest.fixture
def api(offhook: Offhook) -> Api:
    return Api(offhook.url, offhook.account_sid, offhook.auth_token)


def test_a_virtual_clock_stands_still(offhook, api):
    first = api.get(CLOCK)
    assert first["mode"] == "virtual"
    assert set(first) == {"mode", "now", "date", "waiting", "next_timer"}
    offhook.number()
    assert api.get(CLOCK)["now"] == first["now"]


def test_advancing_moves_it_by_just_so_much(offhook):
    before = offhook.clock.now()
    after = offhook.clock.advance(days=1, hours=2, minutes=3, seconds=4, milliseconds=5)
    assert after == offhook.clock.now()
    assert after - before == timedelta(days=1, hours=2, minutes=3, seconds=4, milliseconds=5)


def test_what_is_made_later_has_the_later_date(offhook):
    client = offhook.client()
    early = client.messages.create(to="+19732644152", from_="+12023358536", body="early")
    offhook.clock.advance(hours=3)
    late = client.messages.create(to="+19732644152", from_="+12023358536", body="late")
    assert late.date_created - early.date_created == timedelta(hours=3)


def test_stepping_with_nothing_waiting_does_not_move_it(offhook, api):
    before = api.get(CLOCK)
    assert (before["waiting"], before["next_timer"]) == (0, None)
    assert api.post(CLOCK, Step="3600")["now"] == before["now"]


@pytest.mark.parametrize(
    "form", [{}, {"Advance": "-1"}, {"Advance": "soon"}, {"Step": "-1"}, {"Advance": "1e12"}, {"Advance": "nan"}]
)
def test_what_makes_no_sense_is_refused_and_moves_nothing(offhook, api, form):
    before = offhook.clock.now()
    with pytest.raises(RefusedError) as caught:
        api.post(CLOCK, **form)
    assert (caught.value.status, caught.value.code) == (400, 20001)
    assert offhook.clock.now() == before


def test_where_it_stands_outlives_a_restart(tmp_path):
    settings = settings_for(tmp_path)
    with quiet(), Running(settings) as found:
        stood = Offhook(found.url, found.account_sid, found.auth_token).clock.advance(days=400)
    with quiet(), Running(settings) as found:
        assert Offhook(found.url, found.account_sid, found.auth_token).clock.now() == stood


def test_the_machine_s_clock_is_read_but_not_moved(tmp_path):
    settings = replace(settings_for(tmp_path), clock="real")
    with quiet(), Running(settings) as found:
        offhook = Offhook(found.url, found.account_sid, found.auth_token)
        assert offhook.clock.is_virtual is False
        first, second = offhook.clock.now(), offhook.clock.now()
        assert second > first
        with pytest.raises(RefusedError) as caught:
            offhook.clock.advance(seconds=1)
        assert (caught.value.status, caught.value.code) == (409, 20409)
        phone = offhook.handset("+19732644152")
        phone.text("+12125550100", "hi")
        offhook.handset("+12125550100").wait_for("hi", timeout=5)
