"""Codes: random, sealed, compared."""

import re
from collections import Counter
from pathlib import Path

import pytest

from offhook.products.verify.codes import Codes
from offhook.storage import Sealer, UnsealingError


@pytest.fixture
def codes(tmp_path: Path) -> Codes:
    return Codes(Sealer.open(tmp_path / "key"))


@pytest.mark.parametrize("length", [4, 6, 10])
def test_a_code_has_so_many_digits(codes, length):
    assert re.fullmatch(rf"[0-9]{{{length}}}", codes.open(codes.new(length)))


def test_every_digit_is_as_likely_at_every_place(codes):
    """Chi-square with 9 degrees of freedom: above 50 with a probability of 1e-7."""
    made = [codes.open(codes.new(6)) for _ in range(4000)]
    for place in range(6):
        counted = Counter(code[place] for code in made)
        expected = len(made) / 10
        assert sum((counted[digit] - expected) ** 2 / expected for digit in "0123456789") < 50


def test_the_same_code_is_sealed_differently_each_time(codes):
    assert codes.seal("123456") != codes.seal("123456")
    assert "123456" not in codes.seal("123456")


def test_only_the_right_code_is_right(codes):
    sealed = codes.seal("123456")
    assert codes.is_right(sealed, "123456")
    for other in ("123457", "12345", "1234567", "", "123456 ", "１２３４５６"):
        assert not codes.is_right(sealed, other)


def test_what_was_sealed_for_something_else_does_not_open(tmp_path, codes):
    sealer = Sealer.open(tmp_path / "key")
    with pytest.raises(UnsealingError):
        codes.open(sealer.seal("123456", "another.purpose"))
