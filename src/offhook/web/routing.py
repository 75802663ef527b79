"""Finding the operation of a request: host and path become a product and segments, a trie holds the operations.

The cost of a look-up is the number of segments, however many operations there are. One origin serves every product:
`https://messaging.twilio.com/v1/Services` (by Host, also with edge and region: `messaging.dublin.ie1.twilio.com`) and
`http://127.0.0.1:4665/messaging/v1/Services` are the same; `/2010-04-01` needs no prefix. A prefix may also be written
as Python clients name the product (`flex_api`), and of a product that we do not serve it is known as well.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from offhook.web import operations as twilios
from offhook.web.operations import EXTENSIONS
from offhook.web.resource import Operation
from offhook.web.urls import segments_of

TWILIO = ".twilio.com"
ACCOUNT = "account_sid"  # the parameter that says whose things a path is about


@dataclass(frozen=True, slots=True)
class Address:
    """A request's place: the product, Twilio's path (without prefix), and the prefix it was asked under.

    `extension` is `.json`, `.xml` or `.csv` where the path ends so and that says something, else empty.
    """

    product: str
    path: str
    prefix: str
    extension: str = ""


class _Node:
    __slots__ = ("children", "content", "operations", "wildcard")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.wildcard: tuple[str, _Node] | None = None
        self.operations: dict[str, Operation] = {}
        self.content: Operation | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """The operations at a path, by HTTP method, and the values of the path's parameters in order."""

    operations: dict[str, Operation]
    values: tuple[tuple[str, str], ...]

    def operation(self, method: str) -> Operation | None:
        """The one for a request's method; what can be got has a HEAD too."""
        return self.operations.get("GET" if method == "HEAD" else method)

    @property
    def account_sid(self) -> str | None:
        """The account that the path names, if it does."""
        return next((value for name, value in self.values if name == ACCOUNT), None)


def is_twilio(host: str) -> bool:
    """Whether a Host header (with or without port) names one of Twilio's hosts, so that paths are Twilio's own."""
    return host.partition(":")[0].rstrip(".").lower().endswith(TWILIO)


class Router:
    """All operations of a process."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._root = _Node()
        self.operations = list(operations)
        self.products = {operation.resource.product for operation in self.operations}
        self._extended = {o.resource.product for o in self.operations if o.resource.dialect.extension}
        for operation in self.operations:
            self._add(operation)

    def locate(self, host: str, path: str) -> Address:
        """Which product and path a request means. An unknown product is simply found nowhere."""
        if is_twilio(host):
            return self._address(host.partition(".")[0].lower(), path, "")
        first = path[1:].partition("/")[0]
        product = first.replace("_", "-")
        if product != "api" and self._is_product(product):
            return self._address(product, path[len(first) + 1 :] or "/", f"/{first}")
        return self._address("api", path, "")

    def _is_product(self, name: str) -> bool:
        return name in self.products or (name[:1].isalpha() and name in twilios.products())

    def _address(self, product: str, path: str, prefix: str) -> Address:
        named = path[-5:] if path.endswith(".json") else path[-4:]
        extension = named if product in self._extended and named in EXTENSIONS else ""
        return Address(product, path, prefix, extension)

    def find(self, address: Address) -> Match | None:
        """The operations at an address, or None. Segments are compared and returned decoded."""
        path = address.path.removesuffix(address.extension)
        segments = segments_of(path)
        if segments is None:
            return None
        node, values = self._walk(self._root, (address.product, *segments), 0, ()) or (None, ())
        if node is None:
            return None
        if node.content is not None and not address.extension:
            return Match({**node.operations, "GET": node.content}, values)
        return Match(node.operations, values) if node.operations else None

    def _walk(
        self, node: _Node, segments: tuple[str, ...], at: int, values: tuple[tuple[str, str], ...]
    ) -> "tuple[_Node, tuple[tuple[str, str], ...]] | None":
        if at == len(segments):
            return (node, values) if node.operations or node.content else None
        segment = segments[at]
        child = node.children.get(segment)
        if child is not None and (found := self._walk(child, segments, at + 1, values)) is not None:
            return found
        if node.wildcard is None or not segment:
            return None
        name, child = node.wildcard
        return self._walk(child, segments, at + 1, (*values, (name, segment)))

    def _add(self, operation: Operation) -> None:
        node = self._root
        for segment in (operation.resource.product, *operation.path[1:].split("/")):
            if segment.startswith("{"):
                name = segment.strip("{}")
                if node.wildcard is None:
                    node.wildcard = (name, _Node())
                elif ACCOUNT in (name, node.wildcard[0]) and name != node.wildcard[0]:
                    raise ValueError(f"{operation.name}: other operations call this place {{{node.wildcard[0]}}}")
                node = node.wildcard[1]
            else:
                node = node.children.setdefault(segment, _Node())
        if operation.verb == "content":
            if node.content is not None:
                raise ValueError(f"declared twice: {operation.name}")
            node.content = operation
            return
        if operation.method in node.operations:
            raise ValueError(f"declared twice: {operation.name}")
        node.operations[operation.method] = operation
