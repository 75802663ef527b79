"""People who come and go as they like while an app does what it likes: afterwards nobody is left anywhere."""

import random

import pytest
from twilio.base.exceptions import TwilioRestException

from offhook.testing import RefusedError
from tests.products.voice.conferences import ALL_EVENTS, LINE, PEOPLE, events, room

STEPS = 60
REFUSED = {404, 409}  # what is over, or not there yet


class Crowd:
    """Five people and an app, who do something at random."""

    def __init__(self, offhook, app, seed):
        self.offhook, self.app, self.random = offhook, app, random.Random(seed)
        self.calls = []
        self.refusals = set()
        app.says("/events")
        self.announcement = app.says("/say", "<Response><Say>Attention</Say><Pause length='3'/></Response>")
        offhook.number(LINE, voice_url=app.url + "/voice")

    def step(self):
        acts = (self.come, self.come, self.hang_up, self.speak, self.update, self.update, self.kick, self.announce)
        act = self.random.choice((*acts, self.invite, self.end, self.wait))
        try:
            act()
        except (RefusedError, TwilioRestException) as refusal:
            self.refusals.add(refusal.status)

    def come(self):
        flip = self.random.choice
        told = {"status_callback": "/events", "status_callback_event": ALL_EVENTS}
        flags = {"start_conference_on_enter": flip(["true", "true", "false"]), "beep": flip(["true", "false"])}
        document = room(flip(["One", "Two"]), end_conference_on_exit=flip(["true", "false", "false"]), **flags, **told)
        self.app.says("/voice", document)
        self.calls.append(self.offhook.handset(flip(PEOPLE)).call(LINE))

    def hang_up(self):
        if self.calls:
            self.random.choice(self.calls).hangs_up()

    def speak(self):
        if self.calls:
            self.random.choice(self.calls).press("1")

    def participant(self):
        conferences = self.offhook.client().conferences.list()
        there = [one for each in conferences for one in each.participants.list()]
        return self.random.choice(there) if there else None

    def update(self):
        if (one := self.participant()) is not None:
            flag = self.random.choice([True, False])
            names = ("muted", "hold", "end_conference_on_exit", "beep_on_exit")
            one.update(**{self.random.choice(names): flag}, hold_url=self.announcement)

    def kick(self):
        if (one := self.participant()) is not None:
            one.delete()

    def announce(self):
        if (one := self.participant()) is not None:
            one.update(announce_url=self.announcement)
            self.offhook.client().conferences(one.conference_sid).update(announce_url=self.announcement)

    def invite(self):
        to = self.random.choice(PEOPLE)
        self.offhook.client().conferences("One").participants.create(from_=LINE, to=to, timeout=10, wait_url="")

    def end(self):
        for one in self.offhook.client().conferences.list(limit=1):
            one.update(status="completed")

    def wait(self):
        self.offhook.clock.advance(seconds=self.random.choice([0.1, 1, 5]))


@pytest.mark.parametrize("seed", range(4))
def test_when_all_have_hung_up_nothing_is_left(offhook, app, seed):
    crowd = Crowd(offhook, app, seed)
    for number in PEOPLE[:2]:
        offhook.handset(number).behave(answers="at-once")
    for _ in range(STEPS):
        crowd.step()
    for call in offhook.client().calls.list():
        if call.status in ("queued", "ringing", "in-progress"):
            call.update(status="completed")
    offhook.clock.advance(minutes=1)
    assert crowd.refusals <= REFUSED
    client = offhook.client()
    conferences = client.conferences.list()
    assert {one.status for one in conferences} == {"completed"}
    assert [one for each in conferences for one in each.participants.list()] == []
    assert {call.status for call in client.calls.list()} <= {"completed", "busy", "no-answer", "canceled"}
    told = events(offhook, app)
    assert told.count("participant-join") > 0
    assert told.count("conference-end") <= len(conferences)
    numbers = {}
    for asked in app.at("/events"):
        numbers.setdefault(asked.parameters["ConferenceSid"], []).append(int(asked.parameters["SequenceNumber"]))
    assert all(one == list(range(1, len(one) + 1)) for one in numbers.values())
