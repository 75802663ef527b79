"""The pytest plugin: the fixture `offhook`, and what happened, told at the end of a test that failed.

pytest loads this file in every run on a machine that has Offhook installed, so it imports nothing until it is used.
"""

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from offhook.testing.offhook import Offhook


@pytest.fixture
def offhook(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> "Iterator[Offhook]":
    """A fresh Offhook for this test: empty, on free ports, with a virtual clock; see `offhook.testing`."""
    from offhook.testing.offhook import Offhook
    from offhook.testing.running import Running, quiet, settings_for

    settings = settings_for(tmp_path_factory.mktemp("offhook"))
    with quiet(), Running(settings) as found, Offhook(found.url, found.account_sid, found.auth_token) as running:
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        yield running


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that failed is told what happened, unless its own message does already."""
    report = yield
    offhook = getattr(item, "funcargs", {}).get("offhook")
    if report.when == "call" and report.failed and offhook is not None and call.excinfo is not None:
        told = "What the phone" in str(call.excinfo.value)
        if not told:
            report.sections.append(("Offhook", offhook.story()))
    return report
