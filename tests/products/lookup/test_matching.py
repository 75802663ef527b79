"""How far two persons agree."""

import pytest

from offhook.carriers import LineFacts
from offhook.products.lookup.matching import Person, holder, lines, matches, score

KNOWN = Person(
    first_name="Zoë",
    last_name="O'Neill",
    address_lines="1 Main Street Floor 2",
    city="Springfield",
    postal_code="07081",
    date_of_birth="19900228",
)


@pytest.mark.parametrize(
    ("name", "said", "match"),
    [
        ("first_name", "ZOE", "exact_match"),
        ("last_name", "oneill", "exact_match"),
        ("last_name", "O'Neil", "high_partial_match"),
        ("last_name", "Nelson", "partial_match"),
        ("last_name", "Smith", "no_match"),
        ("address_lines", "1, Main Street, Floor 3", "high_partial_match"),
        ("postal_code", "07081", "exact_match"),
        ("postal_code", "07082", "no_match"),
        ("date_of_birth", "19900229", "no_match"),
        ("national_id", "1", "no_data_available"),
    ],
)
def test_each_thing_is_compared_as_its_kind_is(name: str, said: str, match: str) -> None:
    assert matches(Person(**{name: said}), KNOWN) == {name: match}


def test_what_was_not_said_is_not_compared() -> None:
    assert matches(Person(first_name="", city=None), KNOWN) == {}


def test_the_score_is_the_mean_of_what_could_be_compared() -> None:
    said = Person(first_name="Zoe", last_name="Smith", national_id="1")
    assert score(matches(said, KNOWN)) == 50
    assert score(matches(KNOWN, KNOWN)) == 100
    assert score(matches(Person(national_id="1"), KNOWN)) is None
    assert score({}) is None


def test_the_holder_is_who_the_carrier_knows() -> None:
    facts = LineFacts(first_name="Ann", address_line1="1 Main Street", address_line2="Floor 2")
    assert holder(facts) == Person(first_name="Ann", address_lines="1 Main Street Floor 2")
    assert holder(LineFacts()).given == {}
    assert lines(None, "") is None
