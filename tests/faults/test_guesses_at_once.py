"""Codes that are checked side by side. The long version is in `soak/`; this is the same program with fewer guesses."""

from soak.guessing import guessing
from tests.faults.houses import run


def test_however_many_codes_come_at_once_one_approves_and_five_wrong_ones_are_looked_at(tmp_path, database):
    run(guessing, tmp_path, **database, verifications=8, guesses=40, connections=60)
