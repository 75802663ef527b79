"""Whatever apps and people do, in whatever order: nothing breaks, and nothing is left when all have hung up."""

import asyncio
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from offhook.carriers.calls import (
    Answer,
    Answered,
    Beep,
    Ended,
    HangUp,
    Ignore,
    Join,
    Leave,
    Listen,
    PauseRecording,
    Play,
    Record,
    Recorded,
    Refused,
    Reject,
    ResumeRecording,
    Ringing,
    Silence,
    Stop,
    StopRecording,
    Tones,
)
from offhook.carriers.simulator import Behaviour, PhoneInUseError
from tests.carriers.simulator.telephony import FRIEND, OTHER, OURS, PERSON, THIRD, Line, Telephony, say

EVERYBODY = [OURS, OTHER, PERSON, FRIEND, THIRD]
COMMANDS = [
    Answer(),
    Reject(),
    HangUp(),
    Play(1, say("some words to be said")),
    Play(2, Tones("12w3")),
    Play(3, Silence(0)),
    Play(4, Beep()),
    Stop(),
    Listen(),
    Ignore(),
    Record("RE1"),
    Record("RE2", "inbound"),
    PauseRecording("RE1"),
    PauseRecording("RE1", silence=False),
    ResumeRecording("RE1"),
    StopRecording("RE1"),
    StopRecording("RE3"),
    Join("a"),
    Join("b", muted=True),
    Join("a", coached="CA1"),
    Leave(),
]
ACTS = st.one_of(
    st.tuples(st.just("call"), st.sampled_from(EVERYBODY), st.sampled_from([None, "Enable", "DetectMessageEnd"])),
    st.tuples(st.just("dial"), st.sampled_from(EVERYBODY), st.sampled_from([PERSON, FRIEND, THIRD])),
    st.tuples(st.just("command"), st.integers(0, 9), st.sampled_from(COMMANDS)),
    st.tuples(
        st.sampled_from(["answer", "refuse", "hang_up", "say", "press"]),
        st.sampled_from([PERSON, FRIEND, THIRD]),
        st.just(None),
    ),
    st.tuples(st.just("pass"), st.sampled_from([0.0, 0.3, 1.0, 15.0]), st.just(None)),
)
ANSWERS = st.sampled_from(["by-hand", "at-once", "busy", "rejects", "never", "voicemail"])


@settings(max_examples=150, deadline=None)
@given(acts=st.lists(ACTS, max_size=40), owned=st.sampled_from(["rings", "answers"]), answers=ANSWERS)
def test_nothing_breaks_and_nothing_is_left(acts: list[Any], owned: str, answers: Any):
    asyncio.run(happen(acts, owned, answers))


async def happen(acts: list[Any], owned: str, answers: Any) -> None:
    network = Telephony()
    problems: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, problem: problems.append(problem))
    network.owned = {OURS: owned, OTHER: owned}
    network.behaviours[PERSON] = Behaviour(answers=answers, greeting="hello")
    lines: list[Line] = []
    for act in acts:
        await do(network, lines, *act)
    every = [*lines, *(line for _, line in network.came)]
    for line in every:
        line.do(HangUp())
    for phone in (PERSON, FRIEND, THIRD):
        if call := network.calls.find(phone):
            call.hang_up()
    await network.pass_(60)
    assert problems == []
    assert len(network.calls._rooms) == 0
    assert [call.status for call in network.shown.values() if not call.is_over] == []
    assert [network.calls.find(phone) for phone in (PERSON, FRIEND, THIRD)] == [None] * 3
    assert network.timers.waiting == 0
    for line in every:
        check(line)


def check(line: Line) -> None:
    """Events come in an order that makes sense, each of the great ones once."""
    kinds = [type(event) for event in line.events]
    for kind in (Ringing, Answered, Refused, Ended):
        assert kinds.count(kind) <= 1
    ends = [place for place, kind in enumerate(kinds) if kind in (Refused, Ended)]
    assert ends in ([], [len(kinds) - 1])
    if Answered in kinds:
        assert Ringing not in kinds[kinds.index(Answered) :]
        assert Refused not in kinds
    for recorded in line.of(Recorded):
        assert all(0 <= one.at <= one.at + one.duration <= recorded.duration for one in recorded.lines)


async def do(network: Telephony, lines: list[Line], act: str, what: Any, how: Any) -> None:
    match act:
        case "call":
            lines.append(await network.call(to=what, sid=f"CA{len(lines)}", detection=how))
        case "dial":
            try:
                await network.dial(to=what, from_=how)
            except PhoneInUseError:
                assert network.calls.find(how) is not None
        case "command":
            every = [*lines, *(line for _, line in network.came)]
            if every:
                every[what % len(every)].do(how)
        case "pass":
            await network.pass_(what)
        case _:
            call = network.calls.find(what)
            if call is not None:
                use(call, act)


def use(call: Any, act: str) -> None:
    if act == "say":
        call.say("something that is said")
    elif act == "press":
        call.press("1w2")
    elif act == "hang_up":
        call.hang_up()
    elif call.direction == "inbound":
        getattr(call, act)()
