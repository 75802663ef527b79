"""One Offhook for all tests that only look at how it answers a browser."""

from collections.abc import Iterator

import pytest

from offhook.roles.connection import Connection
from tests.console.browsers import running


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    with running(tmp_path_factory.mktemp("data")) as found:
        yield found
