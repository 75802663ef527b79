"""Writes the list of operations into the API page when the pages are built, read off the program itself.

MkDocs calls `on_page_markdown` for each page; where the marker stands, every operation gets its method and path, what
its docstring says, its parameters and Twilio's page about it. So there is nothing to keep in step by hand.
"""

import importlib
import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from offhook import products
from offhook.web import Operation, Router
from offhook.web.openapi import describe

MARKER = "<!-- operations -->"
SLICES = [
    *sorted(
        f"offhook.products.{path.parents[1].name}" for path in Path(products.__path__[0]).glob("*/api/__init__.py")
    ),
    "offhook.console",
]
_PAGE = re.compile(r"https://www\.twilio\.com/docs/[^\s,()]+")


def on_page_markdown(markdown: str, **_: object) -> str:
    """MkDocs' hook."""
    return markdown.replace(MARKER, written(operations())) if MARKER in markdown else markdown


class Anything:
    """Stands where a service would: nothing is called, only what is declared is read."""

    def __getattr__(self, _name: str) -> "Anything":
        return self


def operations() -> list[Operation]:
    """Every operation of every front door, as a role collects them."""
    found: list[Operation] = []
    for name in SLICES:
        resources = importlib.import_module(name).resources
        found += resources(*(Anything() for _ in inspect.signature(resources).parameters))
    return Router(found).operations


def written(served: Iterable[Operation]) -> str:
    """The operations as Markdown: a heading for each slice, one below it for each operation."""
    return "\n\n".join(_lines(list(served)))


def _lines(served: list[Operation]) -> Iterator[str]:
    described = describe(served, server="", version="")["paths"]
    slice_ = ""
    for operation in served:
        if (its := operation.function.__module__.partition(".api.")[0]) != slice_:
            slice_ = its
            yield f"## {slice_.rpartition('.')[2].capitalize()}"
        path = path_of(operation)
        yield f"### `{operation.method} {path}`"
        yield from _about(operation, described[path][operation.method.lower()])


def _about(operation: Operation, described: dict[str, Any]) -> Iterator[str]:
    page = _PAGE.search(sys.modules[operation.function.__module__].__doc__ or "")
    yield described["description"] + (f" [Twilio's page]({page[0]})." if page else "")
    rows = list(_rows(described))
    if rows:
        yield "\n".join(["| parameter | value | |", "|---|---|---|", *rows])


def _rows(described: dict[str, Any]) -> Iterator[str]:
    body = described.get("requestBody", {}).get("content", {})
    for form in body.values():
        required = form["schema"]["required"]
        for name, schema in form["schema"]["properties"].items():
            yield _row(name, schema, name in required)
    for parameter in described["parameters"]:
        if parameter["in"] == "query":
            yield _row(parameter["name"], parameter["schema"], parameter["required"])


def _row(name: str, schema: dict[str, Any], required: bool) -> str:
    return f"| `{name}` | {_value(schema)} | {'required' if required else ''} |"


def _value(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return ", ".join(f"`{choice}`" for choice in schema["enum"])
    if schema["type"] == "array":
        return f"{_value(schema['items'])}, may be repeated"
    return {"string": "text", "integer": "whole number", "number": "number", "boolean": "`true` or `false`"}[
        schema["type"]
    ]


def path_of(operation: Operation) -> str:
    """The path on the single origin, with the product's prefix and the dialect's extension."""
    product = operation.resource.product
    prefix = "" if product == "api" else f"/{product}"
    return f"{prefix}{operation.path}{operation.extension}"
