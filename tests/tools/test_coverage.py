"""COVERAGE.md is what the code says, counted rightly."""

import asyncio
import json
import re
from pathlib import Path
from urllib.request import urlopen

import pytest

from offhook.roles.everything import Everything
from offhook.roles.settings import Settings
from offhook.web import VERSIONED, Call, Operation, Resource
from tools.coverage import PAGE, PRODUCTS, Row, check, offhook_operations, page, rows, strangers
from tools.operations import TwilioOperation

ROOMS = Resource("video", "/v1/Rooms", VERSIONED, view=lambda room, _call: room, key="rooms")


@ROOMS.create
async def create(_rooms: None, _call: Call, *, unique_name: str = "", type: str = "group") -> None:
    """Make a room."""


def twilios(*parameters: str) -> list[TwilioOperation]:
    """An API of two operations."""
    return [TwilioOperation("video", "/v1/Rooms", "GET"), TwilioOperation("video", "/v1/Rooms", "POST", parameters)]


def test_the_page_in_the_repository_is_what_the_code_says(twilio: list[TwilioOperation]) -> None:
    assert PAGE.read_text() == page(twilio, offhook_operations()), "run `make coverage`"


def test_a_stale_or_missing_page_fails_the_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = tmp_path / "COVERAGE.md"
    assert check(written, "right") == 1
    written.write_text("right")
    assert check(written, "right") == 0
    written.write_text("wrong")
    assert check(written, "right") == 1
    assert "`make coverage`" in capsys.readouterr().out
    assert written.read_text() == "wrong"


def test_an_operation_that_knows_every_parameter_is_done() -> None:
    absent, done = rows(twilios("UniqueName", "Type"), ROOMS.bind(None))
    assert done == Row("video", "POST /v1/Rooms", "done")
    assert absent == Row("video", "GET /v1/Rooms", "absent")


def test_the_parameters_that_an_operation_does_not_know_are_listed() -> None:
    partly = rows(twilios("UniqueName", "MaxParticipants", "Type", "EmptyRoomTimeout"), ROOMS.bind(None))[1]
    assert partly == Row("video", "POST /v1/Rooms", "partly", ("MaxParticipants", "EmptyRoomTimeout"))


def test_names_of_path_parameters_and_extensions_do_not_matter() -> None:
    calls = Resource("api", "/2010-04-01/Accounts/{account_sid}/Calls", VERSIONED, view=ROOMS.view)
    calls.delete(create)
    theirs = TwilioOperation("api", "/2010-04-01/Accounts/{owner}/Calls/{call_sid}.json", "DELETE")
    assert [row.state for row in rows([theirs], calls.bind(None))] == ["done"]


def test_an_operation_under_twilios_name_that_twilio_does_not_have_is_told() -> None:
    misspelt = Resource("video", "/v1/Room", VERSIONED, view=ROOMS.view)
    misspelt.create(create)
    ours_alone = Resource("offhook", "/v1/Exchanges", VERSIONED, view=ROOMS.view)
    ours_alone.create(create)
    served = [*ROOMS.bind(None), *misspelt.bind(None), *ours_alone.bind(None)]
    assert strangers(twilios(), served) == ["`POST /v1/Room` of video"]
    assert "`POST /v1/Room` of video" in page(twilios(), served)


def test_the_page_counts_each_product(twilio: list[TwilioOperation]) -> None:
    shown = page(twilio, list(ROOMS.bind(None)))
    videos = sum(operation.product == "video" for operation in twilio)
    assert f"| [video](#video) | 0 | 1 | {videos - 1} | {videos} |" in shown
    assert re.search(r"\| \*\*all\*\* \| 0 \| 1 \| \d+ \| \d+ \|", shown)
    assert re.findall(r"^## (\S+)$", shown, re.MULTILINE) == list(PRODUCTS)
    assert shown.count("` | absent |") == sum(operation.product in PRODUCTS for operation in twilio) - 1


def test_a_product_outside_the_plan_is_shown_once_something_of_it_is_answered(twilio: list[TwilioOperation]) -> None:
    documents = Resource("sync", "/v1/Services", VERSIONED, view=ROOMS.view)
    documents.create(create)
    assert "\n## sync\n" not in page(twilio, [])
    assert "\n## sync\n" in page(twilio, list(documents.bind(None)))


def test_what_is_counted_is_what_a_running_offhook_serves(tmp_path: Path) -> None:
    served = asyncio.run(_served(tmp_path))
    assert {_served_as(operation) for operation in offhook_operations()} == served


async def _served(folder: Path) -> set[str]:
    everything = Everything(Settings(data=folder, port=0, tls_port=0))
    connection = await everything.start()
    try:
        described = json.loads(await asyncio.to_thread(_read, f"{connection.url}/openapi.json"))
    finally:
        await everything.stop()
    return {f"{method.upper()} {path}" for path, methods in described["paths"].items() for method in methods}


def _read(url: str) -> bytes:
    with urlopen(url, timeout=10) as answer:
        content: bytes = answer.read()
    return content


def _served_as(operation: Operation) -> str:
    prefix = "" if operation.resource.product == "api" else f"/{operation.resource.product}"
    return f"{operation.method} {prefix}{operation.path}{operation.extension}"
