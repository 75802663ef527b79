"""SQL written once with SQLAlchemy Core, compiled once for each database, run by the drivers without SQLAlchemy.

A `Statement` changes rows, a `Query` reads them into records. Values are given by name; the compiled form knows their
order. Compiling costs some 100 microseconds, running a compiled statement nothing: hot statements are module constants.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import Boolean, ColumnElement, Table, bindparam, insert, not_, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import asyncpg
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.selectable import Select

from offhook.storage.schema import GIVEN, given

R = TypeVar("R")
MOST_KEYS = 1000  # that are kept of one column
Values = Mapping[str, Any]

_SQLITE: Dialect = sqlite.dialect(paramstyle="qmark")
_POSTGRES: Dialect = asyncpg.dialect()  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class Compiled:
    """SQL text, the names of its values in order, and the values that the statement itself carries."""

    sql: str
    names: tuple[str, ...]
    constants: Values

    def arguments(self, values: Values) -> tuple[Any, ...]:
        """`values` in the order of the SQL text. Raises KeyError for one that is missing."""
        constants = self.constants
        return tuple([constants[n] if n in constants else values[n] for n in self.names])


def compile_for(clause: ClauseElement, dialect: Dialect) -> Compiled:
    """Compile `clause`; a name declared with `given` has no constant, so leaving its value out is a KeyError."""
    compiled = clause.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    if not isinstance(compiled, SQLCompiler):
        raise TypeError(f"not a statement: {clause}")
    constants = {name: value for name, value in compiled.params.items() if value is not GIVEN}
    return Compiled(compiled.string, tuple(compiled.positiontup or ()), constants)


class Statement:
    """An INSERT, UPDATE or DELETE. With RETURNING, say `returns`: the rows come back in `Step.rows`.

    `inserts_one` says that it adds one row or fails, so that many of them can be sent together.
    """

    def __init__(self, clause: ClauseElement, *, returns: bool = False, inserts_one: bool = False) -> None:
        self.clause = clause
        self.returns = returns
        self.inserts_one = inserts_one
        self.table: str | None = getattr(getattr(clause, "table", None), "name", None)  # that it changes

    @classmethod
    def insert(cls, table: Table, **expressions: Any) -> "Statement":
        """An INSERT of every column of `table` but `seq`; `expressions` replace given values."""
        columns = {c.name: given(c.name) for c in table.columns if c.name != "seq"}
        return cls(insert(table).values({**columns, **expressions}).inline(), inserts_one=True)

    @classmethod
    def insert_unless(cls, table: Table, obstacle: ColumnElement[bool], **expressions: Any) -> "Statement":
        """An INSERT of every column of `table` but `seq`, which adds no row where `obstacle` is true."""
        columns = [c for c in table.columns if c.name != "seq"]
        values = [expressions.get(c.name, bindparam(c.name, GIVEN, type_=c.type)) for c in columns]
        clause = insert(table).from_select([c.name for c in columns], select(*values).where(not_(obstacle)))
        return cls(clause.inline())

    @cached_property
    def sqlite(self) -> Compiled:
        """The form for SQLite."""
        return compile_for(self.clause, _SQLITE)

    @cached_property
    def postgres(self) -> Compiled:
        """The form for PostgreSQL."""
        return compile_for(self.clause, _POSTGRES)


class Query(Generic[R]):
    """A SELECT whose rows become records of the type `into`, its fields in the order of the columns.

    `small` says that it looks up a row of a small table by an index, and that all the time: then even a thread costs
    several times what the query does, and an answer may be kept (its records are shared: nobody changes one). `keys`,
    of a small query with one value, is the column that this value is looked for in; where there are few keys, they are
    kept too, and most values need no look-up to be known as absent.
    """

    def __init__(
        self,
        clause: Select[Any],
        into: Callable[..., R],
        *,
        small: bool = False,
        keys: ColumnElement[str] | None = None,
    ) -> None:
        self.clause = clause
        self.into = into
        self.small = small
        self.keys: Query[str] | None = None
        if keys is not None:
            self.keys = Query(select(keys).order_by(keys).limit(MOST_KEYS + 1), str, small=True)
        froms = clause.get_final_froms() if small else ()
        self.tables = frozenset(table.name for table in froms if isinstance(table, Table))
        columns = clause.selected_columns
        self._booleans = tuple(i for i, c in enumerate(columns) if isinstance(c.type, Boolean))

    @cached_property
    def sqlite(self) -> Compiled:
        """The form for SQLite."""
        return compile_for(self.clause, _SQLITE)

    @cached_property
    def postgres(self) -> Compiled:
        """The form for PostgreSQL."""
        return compile_for(self.clause, _POSTGRES)

    def records(self, rows: Iterable[Sequence[Any]]) -> list[R]:
        """The records of rows as a driver returned them (SQLite's booleans are numbers)."""
        if not self._booleans:
            return [self.into(*row) for row in rows]
        return [self.into(*self._with_booleans(row)) for row in rows]

    def _with_booleans(self, row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for position in self._booleans:
            if values[position] is not None:
                values[position] = bool(values[position])
        return values


def columns_of(table: Table, record: type[msgspec.Struct]) -> list[Any]:
    """The columns of `table` that `record` has fields for, in the order of its fields."""
    return [table.c[name] for name in record.__struct_fields__]


def reading(table: Table, record: type[R]) -> Select[Any]:
    """SELECT of the columns that `record` names; add `.where(...)`."""
    return select(*columns_of(table, record))  # type: ignore[arg-type]
