"""A function's keyword-only arguments are the parameters of an operation.

`async def create(service, call, *, to: str, media_url: list[str] = [])` accepts `To` and any number of `MediaUrl`.
The annotation says how the text is converted; a default makes the parameter optional. Of a name that is given twice
the last one counts; a required parameter that is empty was left out. `Annotated` adds what a type cannot say:
`Missing(21604, …)` names the error for a parameter left out, `Checked(f)` a further check, `Wire("…")` a name that
does not follow from the argument's. Routing, validation, OpenAPI and the coverage table read this.
"""

import inspect
import re
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin
from weakref import WeakKeyDictionary

from offhook.storage import PageRequest, parse_token
from offhook.storage.paging import LARGEST_SIZE
from offhook.web.errors import ApiError, invalid_parameter
from offhook.web.forms import Form

PAGING = frozenset({"Page", "PageSize", "PageToken"})
ACCEPTED_EVERYWHERE = frozenset({"AccountSid"})
Check: TypeAlias = Callable[[str, str], str]
TRUE, FALSE = frozenset({"true", "1"}), frozenset({"false", "0"})
LARGEST_PAGE = 2**31  # the number shown in a page's links; what stands in them besides says where it begins
_WHOLE = re.compile(r"-?[0-9]{1,18}")  # fits a database's integer
_NUMBER = re.compile(r"-?(?:[0-9]{1,18}(?:\.[0-9]{0,18})?|\.[0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class Missing:
    """The error for a parameter that was left out."""

    code: int
    message: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A further check of the text: returns the value to use or raises ApiError. Called with the text and the name."""

    check: Check


@dataclass(frozen=True, slots=True)
class Wire:
    """The parameter's name on the wire, where it is not the argument's in CamelCase."""

    name: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an operation."""

    argument: str
    name: str
    annotation: Any
    convert: Callable[[list[str]], Any]
    required: bool
    missing: Missing | None


def wire_name(argument: str) -> str:
    """`from_` is `From`, `status_callback` is `StatusCallback`."""
    return "".join(word[:1].upper() + word[1:] for word in argument.rstrip("_").split("_"))


def declared(function: Callable[..., Any]) -> list[Parameter]:
    """The parameters that a function declares, in order; `page` is not one of them."""
    signature = inspect.signature(function)
    return [
        _parameter(p)
        for p in signature.parameters.values()
        if p.kind is p.KEYWORD_ONLY and p.annotation is not PageRequest
    ]


def takes_page(function: Callable[..., Any]) -> bool:
    """Whether the function lists things in pages."""
    return any(p.annotation is PageRequest for p in inspect.signature(function).parameters.values())


def positional(function: Callable[..., Any]) -> tuple[str, ...]:
    """The names of the parameters that are not the request's: the service, the call, those of the path."""
    named = inspect.signature(function).parameters.values()
    return tuple(p.name for p in named if p.kind is p.POSITIONAL_OR_KEYWORD)


class Binder:
    """Turns a form into a function's keyword arguments."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.parameters = declared(function)
        self.paged = takes_page(function)
        self.positional = positional(function)
        self._known = {p.name for p in self.parameters} | ACCEPTED_EVERYWHERE | (PAGING if self.paged else set())

    def bind(self, form: Form) -> dict[str, Any]:
        """The arguments. Raises ApiError for one that is missing or wrong."""
        arguments: dict[str, Any] = {}
        for p in self.parameters:
            raw = form.get(p.name)
            if raw is not None and (raw[-1] or not p.required):
                arguments[p.argument] = p.convert(raw)
            elif p.required:
                missing = p.missing or Missing(20001, f"A '{p.name}' parameter is required.")
                raise ApiError(missing.code, missing.message)
        if self.paged:
            arguments["page"] = page_request(form)
        return arguments

    def unknown(self, form: Form) -> list[str]:
        """The names in `form` that the operation has no parameter for."""
        return [name for name in form if name not in self._known]


_binders: WeakKeyDictionary[Callable[..., Any], Binder] = WeakKeyDictionary()


def binder_of(function: Callable[..., Any]) -> Binder:
    """The binder of a function, or of the one that it wraps. Reading a signature is slow: it is done once."""
    origin = inspect.unwrap(function)
    binder = _binders.get(origin)
    if binder is None:
        binder = _binders[origin] = Binder(origin)
    return binder


def page_request(form: Form) -> PageRequest:
    """The page that `PageSize`, `Page` and `PageToken` ask for. Sizes over the largest are cut, as Twilio does."""
    size = _whole_number(form.get("PageSize", ["50"])[-1], "PageSize")
    number = _whole_number(form.get("Page", ["0"])[-1], "Page")
    if size < 1:
        raise invalid_parameter("PageSize", "it must be 1 or more")
    if not 0 <= number <= LARGEST_PAGE:
        raise invalid_parameter("Page", f"it must be from 0 to {LARGEST_PAGE}")
    after = before = at = None
    if token := form.get("PageToken", [""])[-1]:
        try:
            after, before, at = parse_token(token)
        except ValueError:
            raise invalid_parameter("PageToken", "it is not one from a page's links") from None
    return PageRequest(min(size, LARGEST_SIZE), number, after, before, at)


def _parameter(p: inspect.Parameter) -> Parameter:
    kind: Any = p.annotation
    extras: tuple[Any, ...] = ()
    if get_origin(kind) is Annotated:
        kind, *rest = get_args(kind)
        extras = tuple(rest)
    name = next((e.name for e in extras if isinstance(e, Wire)), wire_name(p.name))
    kind, inner = _without_none(kind)
    checks = [e.check for e in (*extras, *inner) if isinstance(e, Checked)]
    missing = next((e for e in extras if isinstance(e, Missing)), None)
    return Parameter(p.name, name, p.annotation, _converter(kind, name, checks), p.default is p.empty, missing)


def _without_none(kind: Any) -> tuple[Any, tuple[Any, ...]]:
    """The type inside `X | None` and inside `Annotated`, with what `Annotated` adds."""
    if get_origin(kind) in (types.UnionType, Union):
        choices = [a for a in get_args(kind) if a is not type(None)]
        if len(choices) != 1:
            raise TypeError(f"a parameter has one type, or one and None: {kind}")
        kind = choices[0]
    if get_origin(kind) is Annotated:
        kind, *extras = get_args(kind)
        return kind, tuple(extras)
    return kind, ()


def _converter(kind: Any, name: str, checks: list[Check]) -> Callable[[list[str]], Any]:
    if get_origin(kind) is not list:
        one = _converter_of_one(kind, name, checks)
        return lambda raw: one(raw[-1])
    item, extras = _without_none(get_args(kind)[0])
    each = _converter_of_one(item, name, [*checks, *(e.check for e in extras if isinstance(e, Checked))])
    return lambda raw: [each(text) for text in raw]


def _converter_of_one(kind: Any, name: str, checks: list[Check]) -> Callable[[str], Any]:
    convert = _scalar(kind, name)
    if not checks:
        return convert

    def checked(text: str) -> Any:
        for check in checks:
            text = check(text, name)
        return convert(text)

    return checked


def _scalar(kind: Any, name: str) -> Callable[[str], Any]:
    if kind is str:
        return str
    if get_origin(kind) is Literal:
        allowed = {str(choice).lower(): choice for choice in get_args(kind)}
        return lambda text: _choice(text, name, allowed)
    if kind not in _SCALARS:
        raise TypeError(f"parameter {name}: no text can be turned into {kind}")
    convert = _SCALARS[kind]
    return lambda text: convert(text, name)


def _choice(text: str, name: str, allowed: Mapping[str, Any]) -> Any:
    if text.lower() not in allowed:
        raise invalid_parameter(name, f"{text!r} is none of {', '.join(map(str, allowed.values()))}")
    return allowed[text.lower()]


def _whole_number(text: str, name: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise invalid_parameter(name, f"{text!r} is not a whole number")
    return int(text)


def _number(text: str, name: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise invalid_parameter(name, f"{text!r} is not a number")
    return float(text)


def _yes_or_no(text: str, name: str) -> bool:
    if text.lower() in TRUE:
        return True
    if text.lower() in FALSE:
        return False
    raise invalid_parameter(name, f"{text!r} is neither true nor false")


_SCALARS: dict[Any, Callable[[str, str], Any]] = {
    int: _whole_number,
    float: _number,
    bool: _yes_or_no,
}
