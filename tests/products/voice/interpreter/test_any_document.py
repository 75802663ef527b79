"""Whatever documents say and whatever happens meanwhile: a call ends, once, and leaves nobody ringing."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from offhook.products.voice.interpreter import Plan, Session, Steps, call, call_for, follow, run
from offhook.products.voice.interpreter.effects import Fallback, Finish, Page
from tests.products.voice.interpreter.any_world import AnyWorld


def any_call(random: Random) -> tuple[Session, Steps[None]]:
    """A call that comes in, that goes out, or that is made for another one."""
    kind = random.choice(["inbound", "outbound", "child"])
    fallback = random.choice([None, Fallback("http://app/fallback")])
    session = Session(1_000_000, "CA-own", kind == "inbound", False, follow, fallback=fallback)
    plan = Plan(
        where=random.choice([Page("http://app/voice")] * 4 + [None]),
        timeout=random.choice([60, 1, 0]),
        send_digits=random.choice(["", "1w2"]),
        detection=random.choice([None, "Enable", "DetectMessageEnd"]),
        waits=random.random() < 0.5,
        records=random.random() < 0.5,
        time_limit=random.choice([None, 1, 60]),
    )
    if kind == "inbound":
        return session, run(session, plan.where)
    return session, call(session, plan) if kind == "outbound" else call_for(session, plan, "CA-own")


@settings(max_examples=2000, derandomize=True, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_every_call_ends_once_and_leaves_nobody_behind(seed):
    random = Random(seed)
    session, steps = any_call(random)
    world = AnyWorld(random, session)
    world.run(steps)
    finished = [effect for effect in world.effects if isinstance(effect, Finish)]
    assert finished == world.effects[-1:]
    assert world.is_gone
    assert world.children == []
    assert world.recordings == set()
    assert world.places == set()
