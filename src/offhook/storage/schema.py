"""The one table registry, and the column kinds every table is made of.

Times are UTC microseconds and money is micro-units, both BIGINT, so that SQLite and PostgreSQL hold the same values
and compare them the same way. Every tenant's row has `account_sid` and an ascending `seq`.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Column,
    ColumnElement,
    Identity,
    Integer,
    MetaData,
    Text,
    bindparam,
    func,
)
from sqlalchemy import text as sql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import Select
from sqlalchemy.types import NullType

metadata = MetaData()
GIVEN = object()  # stands in a compiled statement for a value that comes at run time


def seq() -> Column[int]:
    """The ascending number of a row, given by the database."""
    return Column("seq", BigInteger().with_variant(Integer, "sqlite"), Identity(), primary_key=True)


def instant(name: str, *, nullable: bool = False) -> Column[Any]:
    """A moment in UTC microseconds."""
    return Column(name, BigInteger, nullable=nullable)


def text(name: str, *, nullable: bool = False, unique: bool = False) -> Column[Any]:
    """A text; never null unless asked for."""
    return Column(name, Text, nullable=nullable, unique=unique or None)


def given(name: str) -> BindParameter[Any]:
    """A value that the caller gives at run time, under a name of its own."""
    return bindparam(name, GIVEN, type_=NullType())


def where(condition: str) -> dict[str, Any]:
    """What an `Index` is told that has only the rows for which a condition is true."""
    return {"sqlite_where": sql(condition), "postgresql_where": sql(condition)}


def unsearched(column: Column[Any]) -> ColumnElement[Any]:
    """A text column as no index knows it: for a condition that others are better than at finding the rows.

    SQLite knows how many rows an index has for a value only if it was told by ANALYZE, and then only on average.
    """
    return func.coalesce(column, "")


class among(ColumnElement[Any]):  # noqa: N801 - used like an SQL operator
    """Whether a column has one of the values that a SELECT of its own finds. That is done first, and its rows are few.

    Of `IN (SELECT …)` PostgreSQL makes a join, and may read the whole table for it.
    """

    type = NullType()  # of a Boolean SQLAlchemy asks SQLite whether it is 1, and then no index is used
    inherit_cache = False

    def __init__(self, column: ColumnElement[Any], values: Select[Any]) -> None:
        self.column, self.values = column, values.scalar_subquery()


@compiles(among, "sqlite")
def _among_in_sqlite(element: among, compiler: Any, **options: Any) -> str:
    return f"{compiler.process(element.column, **options)} IN {compiler.process(element.values, **options)}"


@compiles(among, "postgresql")
def _among_in_postgresql(element: among, compiler: Any, **options: Any) -> str:
    return f"{compiler.process(element.column, **options)} = ANY(ARRAY{compiler.process(element.values, **options)})"


class database_now(FunctionElement[int]):  # noqa: N801 - used like an SQL function
    """The database's own time in microseconds. Leases are measured with it, never with the product's clock."""

    type = BigInteger()
    inherit_cache = True


@compiles(database_now, "sqlite")
def _now_in_sqlite(_element: database_now, _compiler: Any, **_options: Any) -> str:
    return "CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)"


@compiles(database_now, "postgresql")
def _now_in_postgresql(_element: database_now, _compiler: Any, **_options: Any) -> str:
    return "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)"
