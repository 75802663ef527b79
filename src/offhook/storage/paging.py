"""Pages that stay in place while rows are added: a page begins behind a row's `seq`, not at a count.

The token in a page's links carries that `seq`: `PA` (the page after it) or `PB` (the page before it) and a number in
hexadecimal. Newest rows come first, as in Twilio's lists.
"""

import re
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import Table
from sqlalchemy.sql.selectable import Select

from offhook.storage.database import Database
from offhook.storage.statement import Query

R = TypeVar("R", bound=msgspec.Struct)
DEFAULT_SIZE = 50
LARGEST_SIZE = 1000
LARGEST_SEQ = 2**63 - 1
_TOKEN = re.compile("(?P<kind>PA|PB)(?P<seq>[0-9a-f]{1,16})")


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which page is asked for: `size` rows, the `number` shown to the caller, behind or before a row."""

    size: int = DEFAULT_SIZE
    number: int = 0
    after: int | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Rows, newest first, and the tokens of the neighbouring pages (None at either end)."""

    rows: list[R]
    request: PageRequest
    next_token: str | None
    previous_token: str | None


def parse_token(token: str) -> tuple[int | None, int | None]:
    """`(after, before)` of a page token. Raises ValueError when it is none of ours."""
    found = _TOKEN.fullmatch(token)
    seq = int(found["seq"], 16) if found else LARGEST_SEQ + 1
    if found is None or seq > LARGEST_SEQ:
        raise ValueError("not a page token")
    return (seq, None) if found["kind"] == "PA" else (None, seq)


async def read_page(
    database: Database,
    clause: Select[Any],
    table: Table,
    into: type[R],
    request: PageRequest,
    *,
    oldest_first: bool = False,
) -> Page[R]:
    """Read one page of `clause`, whose records have a `seq`: newest first, unless asked for the other way round."""
    seq = table.c.seq
    backwards = request.before is not None
    ascending = backwards != oldest_first
    clause = clause.order_by(seq.asc() if ascending else seq.desc()).limit(request.size + 1)
    start = request.before if backwards else request.after
    if start is not None:
        clause = clause.where(seq > start if ascending else seq < start)
    elif request.number:
        clause = clause.offset(request.number * request.size)
    rows = await database.all(Query(clause, into))
    more = len(rows) > request.size
    rows = rows[: request.size]
    if backwards:
        rows.reverse()
    return _page(rows, request, more=more)


def _page(rows: list[R], request: PageRequest, *, more: bool) -> Page[R]:
    if not rows:
        return Page(rows, request, None, None)
    backwards = request.before is not None
    top: int = rows[0].seq  # type: ignore[attr-defined]
    bottom: int = rows[-1].seq  # type: ignore[attr-defined]
    has_next = more or backwards
    has_previous = more if backwards else request.number > 0 or request.after is not None
    return Page(
        rows,
        request,
        f"PA{bottom:x}" if has_next else None,
        f"PB{top:x}" if has_previous else None,
    )
