"""The rows that accounts own in one table: kept, changed, removed, found by SID, listed.

Many tables are used in the same way, so the SQL is written once. A row can be reached only together with
the account that owns it.
"""

from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Table, delete, update

from offhook.storage.database import Database
from offhook.storage.paging import Page, PageRequest, read_page
from offhook.storage.schema import given
from offhook.storage.statement import Query, Statement, reading
from offhook.storage.unit import Step, Unit

R = TypeVar("R", bound=msgspec.Struct)


class Rows(Generic[R]):
    """The rows of `table`, which has seq, sid, account_sid and date_updated; each is a `record`."""

    def __init__(self, table: Table, record: type[R]) -> None:
        self._table = table
        self._record = record
        self._own = (table.c.account_sid == given("of_account"), table.c.sid == given("of_sid"))
        self._reading = reading(table, record)
        self._insert = Statement.insert(table)
        self._delete = Statement(delete(table).where(*self._own))
        self._by_sid = Query(self._reading.where(*self._own), record)

    def add(self, unit: Unit, record: R) -> Step:
        """Keep a record. The unit fails with StorageError("conflict") when a unique value is taken."""
        return unit.add(self._insert, msgspec.structs.asdict(record))

    def change(self, unit: Unit, account_sid: str, sid: str, changes: dict[str, Any], now: int) -> Step:
        """Set some fields; the step changes no row when the account has no such row."""
        values = {name: given(f"new_{name}") for name in changes}
        clause = update(self._table).where(*self._own).values({**values, "date_updated": given("now")})
        new = {f"new_{name}": value for name, value in changes.items()}
        return unit.add(Statement(clause), {**new, "now": now, "of_account": account_sid, "of_sid": sid})

    def remove(self, unit: Unit, account_sid: str, sid: str) -> Step:
        """Remove a row; the step changes no row when there is none."""
        return unit.add(self._delete, {"of_account": account_sid, "of_sid": sid})

    async def by_sid(self, database: Database, account_sid: str, sid: str) -> R | None:
        """The account's record with this SID."""
        return await database.first(self._by_sid, of_account=account_sid, of_sid=sid)

    async def page(
        self, database: Database, account_sid: str, request: PageRequest, *conditions: ColumnElement[bool]
    ) -> Page[R]:
        """The account's records for which every condition holds, newest first."""
        clause = self._reading.where(self._table.c.account_sid == account_sid, *conditions)
        return await read_page(database, clause, self._table, self._record, request)
