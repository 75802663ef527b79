"""A file that changes is applied without a restart; one that makes no sense is logged once and changes nothing."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from offhook.roles import reloading
from offhook.testing.calling import Api
from offhook.testing.running import Running, settings_for

NUMBER = '[[numbers]]\nphone_number = "+14155550100"\nsms_url = "http://127.0.0.1:5000/{}"\n'
LOOK_EVERY = 0.02


class House:
    """An Offhook that looks at its file often, and what it logs."""

    def __init__(self, file: Path, logged: list[dict]) -> None:
        self.file = file
        self.logged = logged
        self.api: Api

    def urls(self) -> list[str]:
        """The webhooks of all numbers, the newest number first."""
        listed = self.api.get(self.api.in_account("IncomingPhoneNumbers"))["incoming_phone_numbers"]
        return [number["sms_url"].rpartition("/")[2] for number in listed]

    def events(self) -> list[str]:
        return [line["event"] for line in self.logged if line["event"] != "number_adopted"]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setattr(reloading, "LOOK_EVERY", LOOK_EVERY)
    file = tmp_path / "offhook.toml"
    file.write_text(NUMBER.format("one"))
    with structlog.testing.capture_logs() as logged, Running(settings_for(tmp_path / "data"), file) as found:
        made = House(file, logged)
        made.api = Api(found.url, found.account_sid, found.auth_token)
        yield made


def eventually(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < until
        time.sleep(LOOK_EVERY)


def some_looks() -> None:
    time.sleep(8 * LOOK_EVERY)


def test_a_change_is_applied_and_logged(house):
    assert house.urls() == ["one"]
    house.file.write_text(NUMBER.format("two"))
    eventually(lambda: house.urls() == ["two"])
    assert house.logged[-1]["changed"] == ["number +14155550100"]


def test_a_file_that_is_renamed_into_place_is_applied_too(house):
    draft = house.file.with_name("draft")
    draft.write_text(NUMBER.format("two"))
    os.replace(draft, house.file)
    eventually(lambda: house.urls() == ["two"])


def test_a_file_that_makes_no_sense_is_logged_once_and_changes_nothing(house):
    for nonsense in ("port = = 1", NUMBER.format("two") + "foo = 1", NUMBER.format("two") + "[x]"):
        before = len(house.logged)
        house.file.write_text(nonsense)
        eventually(lambda: len(house.logged) > before)  # noqa: B023
        some_looks()
        (line,) = house.logged[before:]
        assert (line["event"], line["log_level"]) == ("declarations_refused", "error")
        assert str(house.file) in line["problem"]
        assert house.urls() == ["one"]
    house.file.write_text(NUMBER.format("three"))
    eventually(lambda: house.urls() == ["three"])


def test_a_number_that_vanishes_from_the_file_is_kept_and_so_it_is_when_the_file_vanishes(house):
    house.file.write_text('[[handsets]]\naddress = "+1*"\ndelay = 1')
    eventually(lambda: "declarations_applied" in house.events()[1:])
    house.file.unlink()
    some_looks()
    assert house.urls() == ["one"]
    house.file.write_text(NUMBER.format("back"))
    eventually(lambda: house.urls() == ["back"])


def test_a_setting_that_changes_needs_a_restart_and_that_is_said(house):
    house.file.write_text("port = 4\n" + NUMBER.format("two"))
    eventually(lambda: "restart_needed" in house.events())
    assert house.logged[-1]["settings"] == ["port"]
    assert house.urls() == ["two"]


def test_touching_the_file_changes_nothing(house):
    updated = house.api.get(house.api.in_account("IncomingPhoneNumbers"))
    before = len(house.logged)
    house.file.touch()
    some_looks()
    assert house.api.get(house.api.in_account("IncomingPhoneNumbers")) == updated
    assert house.logged[before:] == []


def test_time_can_be_advanced_while_the_file_is_watched(house):
    assert house.api.post("/offhook/v1/Clock", Advance="3600")["mode"] == "virtual"
