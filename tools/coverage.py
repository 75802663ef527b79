"""COVERAGE.md: which of Twilio's operations Offhook answers, and which of their parameters it takes.

Nobody keeps this page: `make coverage` writes it, and `--check` (a test too) says when it is stale. Twilio's side is
read off the source of its SDK (`tools.operations`); ours off the functions of the resources, whose keyword-only
arguments are the declarations that serve the requests.
"""

import argparse
import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Literal

import offhook.products
from offhook.web import Operation
from offhook.web.params import declared
from tools.operations import TwilioOperation, twilio_operations

PAGE = Path(__file__).parents[1] / "COVERAGE.md"
PRODUCTS = (
    *("api", "messaging", "voice", "verify", "lookups", "conversations", "video", "serverless", "trunking"),
    *("accounts", "iam", "oauth", "monitor", "events", "webhooks"),
)
OURS_ALONE = "offhook"  # the product of the API that Twilio does not have

State = Literal["done", "partly", "absent"]
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One operation of Twilio, and how far we are."""

    product: str
    name: str  # `POST /v1/Services/{sid}`
    state: State
    missing: tuple[str, ...] = ()  # the parameters that a `partly` done operation does not know


def main(arguments: list[str] | None = None) -> int:
    """Write the page, or with `--check` say whether the one that is there is right."""
    parser = argparse.ArgumentParser(prog="coverage", description="COVERAGE.md: what of Twilio's API is answered")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when the page is stale")
    if not parser.parse_args(arguments).check:
        PAGE.write_text(page(twilio_operations(), offhook_operations()))
        return 0
    return check(PAGE, page(twilio_operations(), offhook_operations()))


def check(path: Path, right: str) -> int:
    """0 when the file at `path` says what is right, else 1."""
    if path.is_file() and path.read_text() == right:
        return 0
    print(f"{path.name} is stale; `make coverage` writes it")
    return 1


def offhook_operations() -> list[Operation]:
    """What we answer: the resources of all slices and the console. Declarations need no service, so none is built."""
    found: list[Operation] = []
    slices = [slice_.name for slice_ in pkgutil.iter_modules(offhook.products.__path__, "offhook.products.")]
    for name in (*slices, "offhook.console"):
        resources = getattr(importlib.import_module(name), "resources", None)
        if resources is not None:
            found += resources(*(_Nobody() for _ in inspect.signature(resources).parameters))
    return found


def rows(twilio: Iterable[TwilioOperation], ours: Iterable[Operation]) -> list[Row]:
    """A row for each of Twilio's operations, in their order."""
    known = {_key_of(o): {p.name for p in declared(o.function)} for o in ours}
    return [
        _row(operation, known.get(_key(operation.product, operation.method, operation.path))) for operation in twilio
    ]


def strangers(twilio: Iterable[TwilioOperation], ours: Iterable[Operation]) -> list[str]:
    """What we serve among Twilio's products that its SDK does not know: newer than the SDK, or a slip in a path."""
    theirs = {_key(o.product, o.method, o.path) for o in twilio}
    served = [o for o in ours if o.resource.product != OURS_ALONE]
    return [
        f"`{o.name}` of {o.resource.product}"
        for o in served
        if _key(o.resource.product, o.method, o.path) not in theirs
    ]


def page(twilio: list[TwilioOperation], ours: list[Operation]) -> str:
    """The whole page, of operations sorted by product."""
    by_product = {p: list(group) for p, group in groupby(rows(twilio, ours), lambda row: row.product)}
    begun = [p for p, its in by_product.items() if p not in PRODUCTS and any(row.state != "absent" for row in its)]
    shown = {product: by_product.pop(product) for product in (*PRODUCTS, *begun) if product in by_product}
    lines = [*_opening(), *_summary(shown), *_others(by_product), *_strange(strangers(twilio, ours))]
    for product, its in shown.items():
        lines += _section(product, its)
    return "\n".join([*lines, ""])


class _Nobody:
    """Stands where a service would; asked for a part of it, it is that part too."""

    def __getattr__(self, _name: str) -> "_Nobody":
        return self


def _key(product: str, method: str, path: str) -> Key:
    return product, method, re.sub(r"{.*?}", "{}", path).removesuffix(".json")


def _key_of(operation: Operation) -> Key:
    return _key(operation.resource.product, operation.method, operation.path)


def _row(operation: TwilioOperation, known: set[str] | None) -> Row:
    name = f"{operation.method} {operation.path}"
    if known is None:
        return Row(operation.product, name, "absent")
    missing = tuple(p for p in operation.parameters if p not in known)
    return Row(operation.product, name, "partly" if missing else "done", missing)


def _opening() -> Iterator[str]:
    yield "# Coverage"
    yield ""
    yield f"What Offhook answers of Twilio's API, as Twilio's Python SDK {version('twilio')} knows it."
    yield "`make coverage` writes this page from the code."
    yield ""
    yield "- **done**: the operation is answered and knows every parameter."
    yield "- **partly**: it is answered, but does not know the parameters listed; one that is sent is logged, shown in"
    yield "  the inspector, and refused with `OFFHOOK_STRICT=1`."
    yield "- **absent**: the answer is 501 with error 20501."
    yield ""


def _summary(shown: dict[str, list[Row]]) -> Iterator[str]:
    yield "| product | done | partly | absent | of |"
    yield "|---|---:|---:|---:|---:|"
    for product, its in shown.items():
        yield f"| [{product}](#{product}) | {_counts(its)} |"
    yield f"| **all** | {_counts([row for its in shown.values() for row in its])} |"
    yield ""


def _counts(its: list[Row]) -> str:
    states = [row.state for row in its]
    return " | ".join(str(n) for n in (*(states.count(s) for s in ("done", "partly", "absent")), len(its)))


def _others(left: dict[str, list[Row]]) -> Iterator[str]:
    if left:
        yield "Of Twilio's other products every operation is absent:"
        yield f"{', '.join(f'{product} ({len(its)})' for product, its in left.items())}."


def _strange(names: list[str]) -> Iterator[str]:
    if names:
        yield ""
        yield f"Answered, though the SDK does not know it: {', '.join(names)}."


def _section(product: str, its: list[Row]) -> Iterator[str]:
    yield from ("", f"## {product}", "", "| operation | state | parameters missing |", "|---|---|---|")
    for row in its:
        yield f"| `{row.name}` | {row.state} | {', '.join(f'`{name}`' for name in row.missing)} |"


if __name__ == "__main__":
    sys.exit(main())
