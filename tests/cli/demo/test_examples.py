"""Finding the example programs, and what they need."""

import pytest

from offhook.cli.demo import examples
from offhook.cli.failing import CommandError


def test_the_programs_of_the_demo_are_found():
    for name in (examples.ECHO_BOT, examples.SENDER):
        assert "twilio" in examples.find(name).read_text()


def test_one_that_is_missing_is_named():
    with pytest.raises(CommandError, match=r"the example nothing/here\.py is missing"):
        examples.find("nothing/here.py")


@pytest.mark.parametrize(
    ("absent", "sentence"),
    [
        ({"flask"}, "and flask is not installed beside Offhook. Install it there: pip install flask"),
        ({"flask", "twilio"}, "and flask and twilio are not installed .* Install them there: pip install flask twilio"),
    ],
)
def test_missing_libraries_are_named_with_the_command_that_gets_them(monkeypatch, absent: set[str], sentence: str):
    monkeypatch.setattr(examples, "find_spec", lambda name: None if name in absent else object())
    with pytest.raises(CommandError, match=sentence):
        examples.check_libraries()


def test_with_both_installed_there_is_nothing_to_say():
    examples.check_libraries()
