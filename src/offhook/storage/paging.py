"""Pages that stay in place while rows are added: a page begins behind a row, not at a count.

The token in a page's links carries that row's `seq`: `PA` (the page after it) or `PB` (the page before it) and a number
in hexadecimal. Newest rows come first, as in Twilio's lists. Where a list is in the order of a moment, such as the one
at which its rows were made, `seq` decides between rows of the same moment only, and the token carries the moment, too:
`PA1f-63f0a1`. So an index that begins with what is filtered and goes on with the moment and `seq` finds any page, and
any period, without looking at what lies outside.
"""

import dataclasses
import re
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import FromClause, tuple_
from sqlalchemy.sql.elements import KeyedColumnElement
from sqlalchemy.sql.selectable import Select

from offhook.storage.database import Database
from offhook.storage.statement import Query

R = TypeVar("R", bound=msgspec.Struct)
DEFAULT_SIZE = 50
LARGEST_SIZE = 1000
LARGEST_SEQ = 2**63 - 1
_TOKEN = re.compile("(?P<kind>PA|PB)(?P<seq>[0-9a-f]{1,16})(?:-(?P<at>[0-9a-f]{1,16}))?")


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which page is asked for: `size` rows, the `number` shown to the caller, behind or before a row.

    `after` and `before` are that row's `seq`, `at` its moment in lists that are in the order of one.
    """

    size: int = DEFAULT_SIZE
    number: int = 0
    after: int | None = None
    before: int | None = None
    at: int | None = None

    @property
    def begins_anywhere(self) -> bool:
        """Whether it begins neither behind a row nor before one."""
        return self.after is None and self.before is None


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Rows, newest first, and the tokens of the neighbouring pages (None at either end)."""

    rows: list[R]
    request: PageRequest
    next_token: str | None
    previous_token: str | None


def parse_token(token: str) -> tuple[int | None, int | None, int | None]:
    """`(after, before, at)` of a page token. Raises ValueError when it is none of ours."""
    found = _TOKEN.fullmatch(token)
    seq = int(found["seq"], 16) if found else LARGEST_SEQ + 1
    at = int(found["at"], 16) if found and found["at"] else None
    if found is None or max(seq, at or 0) > LARGEST_SEQ:
        raise ValueError("not a page token")
    return (seq, None, at) if found["kind"] == "PA" else (None, seq, at)


@dataclass(frozen=True, slots=True)
class Period:
    """The column of the moment that a list is in the order of; the first and the last moment that are wanted, if any.

    Records have a field of the column's name.
    """

    column: KeyedColumnElement[Any]
    since: int | None = None
    until: int | None = None

    def of(self, row: Any) -> int:
        """The moment of a record."""
        found: int = getattr(row, self.column.key)
        return found


async def read_page(
    database: Database,
    clause: Select[Any],
    table: FromClause,
    into: type[R],
    request: PageRequest,
    *,
    by: Period | None = None,
    then: Select[Any] | None = None,
    beside: Select[Any] | None = None,
    oldest_first: bool = False,
) -> Page[R]:
    """Read one page of `clause`, whose records have a `seq`: newest first, unless asked for the other way round.

    With `by` they are in the order of a moment. Other rows can join those of `clause`: all of `then` come after them
    (and after the period), and are only looked at when they do not fill the page; those of `beside` are anywhere
    between. A page that is asked for by its number alone has neither.
    """
    order = _Order[R](table.c.seq, by, request, ascending=(request.before is not None) != oldest_first)
    rows: list[R] = []
    for part in (then, clause) if request.before is not None else (clause, then):
        if part is not None and len(rows) <= request.size:
            placed = order.placed(part, bounded=part is clause).limit(request.size + 1 - len(rows))
            rows += await database.all(Query(placed, into))
    if beside is not None:
        placed = order.placed(beside).limit(request.size + 1)
        rows = order.merged(rows + await database.all(Query(placed, into)))
    return order.page(rows)


