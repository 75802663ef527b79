"""Who runs, who waits, who stays in the table: a lane that is stuck leaves room for the others, memory is bounded."""

from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from offhook.storage import lanes
from offhook.storage.lanes import Lanes


class Row(NamedTuple):
    key: int
    lane: str


def made(room=8, line=4):
    return Lanes[Row](room, lambda row: row.key, lambda row: row.lane, line)


def started(found):
    return list(found.startable())


def many(lane, count, first=0):
    return [Row(n, lane) for n in range(first, first + count)]


def test_without_lanes_one_gets_all_the_room():
    found = Lanes[Row](3, lambda row: row.key)
    assert all(found.enter(row) for row in many("a", 5))
    assert [row.key for row in started(found)] == [0, 1, 2]
    found.leave(Row(1, "a"))
    assert [row.key for row in started(found)] == [3]


def test_a_lane_gets_a_part_of_the_room_and_the_rest_waits_in_order():
    found = made(room=8, line=100)
    for row in many("stuck", 10):
        assert found.enter(row)
    assert [row.key for row in started(found)] == [0, 1]
    found.leave(Row(0, "stuck"))
    assert [row.key for row in started(found)] == [2]


def test_however_many_lanes_are_stuck_there_is_a_place_for_the_next():
    found = made(room=64, line=100)
    for name in "abcdefgh":
        for row in many(name, 50, first=ord(name) * 100):
            found.enter(row)
        started(found)
    assert found.enter(Row(1, "healthy"))
    assert started(found) == [Row(1, "healthy")]


def test_lanes_that_wait_take_turns():
    found = made(room=1, line=100)
    for row in [Row(1, "a"), Row(2, "a"), Row(3, "b"), Row(4, "b")]:
        found.enter(row)
    order = []
    while now := started(found):
        order += [row.key for row in now]
        found.leave(now[0])
    assert order == [1, 3, 2, 4]


def test_a_row_that_is_here_already_is_not_taken_twice():
    found = made()
    assert found.enter(Row(1, "a"))
    assert found.enter(Row(1, "a"))
    assert started(found) == [Row(1, "a")]
    assert found.enter(Row(1, "a"))
    assert started(found) == []
    assert len(found) == 1


def test_what_is_behind_the_end_of_a_line_stays_in_the_table_and_so_do_those_after_it():
    found = made(room=4, line=4)
    rows = many("a", 10)
    running = []
    taken = []
    for row in rows:
        taken.append(found.enter(row))
        running += started(found)
    assert taken == [True] * 5 + [False] * 5  # one runs, four wait
    assert found.to_fill() == []
    while len(running) < 5:
        found.leave(running[-1])
        running += started(found)
    assert not found.enter(Row(99, "a"))  # the line has room again, but 5 to 9 come first
    assert found.to_fill() == ["a"]
    asked = found.begin_to_fill("a")
    assert found.to_fill() == []
    assert not found.enter(Row(100, "a"))
    found.fill("a", [*rows[4:], Row(99, "a")][:asked], asked)
    running = [running[-1]]
    order = []
    while running:
        order.append(running[0].key)
        found.leave(running[0])
        running = started(found)
    assert order[:5] == [4, 5, 6, 7, 8]
    assert found.to_fill() == ["a"]  # 100 came while the table was read


def test_what_left_while_the_table_was_read_does_not_come_again():
    found = made(room=4, line=1)
    found.enter(Row(0, "a"))
    assert started(found) == [Row(0, "a")]
    assert found.enter(Row(1, "a"))
    assert not found.enter(Row(2, "a"))
    found.leave(Row(0, "a"))
    assert started(found) == [Row(1, "a")]
    asked = found.begin_to_fill("a")
    found.leave(Row(1, "a"))
    found.fill("a", many("a", 3)[1:], asked)
    assert started(found) == [Row(2, "a")]


def test_a_table_that_could_not_be_read_is_read_again():
    found = made()
    found.spill("a")
    assert found.to_fill() == ["a"]
    found.begin_to_fill("a")
    found.give_up_filling("a")
    assert found.to_fill() == ["a"]


def test_a_lane_that_is_empty_is_forgotten():
    found = made()
    found.spill("a")
    found.fill("a", [], found.begin_to_fill("a"))
    found.enter(Row(1, "b"))
    for row in started(found):
        found.leave(row)
    assert len(found) == 0
    assert found._lanes == {}
    assert not found._waiting


def test_many_lanes_together_keep_no_more_in_memory_than_they_may(monkeypatch):
    monkeypatch.setattr(lanes, "LINES", 40)
    found = made(room=8, line=30)
    for name in range(20):
        for row in many(str(name), 30, first=1000 * name):
            found.enter(row)
    assert len(found) <= 8 + 40 + 20 * lanes.SHORT


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans(), st.integers(0, 5)), max_size=80))
def test_every_row_runs_exactly_once_and_those_of_a_lane_in_order(script):
    """The table is a list; rows come, run and end in any order of events, and lines are short."""
    found = made(room=4, line=2)
    table: dict[str, list[Row]] = {}
    running: list[Row] = []
    ran: list[Row] = []

    def go_on():
        for row in found.startable():
            running.append(row)
            ran.append(row)
        assert len(running) <= 4

    def end(which):
        row = running.pop(which % len(running))
        table[row.lane].remove(row)
        found.leave(row)
        go_on()

    def fill():
        for name in found.to_fill():
            asked = found.begin_to_fill(name)
            found.fill(name, table.get(name, [])[:asked], asked)
        go_on()

    for number, (lane, ends, which) in enumerate(script):
        row = Row(number, lane)
        table.setdefault(lane, []).append(row)
        found.enter(row)
        go_on()
        if ends and running:
            end(which)
        if which == 0:
            fill()
    for _ in range(10 * len(script) + 10):
        while running:
            end(0)
        fill()
    assert sorted(ran) == [Row(number, lane) for number, (lane, _, _) in enumerate(script)]
    for name in "abc":
        keys = [row.key for row in ran if row.lane == name]
        assert keys == sorted(keys)
    assert not any(table.values())
