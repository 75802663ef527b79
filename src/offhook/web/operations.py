"""What Twilio has: the methods and paths of its whole API, whether or not we answer them.

A request that we do not serve is refused in one of three ways, and this table says which:

    501  Twilio has this operation, Offhook does not yet    the program is right, we are behind
    405  the path is Twilio's, but not with this method     the program is wrong
    404  Twilio has nothing there                           the program is wrong

`operations.txt` lies beside this file and is read at the first question, into a trie of path segments: the cost of an
answer is the number of segments, not of operations. A line is `product METHOD path` with `{}` for each parameter;
`make operations` writes it from the pinned `twilio` package.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from sys import intern

from offhook.web.errors import ApiError, method_not_allowed, not_for_test_credentials, not_found
from offhook.web.urls import segments_of

TABLE = Path(__file__).with_name("operations.txt")
EXTENSIONS = (".json", ".xml", ".csv")
ANY = "{}"


class _Node:
    __slots__ = ("children", "extended", "methods")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.methods: frozenset[str] = frozenset()
        self.extended = False  # whether the path may be asked with an extension


def known(product: str, method: str, path: str) -> bool:
    """Whether Twilio has this operation; what can be got also has a HEAD.

    `path` is as requested, without query. Where Twilio writes `.json`, `.xml`, `.csv` and nothing will do too.
    """
    return ("GET" if method == "HEAD" else method) in methods(product, path)


def methods(product: str, path: str) -> frozenset[str]:
    """The HTTP methods that Twilio answers at `path`; none for a path that it does not have."""
    found = _nodes(product, path)
    if path.endswith(EXTENSIONS):
        found += [node for node in _nodes(product, path.rpartition(".")[0]) if node.extended]
    return frozenset().union(*(node.methods for node in found))


def refusal(product: str, method: str, path: str, ours: Iterable[str] = (), *, is_test: bool = False) -> ApiError:
    """The error for a request that no operation of ours answers; `ours` are the methods that we do serve at `path`.

    With test credentials (`is_test`) Twilio has far fewer operations, and that is what such a program is told.
    """
    if known(product, method, path):
        if is_test:
            return not_for_test_credentials()
        return ApiError(20501, f"Offhook does not answer {method} {path} of {_label(product)} yet", 501)
    if allowed := methods(product, path).union(ours):
        return method_not_allowed(sorted(allowed))
    return not_found(path)


def products() -> frozenset[str]:
    """The first labels of Twilio's hosts: `api`, `messaging`, `flex-api` …"""
    return frozenset(_root().children)


def _label(product: str) -> str:
    """A product as in host names; Python clients, whose attributes name it otherwise, write `flex_api`."""
    return product.replace("_", "-")


def _nodes(product: str, path: str) -> list[_Node]:
    segments = segments_of(path)
    at = [] if segments is None else [_root()]
    for segment in (_label(product), *(segments or ())):
        at = [child for node in at for child in _children(node, segment)]
    return at


def _children(node: _Node, segment: str) -> Iterator[_Node]:
    """Where a segment leads: a path may be of two resources, a name of the one and a parameter of the other."""
    if segment and segment not in EXTENSIONS:  # no parameter is empty
        for key in (segment, ANY):
            if child := node.children.get(key):
                yield child


@cache
def _root() -> _Node:
    root = _Node()
    for line in TABLE.read_text().splitlines():
        if not line.startswith("#"):
            product, method, path = line.split(" ")
            node = root
            for segment in (product, *path.removesuffix(".json")[1:].split("/")):
                node = _child(node, segment)
            node.methods = _with(node.methods, intern(method))
            node.extended = node.extended or path.endswith(".json")
    return root


def _child(node: _Node, segment: str) -> _Node:
    child = node.children.get(segment)
    if child is None:
        child = node.children[intern(segment)] = _Node()
    return child


@cache
def _with(methods: frozenset[str], method: str) -> frozenset[str]:
    """The set with one more; few different ones exist, so equal ones are one object."""
    return methods | {method}
