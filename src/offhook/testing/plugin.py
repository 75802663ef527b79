"""The pytest plugin: the fixture `offhook`, and what happened, told at the end of a test that failed.

pytest loads this file in every run where Offhook is installed, so what is heavy is imported when it is used.
"""

from collections.abc import Generator, Iterator

import pytest

from offhook.testing import NoSuchTextError, Offhook
from offhook.testing.warm import Warm, Where

WHERE: tuple[Where, ...] = ("thread", "process")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--offhook=process`, or `offhook = "process"` in pytest's settings."""
    meaning = "where the fixture's Offhook runs: in a thread of the test process (the default), or a process of its own"
    parser.getgroup("offhook").addoption("--offhook", choices=WHERE, help=meaning)
    parser.addini("offhook", meaning, default="thread")


@pytest.fixture(scope="session")
def _warm_offhook(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    """The Offhook of this test process; each worker of pytest-xdist has one."""
    where = request.config.getoption("offhook") or request.config.getini("offhook")
    if where not in WHERE:
        raise pytest.UsageError(f"the setting offhook is {where!r}; it can be {' or '.join(WHERE)}")
    warm = Warm(where, lambda: tmp_path_factory.mktemp("offhook"))
    yield warm
    warm.close()


@pytest.fixture
def offhook(_warm_offhook: Warm) -> Iterator[Offhook]:
    """A fresh Offhook for this test: empty, on a virtual clock; see `offhook.testing`."""
    with _warm_offhook.fresh() as fresh:
        yield fresh


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that failed is told what happened, unless its own message does already."""
    report = yield
    found = getattr(item, "funcargs", {}).get("offhook")
    told = call.excinfo is not None and call.excinfo.errisinstance(NoSuchTextError)
    if report.when == "call" and report.failed and not told and isinstance(found, Offhook):
        report.sections.append(("Offhook", found.try_to_tell()))
    return report
