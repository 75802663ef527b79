"""Whatever documents say and whatever happens meanwhile: a call ends, once, and leaves nobody ringing."""

from hypothesis import given, settings
from hypothesis import strategies as st

from offhook.products.voice.interpreter import Plan, Session, Steps, call, call_for, follow, run
from offhook.products.voice.interpreter.effects import Fallback, Finish, Page
from tests.products.voice.interpreter.any_world import AnyWorld

HERE = Page("http://app/voice")
SESSIONS = st.builds(
    Session,
    now=st.just(1_000_000),
    room=st.just("CA-own"),
    is_inbound=st.booleans(),
    is_answered=st.just(False),
    follow=st.just(follow),
    fallback=st.none() | st.just(Fallback("http://app/fallback")),
)
PLANS = st.builds(
    Plan,
    where=st.sampled_from([HERE, HERE, HERE, None]),
    timeout=st.sampled_from([60.0, 1.0, 0.0]),
    send_digits=st.sampled_from(["", "1w2"]),
    detection=st.sampled_from([None, "Enable", "DetectMessageEnd"]),
    waits=st.booleans(),
    records=st.booleans(),
    time_limit=st.sampled_from([None, 1.0, 60.0]),
)


def any_steps(session: Session, plan: Plan, kind: str) -> Steps[None]:
    """A call that comes in, that goes out, or that is made for another one."""
    if kind == "inbound":
        return run(session, plan.where)
    return call(session, plan) if kind == "outbound" else call_for(session, plan, "CA-own")


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.data(), SESSIONS, PLANS, st.sampled_from(["inbound", "outbound", "child"]))
def test_every_call_ends_once_and_nothing_is_left(data, session, plan, kind):
    session.is_inbound = kind == "inbound"
    world = AnyWorld(data.draw, session)
    world.run(any_steps(session, plan, kind))
    finished = [effect for effect in world.effects if isinstance(effect, Finish)]
    assert finished == world.effects[-1:]
    assert world.is_gone
    assert world.children == set()
    assert world.recordings == set()
