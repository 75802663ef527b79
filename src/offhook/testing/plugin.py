"""The pytest plugin: the fixture `offhook`, and what happened, told at the end of a test that failed.

pytest loads this file in every run where Offhook is installed, so what is heavy is imported when it is used.
"""

from collections.abc import Generator, Iterator
from http.client import HTTPException

import pytest

from offhook.testing import NoSuchTextError, Offhook, RefusedError


@pytest.fixture
def offhook(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Offhook]:
    """A fresh Offhook for this test: empty, on free ports, with a virtual clock; see `offhook.testing`."""
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
    found = getattr(item, "funcargs", {}).get("offhook")
    told = call.excinfo is not None and call.excinfo.errisinstance(NoSuchTextError)
    if report.when == "call" and report.failed and not told and isinstance(found, Offhook):
        report.sections.append(("Offhook", _story(found)))
    return report


def _story(offhook: Offhook) -> str:
    try:
        return offhook.story()
    except (OSError, HTTPException, ValueError, RefusedError) as problem:
        return f"It does not say what happened: {problem!r}"
