"""Every operation of Twilio's API, read off the source of the pinned `twilio` package; `make operations` writes them.

The SDK is generated from Twilio's own description, so each of its requests has one form, and reading that form is
enough: nothing is imported or run.

    class ServiceList(ListResource):
        def __init__(self, version):
            self._uri = "/Services"                                        the path, under its version's
        def _create(self, friendly_name, ...):
            data = values.of({"FriendlyName": friendly_name, ...})         the parameters
            return self._version.create_with_response_info(method="POST", uri=self._uri, data=data)

The package is 22 MB of source, most of it repetition (asynchronous twins, docstrings), so a file is cut into its
methods first and only those that make a request go through `ast`. A request in a form that is not understood is an
error here, never a hole in the table.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

TABLE = Path(__file__).parents[1] / "src/offhook/web/operations.txt"
UNCOUNTED = frozenset({"Accept", "Content-Type", "Page", "PageSize", "PageToken", "pageSize", "pageToken"})

_METHOD_OR_CLASS = re.compile(r"^(?=class |    (?:async )?def |    class |    @)", re.MULTILINE)
_HOST = re.compile(r'super\(\).__init__\(twilio, "https://([a-z-]+)\.twilio\.com"\)')
_VERSION = re.compile(r'super\(\).__init__\(domain, "([\w-]+)"\)')
_REQUEST = re.compile(r"self\._version\.\w+\(\s*method=")


@dataclass(frozen=True, slots=True, order=True)
class TwilioOperation:
    """One method on one path; `path` names its parameters as the SDK does, `parameters` are those of the request."""

    product: str  # the first label of the host
    path: str
    method: str
    parameters: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """`api POST /2010-04-01/Accounts/{}/Messages.json`."""
        return f"{self.product} {self.method} {re.sub(r'{.*?}', '{}', self.path)}"


def main() -> int:
    """Write the table."""
    text = table(twilio_operations())
    TABLE.write_text(text)
    print(f"{TABLE.name}: {len(text.splitlines()) - 1} operations of twilio {version('twilio')}")
    return 0


def table(operations: Iterable[TwilioOperation]) -> str:
    """The table as it is kept in the repository: a line that says where it is from, then a line an operation."""
    lines = sorted({operation.line for operation in operations})
    return "\n".join([f"# twilio {version('twilio')}: `make operations` writes this file", *lines, ""])


def twilio_operations() -> list[TwilioOperation]:
    """All operations of the installed package, sorted. Raises ValueError for a request that is not understood."""
    found: dict[tuple[str, str, str], TwilioOperation] = {}
    for root, product, prefix in _versions(_package() / "rest"):
        for file in sorted(root.rglob("*.py")):
            for method, uri, parameters in requests_in(file.read_text(), str(file)):
                path = f"/{prefix}/{uri.strip('/')}"  # as Version.relative_uri joins them
                earlier = found.get((product, path, method))
                both = dict.fromkeys((*(earlier.parameters if earlier else ()), *parameters))
                found[product, path, method] = TwilioOperation(product, path, method, tuple(both))
    return sorted(found.values())


def requests_in(source: str, name: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The requests that the classes of one file make: HTTP method, path under the version, parameters.

    Raises ValueError for a request whose method or path is not written out.
    """
    uri = None
    for piece in _METHOD_OR_CLASS.split(source):
        if piece.startswith("class "):
            uri = None
        elif piece.startswith("    def __init__(") and "self._uri" in piece:
            uri = _uri(_function(piece))
        elif piece.startswith("    def ") and _REQUEST.search(piece):
            function = _function(piece)
            if uri is None:
                raise ValueError(f"{name}: {function.name} makes a request, but no path was found")
            yield _http_method(function, name), uri, tuple(_parameters(function, source))


def _package() -> Path:
    spec = find_spec("twilio")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("the package twilio is not installed")
    return Path(spec.origin).parent


def _versions(rest: Path) -> Iterator[tuple[Path, str, str]]:
    """Folder, product and first part of the path of each version of each product."""
    for domain in sorted(rest.glob("*/*Base.py")):
        host = _HOST.search(domain.read_text())
        if host is None:
            raise ValueError(f"{domain}: no host")
        for package in sorted(domain.parent.glob("*/__init__.py")):
            prefix = _VERSION.search(package.read_text())
            if prefix is None:
                raise ValueError(f"{package}: no version")
            yield package.parent, host[1], prefix[1]


def _function(piece: str) -> ast.FunctionDef:
    node = ast.parse(f"class _:\n{piece}").body[0]
    if isinstance(node, ast.ClassDef) and isinstance(node.body[0], ast.FunctionDef):
        return node.body[0]
    raise ValueError(f"not a method: {piece[:60]!r}")


def _uri(function: ast.FunctionDef) -> str | None:
    """`self._uri = "…"` or `"…".format(…)`."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "self._uri":
            value = node.value
            if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "format":
                value = value.func.value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                return value.value
    return None


def _http_method(function: ast.FunctionDef, name: str) -> str:
    for call in ast.walk(function):
        if isinstance(call, ast.Call):
            given = {keyword.arg: keyword.value for keyword in call.keywords}
            method, uri = given.get("method"), given.get("uri")
            if isinstance(method, ast.Constant) and uri is not None and ast.unparse(uri) == "self._uri":
                return str(method.value)
    raise ValueError(f"{name}: the request of {function.name} is not understood")


def _parameters(function: ast.FunctionDef, source: str) -> Iterator[str]:
    """The names on the wire, headers included (`If-Match`)."""
    for node in ast.walk(function):
        match node:
            case ast.Call(func=ast.Attribute(attr="of"), args=[ast.Dict(keys=keys)]):
                yield from _names(keys)
            case ast.Assign(targets=[ast.Subscript(slice=key)]):
                yield from _names([key])
            case ast.Call(func=ast.Attribute(attr="prefixed_collapsible_map"), args=[_, prefix]):
                yield from _names([prefix])
            case ast.Call(func=ast.Attribute(attr="to_dict", value=ast.Name(id=argument))):
                yield from _body(function, argument, source)


def _names(keys: Iterable[ast.expr | None]) -> Iterator[str]:
    for key in keys:
        if isinstance(key, ast.Constant) and key.value not in UNCOUNTED:
            yield str(key.value)


def _body(function: ast.FunctionDef, argument: str, source: str) -> Iterator[str]:
    """The keys of a JSON body: its argument's annotation names a class of the same file, whose `to_dict` lists them."""
    kind = next(a.annotation for a in function.args.args if a.arg == argument)
    for name in re.findall(r"\w+", ast.unparse(kind) if kind else ""):
        written = re.search(rf"class {name}\(object\):.*?def to_dict\(self\):\s+return (?={{)", source, re.DOTALL)
        if written:
            end = source.index("\n            }\n", written.end())
            shown = ast.parse(source[written.end() : end + len("\n            }\n")].strip(), mode="eval").body
            yield from _names(shown.keys) if isinstance(shown, ast.Dict) else ()
            return


if __name__ == "__main__":
    sys.exit(main())
