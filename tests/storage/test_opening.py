"""Which database a process opens."""

import asyncio
import sqlite3

import pytest

from offhook.runtime import Work
from offhook.storage import StorageError, open_database
from offhook.storage.postgres import PostgresDatabase
from offhook.storage.sqlite import SqliteDatabase


async def opened(url, folder):
    database = await open_database(url, folder, Work())
    await database.close()
    return type(database)


def test_without_a_url_it_is_a_file_in_the_folder(tmp_path):
    assert asyncio.run(opened(None, tmp_path)) is SqliteDatabase
    with sqlite3.connect(tmp_path / "offhook.db") as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_sqlite_url_names_a_file(tmp_path):
    path = tmp_path / "odd name #1?.db"
    assert asyncio.run(opened(f"sqlite:///{path}", tmp_path)) is SqliteDatabase
    assert path.exists()


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_a_postgresql_url_names_a_server(server, tmp_path, scheme):
    name = server.new_database()
    try:
        url = server.url(name).replace("postgresql:", f"{scheme}:")
        assert asyncio.run(opened(url, tmp_path)) is PostgresDatabase
    finally:
        server.drop_database(name)


def test_another_kind_of_url_is_refused(tmp_path):
    with pytest.raises(ValueError, match="mysql://"):
        asyncio.run(opened("mysql://u:secret@host/db", tmp_path))


def test_a_database_that_cannot_be_opened_is_unavailable(server, tmp_path):
    for url in (
        f"sqlite:///{tmp_path}/no/such/folder/x.db",
        f"postgresql://postgres@/x?host={tmp_path}",
        server.url("no_such_database"),
    ):
        with pytest.raises(StorageError) as caught:
            asyncio.run(opened(url, tmp_path))
        assert caught.value.kind == "unavailable"