async def search_page(
    database: Database,
    clause: Select[Any],
    table: FromClause,
    into: type[R],
    request: PageRequest,
    *,
    by: Period,
    through: Select[Any],
    most: int,
) -> Page[R]:
    """Read one page of `clause`, for which `most` rows of `through` are looked through, and no more.

    `through` has the same rows and those that do not match. If the page is not full by then, the neighbouring page
    begins where this one stopped looking, so that a page may be empty and others follow.
    """
    backwards = request.before is not None
    start = _Order[R](table.c.seq, by, dataclasses.replace(request, number=0), ascending=backwards)
    last = start.placed(through.with_only_columns(by.column, table.c.seq)).offset(most - 1).limit(1)
    end = await database.first(Query(last, lambda at, seq: (at, seq)))
    if end is None:
        return await read_page(database, clause, table, into, request, by=by)
    here, there = tuple_(by.column, table.c.seq), tuple_(*end)
    clause = clause.where(here <= there if backwards else here >= there)
    if request.at is not None:  # both bounds, or PostgreSQL does not guess how few that are
        clause = clause.where(by.column.between(*sorted((end[0], request.at))))
    page = await read_page(database, clause, table, into, request, by=by)
    if backwards:
        return dataclasses.replace(page, previous_token=page.previous_token or f"PB{end[1]:x}-{end[0]:x}")
    return dataclasses.replace(page, next_token=page.next_token or f"PA{end[1]:x}-{end[0]:x}")


class _Order(Generic[R]):
    """The order of a list as far as a page of it needs to know."""

    def __init__(self, seq: Any, by: Period | None, request: PageRequest, *, ascending: bool) -> None:
        self._seq, self._by, self._request, self._ascending = seq, by, request, ascending

    def placed(self, part: Select[Any], *, bounded: bool = True) -> Select[Any]:
        """The rows where the page begins, and what follows, in order."""
        by, request, ascending = self._by, self._request, self._ascending
        order = [self._seq] if by is None else [by.column, self._seq]
        part = part.order_by(*(column.asc() if ascending else column.desc() for column in order))
        if by is not None and bounded:
            part = self._bounded(part, by)
        start = request.after if request.before is None else request.before
        if start is None:
            return part.offset(request.number * request.size) if request.number else part
        if by is None or request.at is None:
            return part.where(self._seq > start if ascending else self._seq < start)
        here, place = tuple_(by.column, self._seq), tuple_(request.at, start)
        return part.where(here > place if ascending else here < place)

    def _bounded(self, part: Select[Any], by: Period) -> Select[Any]:
        """Within the period. A bound that the page's own begin makes needless is left out: SQLite uses only one."""
        at = None if self._request.begins_anywhere else self._request.at
        if by.since is not None and not (self._ascending and at is not None and at >= by.since):
            part = part.where(by.column >= by.since)
        if by.until is not None and (self._ascending or at is None or at > by.until):
            part = part.where(by.column <= by.until)
        return part

    def merged(self, rows: list[R]) -> list[R]:
        """Rows of two lists, each in order, as one."""
        return sorted(rows, key=lambda row: self._place(row)[::-1], reverse=not self._ascending)

    def page(self, rows: list[R]) -> Page[R]:
        """The page that begins with these rows, and its neighbours' tokens."""
        request = self._request
        more, rows = len(rows) > request.size, rows[: request.size]
        backwards = request.before is not None
        if not rows:
            return Page(rows, request, None, None)
        if backwards:
            rows.reverse()
        has_next = more or backwards
        has_previous = more if backwards else request.number > 0 or request.after is not None
        following, previous = f"PA{self._name(rows[-1])}", f"PB{self._name(rows[0])}"
        return Page(rows, request, following if has_next else None, previous if has_previous else None)

    def _place(self, row: Any) -> tuple[int, int]:
        return row.seq, 0 if self._by is None else self._by.of(row)

    def _name(self, row: Any) -> str:
        seq, at = self._place(row)
        return f"{seq:x}" if self._by is None else f"{seq:x}-{at:x}"
