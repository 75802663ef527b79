"""What the doctor says about one thing: whether it works, why not, and what to do."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Only what is broken makes the doctor's exit code 1."""

    WORKS = "works"
    BROKEN = "broken"
    ADVICE = "advice"  # it works, but look at it
    UNTESTED = "untested"  # there is nothing to test it with


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line for a person: `remedy` says what to do where something is to be done."""

    name: str
    state: State
    why: str
    remedy: str = ""


def works(name: str, why: str) -> Verdict:
    """It works."""
    return Verdict(name, State.WORKS, why)


def broken(name: str, why: str, remedy: str) -> Verdict:
    """It does not work."""
    return Verdict(name, State.BROKEN, why, remedy)


def advice(name: str, why: str, remedy: str = "") -> Verdict:
    """It works and could be better."""
    return Verdict(name, State.ADVICE, why, remedy)


def untested(name: str, why: str) -> Verdict:
    """There is nothing here to test it with."""
    return Verdict(name, State.UNTESTED, why)
