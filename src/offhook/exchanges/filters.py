"""Which exchanges somebody wants to see. Every filter that is given must match."""

from typing import Any, TypeAlias
from urllib.parse import quote, quote_plus

import msgspec
from sqlalchemy import ColumnElement, Table, literal_column, or_
from sqlalchemy.sql.selectable import Select

from offhook.storage import unsearched

FAILED = "status IS NULL OR status >= 400 OR error_code IS NOT NULL"  # word for word the condition of an index
Conditions: TypeAlias = list[ColumnElement[bool]]


class Filters(msgspec.Struct, kw_only=True, frozen=True):
    """What the exchanges have in common. Times in UTC microseconds, `since` and `until` included.

    `statuses` is the first and the last HTTP status; `url` and `text` are parts of the URL and of either body, in any
    case, `text` also as a form encodes it.
    `failed` asks for those without an answer, with a status from 400 on or with an error, or for all others.
    """

    account_sid: str | None = None
    resource_sid: str | None = None
    direction: str | None = None
    kind: str | None = None
    method: str | None = None
    statuses: tuple[int, int] | None = None
    failed: bool | None = None
    url: str | None = None
    text: str | None = None
    since: int | None = None
    until: int | None = None

    @property
    def outside(self) -> "Filters":
        """The same without those that look into what an exchange says."""
        return msgspec.structs.replace(self, url=None, text=None)

    def applied(self, clause: Select[Any], table: Table) -> Select[Any]:
        """`clause` with a condition for each filter that is given, but for `since` and `until`: they bound the page."""
        return clause.where(*self._equal(table), *self._with_status(table), *self._containing(table), *self._outcome())

    def _equal(self, table: Table) -> Conditions:
        names = ("account_sid", "resource_sid", "direction", "kind", "method")
        found = [table.c[name] == value for name in names if (value := getattr(self, name)) is not None]
        if self.account_sid is not None and self.resource_sid is not None:  # which has few exchanges
            found[0] = unsearched(table.c.account_sid) == self.account_sid
        return found

    def _with_status(self, table: Table) -> Conditions:
        return [] if self.statuses is None else [table.c.status.between(*self.statuses)]

    def _containing(self, table: Table) -> Conditions:
        found: Conditions = [] if self.url is None else [_contains(table.c.url, self.url)]
        if self.text is not None:
            columns = (table.c.request_body, table.c.response_body)
            found.append(or_(*(_contains(column, part) for column in columns for part in _spellings(self.text))))
        return found

    def _outcome(self) -> Conditions:
        if self.failed is None:
            return []
        return [literal_column(f"({FAILED})" if self.failed else f"NOT ({FAILED})")]


def _spellings(text: str) -> list[str]:
    """A text as it is, and as forms write it: `two words`, `two+words`, `two%20words`."""
    return sorted({text, quote_plus(text), quote(text, safe="")})


def _contains(column: ColumnElement[str], part: str) -> ColumnElement[bool]:
    """Whether `part` stands in a text, in any case (SQLite knows the case of ASCII only)."""
    return column.icontains(part, autoescape=True)
