"""CSV as Twilio writes it: a line with the fields' names in CamelCase, then a line for each thing (RFC 4180).

A list of values stands in one cell as `[a, b]`, an object as JSON; the links to subresources are left out.

In one thing we differ. A cell that begins with `=`, `@`, `+` or `-` is a formula to a spreadsheet, and what strangers
text to a number stands in these cells. So such a cell begins with an apostrophe here, which spreadsheets take for
"this is text"; numbers and phone numbers are left as they are.
https://owasp.org/www-community/attacks/CSV_Injection
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from offhook.exchanges import redaction
from offhook.web.params import wire_name
from offhook.web.resource import Resource

LEFT_OUT = frozenset({"subresource_uris"})
FORMULA = ("=", "@", "+", "-", "\t", "\r")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


def one(resource: Resource, shown: Any) -> bytes:
    """One thing."""
    return _table(resource, [msgspec.to_builtins(shown)])


def page(resource: Resource, page: dict[str, Any]) -> bytes:
    """A page of a list, without its links."""
    return _table(resource, msgspec.to_builtins(page[resource.key]))


def error(body: dict[str, Any]) -> bytes:
    """Twilio's error object."""
    return _written([map(wire_name, body), map(_cell, body.values())])


def kept(body: bytes) -> str:
    """A table of ours as the record of exchanges may show it, without the values of secret columns."""
    if not body:
        return ""
    names, *rows = csv.reader(io.StringIO(body.decode(), newline=""))
    secret = [redaction.is_secret(name) for name in names]
    shown = [
        [redaction.REDACTED if hidden and cell else cell for hidden, cell in zip(secret, row, strict=True)]
        for row in rows
    ]
    return redaction.body(_written([names, *shown])) if any(secret) else redaction.body(body)


def _table(resource: Resource, rows: Sequence[dict[str, Any]]) -> bytes:
    fields = [field for field in resource.fields or (rows[0] if rows else ()) if field not in LEFT_OUT]
    return _written([map(wire_name, fields), *([_cell(row[field]) for field in fields] for row in rows)])


def _written(rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(map(_cell, value))}]"
    if isinstance(value, dict):
        return msgspec.json.encode(value).decode()
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) and not _NUMBER.fullmatch(text) else text
