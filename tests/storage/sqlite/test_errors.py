"""SQLite's result codes in the words of the port."""

import sqlite3
from contextlib import closing

import pytest

from offhook.storage import StorageError
from offhook.storage.sqlite.errors import translated

TABLE = "CREATE TABLE t (a INTEGER PRIMARY KEY, b UNIQUE, c NOT NULL DEFAULT 1, d CHECK (d < 9), e REFERENCES t(a))"


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("INSERT INTO t (a) VALUES (1)", "conflict"),
        ("INSERT INTO t (b) VALUES (1)", "conflict"),
        ("INSERT INTO t (e) VALUES (77)", "conflict"),
        ("INSERT INTO t (c) VALUES (NULL)", "broken"),
        ("INSERT INTO t (d) VALUES (10)", "broken"),
        ("INSERT INTO t (a) VALUES ('word')", "broken"),
        ("INSERT INTO nowhere VALUES (1)", "broken"),
        ("INSERT INTO t (b) VALUES (?)", "broken"),
        ("INSERT INTO t (b) VALUES (zeroblob(100000))", "full"),
    ],
)
def test_each_failure_has_its_kind(statement, kind):
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(TABLE)
        connection.execute("INSERT INTO t (a, b) VALUES (1, 1)")
        connection.commit()
        connection.execute("PRAGMA max_page_count = 5")
        with pytest.raises(sqlite3.Error) as caught:
            connection.execute(statement)
        found = translated(caught.value)
        assert isinstance(found, StorageError)
        assert (found.kind, found.__cause__) == (kind, caught.value)


def test_other_errors_stay_what_they_are():
    problem = KeyError("weight")
    assert translated(problem) is problem
