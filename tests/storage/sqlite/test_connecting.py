"""How a SQLite file is opened."""

import sqlite3
from contextlib import closing

import pytest

from offhook.storage.sqlite.connecting import open_for_reading, open_for_writing


def test_a_reading_connection_sees_commits_and_cannot_write(tmp_path):
    path = tmp_path / "a name with # and ?.db"
    with closing(open_for_writing(path)) as writing, closing(open_for_reading(path)) as reading:
        writing.execute("CREATE TABLE words (word)")
        writing.execute("INSERT INTO words VALUES ('hello')")
        assert reading.execute("SELECT word FROM words").fetchall() == [("hello",)]
        for statement in ("INSERT INTO words VALUES ('no')", "PRAGMA query_only = OFF", "DELETE FROM words"):
            with pytest.raises(sqlite3.OperationalError) if "words" in statement else closing(reading.cursor()):
                reading.execute(statement)


def test_a_file_that_is_not_there_cannot_be_opened_for_reading(tmp_path):
    with pytest.raises(sqlite3.OperationalError):
        open_for_reading(tmp_path / "nothing.db")
    assert list(tmp_path.iterdir()) == []
