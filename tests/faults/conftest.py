"""A PostgreSQL server of its own for those tests that restart it; a database of a common one for the others."""

from collections.abc import Iterator

import pytest

from tests.postgresql import Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The PostgreSQL server of this test process."""
    with Server() as running:
        yield running


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server that a test may stop."""
    with Server() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Iterator[dict[str, object]]:
    """Where a program keeps its data: on SQLite, then on PostgreSQL."""
    if request.param == "sqlite":
        yield {}
        return
    found: Server = request.getfixturevalue("server")
    name = found.new_database()
    yield {"server": found, "name": name}
    found.drop_database(name)
