"""A REST resource: a path, a dialect, a view, and up to six plain functions.

All operations of Twilio's main APIs are a create, list, fetch, update or delete of some resource. A function takes
its slice's service, the `Call`, the path's parameters (what it calls the last one, the path does too), and then,
keyword-only, the parameters of the request:

    messages = Resource("api", "/2010-04-01/Accounts/{account_sid}/Messages", API_2010, view, key="messages")

    @messages.fetch
    async def fetch(messaging: Messaging, call: Call, sid: str) -> Message | None: ...

It returns a record (None is a 404), a list returns a `Page` of records, a delete whether there was something. `view`
turns a record into what the caller sees. What is a file besides (a picture, a recording) also declares a `content`,
which returns a `Content` or None: without extension the path is the file's, with `.json` the record's.

A slice offers `resource.bind(service)` to the role that serves it.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_type_hints

import msgspec

from offhook.web.dialect import Dialect
from offhook.web.params import Binder, binder_of, wire_name

Verb = Literal["create", "list", "fetch", "update", "delete", "content"]
Function = Callable[..., Awaitable[Any]]

METHODS: dict[Verb, str] = {
    "create": "POST",
    "list": "GET",
    "fetch": "GET",
    "update": "POST",
    "delete": "DELETE",
    "content": "GET",
}
STATUSES: dict[Verb, int] = {"create": 201, "list": 200, "fetch": 200, "update": 200, "delete": 204, "content": 200}
OF_EVERY_FUNCTION = 2  # arguments: the service and the call
ON_ONE: frozenset[Verb] = frozenset({"fetch", "update", "delete", "content"})


@dataclass
class Resource:
    """One resource of the API. `path` is Twilio's, without extension; `product` is the first label of its host."""

    product: str
    path: str
    dialect: Dialect
    view: Callable[[Any, Any], Any]
    key: str = ""  # the name of the list in a page
    alone: bool = False  # one of its kind: fetched and updated at `path` itself
    public_content: bool = False  # the file is for whoever knows its URL; the operation sees an `anonymous` identity
    rehearsed: frozenset[Verb] = frozenset()  # what test credentials may ask; the identity tells the function
    statuses: dict[Verb, int] = field(default_factory=dict)
    methods: dict[Verb, str] = field(default_factory=dict)  # where Twilio's are others than usual
    functions: dict[Verb, Function] = field(default_factory=dict)

    @property
    def element(self) -> str:
        """What XML calls one of it: `Message`, `OutgoingCallerId`."""
        fixed = [segment for segment in self.path.split("/") if segment and not segment.startswith("{")]
        return singular(wire_name(self.key or fixed[-1]))

    @property
    def shape(self) -> type[msgspec.Struct] | None:
        """What the view shows, if its signature says so."""
        shown = get_type_hints(self.view).get("return")
        return shown if isinstance(shown, type) and issubclass(shown, msgspec.Struct) else None

    @property
    def fields(self) -> Sequence[str]:
        """The names of what is shown, as they are written; none if that differs from one to the next."""
        return [field.encode_name for field in msgspec.structs.fields(self.shape)] if self.shape else []

    def create(self, function: Function) -> Function:
        """POST to the list."""
        return self._add("create", function)

    def list(self, function: Function) -> Function:
        """GET of the list, in pages."""
        return self._add("list", function)

    def fetch(self, function: Function) -> Function:
        """GET of one."""
        return self._add("fetch", function)

    def update(self, function: Function) -> Function:
        """POST to one."""
        return self._add("update", function)

    def delete(self, function: Function) -> Function:
        """DELETE of one."""
        return self._add("delete", function)

    def content(self, function: Function) -> Function:
        """GET of the file that belongs to one."""
        return self._add("content", function)

    def bind(self, service: Any) -> "Sequence[Operation]":
        """The operations of this resource, done by `service`."""
        return [Operation(self, verb, function, service) for verb, function in self.functions.items()]

    def _add(self, verb: Verb, function: Function) -> Function:
        if verb in self.functions:
            raise ValueError(f"declared twice: {verb} of {self.path}")
        if verb == "list" and not self.key:
            raise ValueError(f"the list of {self.path} needs a key")
        self.functions[verb] = function
        if {"fetch", "content"} <= self.functions.keys() and not self.dialect.extension:
            raise ValueError(f"{self.path} has no extensions to tell the file from the record")
        return function


def singular(name: str) -> str:
    """The name of one of several: `Message` of `Messages`, `Country`, `Address`, `Media` of `MediaList`."""
    if name.endswith("List"):
        return name[:-4]
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    if name.endswith(("sses", "xes", "ches")):
        return name[:-2]
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name


def _name_of_one(binder: Binder) -> str:
    """What a function calls the last parameter of its path: `sid` most often, or `address`, `digest`."""
    return binder.positional[-1] if len(binder.positional) > OF_EVERY_FUNCTION else "sid"


class Operation:
    """One method on one path, ready to be called."""

    __slots__ = ("binder", "function", "method", "path", "resource", "service", "status", "verb")

    def __init__(self, resource: Resource, verb: Verb, function: Function, service: Any) -> None:
        self.resource = resource
        self.verb: Verb = verb
        self.function = function
        self.service = service
        self.method = resource.methods.get(verb, METHODS[verb])
        self.status = resource.statuses.get(verb, STATUSES[verb])
        self.binder = binder_of(function)
        last = f"/{{{_name_of_one(self.binder)}}}" if verb in ON_ONE and not resource.alone else ""
        self.path = resource.path + last

    @property
    def name(self) -> str:
        """`POST /2010-04-01/Accounts/{account_sid}/Messages.json`, as documentation names it."""
        return f"{self.method} {self.path}{self.extension}"

    @property
    def extension(self) -> str:
        """What documentation writes at the end of the path."""
        return "" if self.verb == "content" else self.resource.dialect.extension

    @property
    def rehearsed(self) -> bool:
        """Whether test credentials may call it. What it does with them has no consequences."""
        return self.verb in self.resource.rehearsed

    @property
    def public(self) -> bool:
        """Whether anybody may call it."""
        return self.verb == "content" and self.resource.public_content
