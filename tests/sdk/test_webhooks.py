"""Apps that are texted: every SDK's own validator believes us, and what its own TwiML says reaches the person."""

import json
import sys

import pytest

from tests.packages import installed, installed_from_npm
from tests.sdk.houses import PROGRAMS, House
from tests.terminal import PATIENCE

PYTHON = ("5.7.0", "6.63.2", "7.17.0", "8.13.0", "9.13.0")
NODE = ("4.23.0", "6.2.0")


@pytest.mark.parametrize("version", PYTHON)
def test_an_app_in_python_is_texted(house: House, version: str) -> None:
    library = str(installed(f"twilio=={version}"))
    check_conversation(house, sys.executable, "receiving.py", PYTHONPATH=library)


@pytest.mark.parametrize("version", NODE)
def test_an_app_in_node_is_texted(house: House, version: str) -> None:
    check_conversation(house, "node", "receiving.js", NODE_PATH=str(installed_from_npm("twilio", version)))


@pytest.mark.parametrize("version", ["5.7.0", "9.13.0"])
def test_an_app_in_python_is_asked_with_get(house: House, version: str) -> None:
    library = str(installed(f"twilio=={version}"))
    check_conversation(house, sys.executable, "receiving.py", PYTHONPATH=library, SMS_METHOD="GET")


def test_an_app_in_node_is_asked_with_get(house: House) -> None:
    modules = str(installed_from_npm("twilio", NODE[-1]))
    check_conversation(house, "node", "receiving.js", NODE_PATH=modules, SMS_METHOD="GET")


def check_conversation(house: House, language: str, program: str, **environment: str) -> None:
    """The app texts a person, who answers; the app answers that. It believed all that it was told, and only that."""
    address, number = house.line()
    with house.talking(language, PROGRAMS / program, address, number, **environment) as app:
        assert app.stdout is not None
        assert app.stdout.readline() == "ready\n"
        person = house.offhook.handset(address)
        person.wait_for("Hello")
        house.offhook.clock.settle()  # the app is told of that text before it is asked about the next
        person.text(number, "Grüß Gott & 1+1=2")
        answer = person.wait_for("You said")
        house.offhook.clock.settle()
        printed, complained = app.communicate("", timeout=PATIENCE)
    assert (app.returncode, complained) == (0, "")
    assert (answer.from_, answer.body) == (number, "You said <Grüß Gott & 1+1=2> & more")
    heard = json.loads(printed)
    assert [(asked["path"], asked["status"]) for asked in heard] == [
        ("/status", "sent"),
        ("/status", "delivered"),
        ("/sms", "received"),
    ]
    assert heard[-1]["body"] == "Grüß Gott & 1+1=2"
    assert [(asked["believed"], asked["fooled"]) for asked in heard] == [(True, False)] * 3
