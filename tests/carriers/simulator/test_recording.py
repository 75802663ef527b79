"""Recordings of a leg: what is in them, when, for how long."""

from offhook.carriers.calls import (
    Ended,
    HangUp,
    Line,
    PauseRecording,
    Play,
    Record,
    Recorded,
    ResumeRecording,
    Silence,
    StopRecording,
    Tones,
)
from offhook.kit.clock import SECOND
from tests.carriers.simulator.telephony import Telephony, on_the_phone, say
from tests.carriers.simulator.test_leg import FIFTEEN, connected


def line(at, duration, track, kind, text):
    return Line(round(at * SECOND), round(duration * SECOND), track, kind, text)


@on_the_phone
async def test_both_tracks_with_their_moments(network: Telephony):
    app, phone = await connected(network)
    await network.pass_(10)
    app.do(Record("RE1"), Play(1, say(FIFTEEN)))
    await network.pass_(2)
    phone.say(FIFTEEN)
    phone.press("1")
    await network.pass_(2)
    app.do(Play(2, Silence(SECOND)))
    await network.pass_(3)
    app.do(StopRecording("RE1"))
    await network.pass_()
    assert app.events[-1] == Recorded(
        "RE1",
        7 * SECOND,
        (
            line(0, 1, "outbound", "say", FIFTEEN),
            line(2, 1, "inbound", "person", FIFTEEN),
            line(3, 0, "inbound", "digits", "1"),
        ),
    )


@on_the_phone
async def test_one_track_of_two_recordings(network: Telephony):
    app, phone = await connected(network)
    app.do(Record("RE1", "inbound"), Record("RE2", "outbound"), Play(1, Tones("5")))
    phone.say(FIFTEEN)
    await network.pass_(1)
    app.do(StopRecording("RE2"), StopRecording("RE1"))
    await network.pass_()
    assert app.of(Recorded) == [
        Recorded("RE2", SECOND, (line(0, 0.25, "outbound", "digits", "5"),)),
        Recorded("RE1", SECOND, (line(0, 1, "inbound", "person", FIFTEEN),)),
    ]


@on_the_phone
async def test_a_sound_is_as_long_as_it_was_to_be_heard(network: Telephony):
    app, phone = await connected(network)
    app.do(Record("RE1"), Play(1, say("a" * 150)))
    await network.pass_(2)
    app.do(Play(2, say("b" * 150)))
    phone.say("c" * 150)
    await network.pass_(3)
    app.do(StopRecording("RE1"))
    await network.pass_()
    assert [one.duration / SECOND for one in app.events[-1].lines] == [2, 3, 3]


@on_the_phone
async def test_a_pause_keeps_its_time_or_not(network: Telephony):
    app, phone = await connected(network)
    app.do(Record("RE1"), Record("RE2"))
    phone.say("a" * 30)
    await network.pass_(1)
    app.do(PauseRecording("RE1", silence=True), PauseRecording("RE2", silence=False))
    await network.pass_(1)
    phone.say("secret")
    await network.pass_(3)
    app.do(ResumeRecording("RE1"), ResumeRecording("RE2"))
    phone.say(FIFTEEN)
    await network.pass_(1)
    app.do(StopRecording("RE1"), StopRecording("RE2"))
    await network.pass_()
    first = line(0, 1, "inbound", "person", "a" * 30)
    assert app.of(Recorded) == [
        Recorded("RE1", 6 * SECOND, (first, line(5, 1, "inbound", "person", FIFTEEN))),
        Recorded("RE2", 2 * SECOND, (first, line(1, 1, "inbound", "person", FIFTEEN))),
    ]


@on_the_phone
async def test_the_end_of_a_leg_ends_its_recordings(network: Telephony):
    app, phone = await connected(network)
    app.do(Record("RE1"))
    phone.say(FIFTEEN)
    await network.pass_(0.5)
    phone.hang_up()
    await network.pass_()
    assert app.events[-2:] == [Recorded("RE1", SECOND // 2, (line(0, 0.5, "inbound", "person", FIFTEEN),)), Ended()]


@on_the_phone
async def test_it_ends_as_well_when_we_hang_up_in_a_pause(network: Telephony):
    app, phone = await connected(network)
    app.do(Record("RE1"))
    phone.say(FIFTEEN)
    await network.pass_(1)
    app.do(PauseRecording("RE1", silence=False))
    await network.pass_(9)
    app.do(HangUp())
    await network.pass_()
    assert app.events[-1] == Recorded("RE1", SECOND, (line(0, 1, "inbound", "person", FIFTEEN),))


@on_the_phone
async def test_what_is_being_said_when_it_begins_is_in_it(network: Telephony):
    app, phone = await connected(network)
    phone.say(FIFTEEN)
    await network.pass_(2)
    phone.say("a" * 30)
    await network.pass_(0.5)
    app.do(Record("RE1"))
    await network.pass_(3)
    app.do(StopRecording("RE1"))
    await network.pass_()
    assert app.events[-1].lines == (line(0, 1.5, "inbound", "person", "a" * 30),)
