"""How figures of several rounds are shown."""

import pytest

from bench.table import Figures, table


@pytest.fixture
def figures():
    figures = Figures()
    for value in (3.0, 1.0, 2.0):
        figures.add("latency", value, "ms", 2.5)
    for value in (90.0, 80.0, 2_000.0):
        figures.add("rate", value, "/s", 100, "at least")
    return figures


def test_a_figure_is_the_median_with_its_range(figures):
    assert figures.rows()[0] == ("latency", "2 ms", "1 to 3", "yes: at most 2.5")


def test_a_goal_that_was_missed_is_said_aloud(figures):
    assert figures.rows()[1] == ("rate", "90 /s", "80 to 2,000", "NO: at least 100")


def test_a_single_round_has_no_range():
    figures = Figures()
    figures.add("start", 0.8471, "s")
    assert figures.rows() == [("start", "0.847 s", "", "")]


def test_a_figure_that_nobody_noted_is_an_error(figures):
    with pytest.raises(KeyError):
        figures.median("memory")


def test_columns_line_up():
    lines = table(("what", "median"), [("a long name", "1"), ("b", "23,456")]).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert lines[2] == "| a long name | 1      |"
