"""A unit by itself, without a database."""

from structlog.testing import capture_logs

from offhook.storage import Unit
from sample_tables import ADD, parcel


def test_a_step_without_condition_is_wanted_and_one_with_a_condition_waits_for_it():
    unit = Unit()
    first = unit.add(ADD, parcel("A"))
    second = unit.add(ADD, parcel("B"), after=first)
    assert (first.wanted, second.wanted) == (True, False)
    first.done(1, [])
    assert second.wanted


def test_callbacks_are_called_in_order_even_past_one_that_raises():
    unit, heard = Unit(), []
    step = unit.add(ADD, parcel("A"))
    unit.on_commit(lambda: heard.append(1))
    unit.on_commit(lambda: heard.append(1 / 0))
    unit.on_commit(lambda: heard.append(2), after=step)
    unit.on_commit(lambda: heard.append(3))
    with capture_logs() as logs:
        unit.committed()
    assert heard == [1, 3]
    assert logs[0]["event"] == "on_commit_failed"
    assert "callbacks_are_called_in_order" in logs[0]["callback"]


def test_an_outcome_can_be_forgotten():
    unit = Unit()
    step = unit.add(ADD, parcel("A"))
    step.done(2, [("x",), ("y",)])
    unit.forget()
    assert (step.changed, step.rows) == (0, [])
