"""Twilio's identifiers."""

import itertools
import os

import pytest

from offhook.kit import sids
from offhook.kit.sids import is_sid, new_sid


def test_a_new_sid_is_34_characters_and_new():
    made = {new_sid(sids.MESSAGE) for _ in range(1000)}
    assert len(made) == 1000
    assert all(len(sid) == 34 and is_sid(sid, "SM") for sid in made)


def test_kinds_are_two_capitals_and_differ():
    kinds = [value for name, value in vars(sids).items() if name.isupper() and isinstance(value, str)]
    assert len(set(kinds)) == len(kinds) >= 9
    assert all(len(kind) == 2 and kind.isascii() and kind.isupper() for kind in kinds)


def test_capitals_are_allowed_after_the_kind():
    assert is_sid("AC" + "0123456789ABCDEFabcdef0123456789")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "AC",
        "AC" + "0" * 31,
        "AC" + "0" * 33,
        "ac" + "0" * 32,
        "AC" + "g" * 32,
        "AC" + "0" * 32 + "\n",
        "AC" + "٣" * 32,
    ],
)
def test_anything_else_is_not_a_sid(text):
    assert not is_sid(text)


def test_another_kind_is_not_this_kind():
    assert is_sid("AC" + "0" * 32, "AC")
    assert not is_sid("AC" + "0" * 32, "SM")


def test_a_forked_process_does_not_hand_out_its_parents_sids():
    new_sid("SM")  # the pool holds the next ones
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, "".join(new_sid("SM") for _ in range(50)).encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as pipe:
        theirs = pipe.read()
    ours = {new_sid("SM") for _ in range(50)}
    assert len(theirs) == 50 * 34
    assert not ours & {theirs[at : at + 34] for at in range(0, len(theirs), 34)}


def test_thousands_of_sids_are_all_different_and_well_formed():
    sids = {new_sid("SM") for _ in range(5_000)}
    assert len(sids) == 5_000
    assert all(is_sid(sid, "SM") for sid in sids)


def test_sids_made_one_after_another_are_neighbours_in_an_index():
    sids = [new_sid("SM") for _ in range(2_000)]
    ascends = sum(one < next for one, next in itertools.pairwise(sids))
    assert ascends >= len(sids) - 2  # the count may begin anew, with another start
    assert len({sid[:8] for sid in sids}) <= 2


def test_what_a_sid_has_of_its_own_is_not_told_by_its_neighbour():
    own = {new_sid("SM")[-22:] for _ in range(2_000)}
    assert len(own) == 2_000
    assert all(len({text[at] for text in own}) == 16 for at in range(22))
