"""All that a database holds, at once: kept under a name, brought back, or gone.

A snapshot is a folder with the rows of every table and with links to the files that they name. It appears complete
or not at all. Bringing one back is one unit: every row goes, every row of the snapshot comes, or nothing changes.
Whoever does any of this sees to it that nobody else uses the database meanwhile, and forgets what it remembered of it.

Tables declared with `info=LASTING` are no part of this: they are about the people who look at an Offhook, not about
what happens in it.
"""

import asyncio
import os
import shutil
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
from sqlalchemy import MetaData, Table, delete, insert, select

from offhook.storage.database import Database
from offhook.storage.schema import given, metadata
from offhook.storage.statement import Query, Statement
from offhook.storage.unit import Unit

LASTING = {"lasting": True}
ABOUT, ROWS, FILES = "about.json", "rows.msgpack", "files"
Row = tuple[Any, ...]


class Snapshot(msgspec.Struct, frozen=True):
    """What was kept under a name; `date_created` in UTC microseconds of the product's clock."""

    name: str
    date_created: int


class TableRows(msgspec.Struct, frozen=True):
    """A table's rows, the values in the order of `columns`."""

    columns: list[str]
    rows: list[Row]


class Snapshots:
    """The snapshots in `folder`; the files that rows name are in `files`."""

    def __init__(self, folder: Path, files: Path, declared: MetaData = metadata) -> None:
        self._folder = folder
        self._files = files
        self._declared = declared

    async def all(self) -> list[Snapshot]:
        """Every snapshot, by name."""
        return await asyncio.to_thread(self._all)

    async def find(self, name: str) -> Snapshot | None:
        """The snapshot of this name."""
        return await asyncio.to_thread(_about, self._place(name))

    async def save(self, database: Database, snapshot: Snapshot) -> None:
        """Keep everything under a name, instead of what was kept under it before. Raises StorageError, OSError."""
        kept = {
            str(table.name): TableRows(_columns(table), await database.all(_reading(table))) for table in self._tables()
        }
        await asyncio.to_thread(self._save, snapshot, msgspec.msgpack.encode(kept))

    async def fits(self, name: str) -> bool:
        """Whether a snapshot has the tables of this program, and not those of another version. Raises OSError."""
        kept = await self._rows(name)
        columns = {name: held.columns for name, held in kept.items()}
        return columns == {table.name: _columns(table) for table in self._tables()}

    async def bring_back(self, database: Database, name: str) -> None:
        """Hold again what the snapshot, which `fits`, holds, and nothing else. Raises StorageError, OSError."""
        kept = await self._rows(name)
        await asyncio.to_thread(_link_all, self._place(name) / FILES, self._files)
        unit = self._emptying()
        for table in self._tables():
            columns = kept[table.name].columns
            for row in kept[table.name].rows:
                unit.log(_inserting(table), dict(zip(columns, row, strict=True)))
        await database.commit(unit)

    async def empty(self, database: Database) -> None:
        """Hold nothing any more. Raises StorageError, OSError."""
        await database.commit(self._emptying())
        await asyncio.to_thread(shutil.rmtree, self._files, ignore_errors=True)

    async def delete(self, name: str) -> bool:
        """Forget a snapshot; False when there was none."""
        found = await self.find(name)
        if found is not None:
            await asyncio.to_thread(shutil.rmtree, self._place(name))
        return found is not None

    async def _rows(self, name: str) -> dict[str, TableRows]:
        content = await asyncio.to_thread((self._place(name) / ROWS).read_bytes)
        return msgspec.msgpack.decode(content, type=dict[str, TableRows])

    def _tables(self) -> list[Table]:
        """The tables of every slice that was imported, which a role sees to; what refers to another comes later."""
        return [table for table in self._declared.sorted_tables if "lasting" not in table.info]

    def _emptying(self) -> Unit:
        unit = Unit()
        for table in reversed(self._tables()):
            unit.add(_deleting(table), {})
        return unit

    def _place(self, name: str) -> Path:
        return self._folder / f"{quote(name, safe='')}.snapshot"

    def _all(self) -> list[Snapshot]:
        found = [_about(place) for place in self._folder.glob("*.snapshot")]
        return sorted((snapshot for snapshot in found if snapshot is not None), key=lambda snapshot: snapshot.name)

    def _save(self, snapshot: Snapshot, rows: bytes) -> None:
        place = self._place(snapshot.name)
        draft = place.with_suffix(".draft")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True, mode=0o700)
        (draft / ROWS).write_bytes(rows)
        (draft / ABOUT).write_bytes(msgspec.json.encode(snapshot))
        _link_all(self._files, draft / FILES)
        shutil.rmtree(place, ignore_errors=True)
        draft.rename(place)


def _columns(table: Table) -> list[str]:
    return [str(column.name) for column in table.c]


@cache
def _reading(table: Table) -> Query[Row]:
    return Query(select(table).order_by(*table.primary_key), lambda *values: values)


@cache
def _inserting(table: Table) -> Statement:
    return Statement(insert(table).values({c.name: given(c.name) for c in table.c}).inline(), inserts_one=True)


@cache
def _deleting(table: Table) -> Statement:
    return Statement(delete(table))


def _about(place: Path) -> Snapshot | None:
    try:
        return msgspec.json.decode((place / ABOUT).read_bytes(), type=Snapshot)
    except FileNotFoundError:
        return None


def _link_all(source: Path, target: Path) -> None:
    """Every file of one folder in another, without a second copy: a file is never changed, only deleted."""
    for file in source.rglob("*"):
        if file.is_file() and not file.name.startswith("."):
            link = target / file.relative_to(source)
            link.parent.mkdir(parents=True, exist_ok=True)
            if not link.exists():
                os.link(file, link)
