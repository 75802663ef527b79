"""OpenAPI 3.1, read off the same signatures and views that serve the requests: there is no second description.

https://spec.openapis.org/oas/v3.1.0
"""

import inspect
import re
import types
from collections.abc import Iterable
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

import msgspec

from offhook.storage.paging import DEFAULT_SIZE, LARGEST_SIZE
from offhook.web.dialect import API_2010
from offhook.web.params import LARGEST_PAGE, Parameter
from offhook.web.request import WITH_FORM
from offhook.web.resource import Operation, Resource

Schema: TypeAlias = dict[str, Any]

FORM = "application/x-www-form-urlencoded"
ERROR_SCHEMA = {
    "type": "object",
    "required": ["code", "message", "more_info", "status"],
    "properties": {
        "code": {"type": "integer", "description": "Twilio's error code"},
        "message": {"type": "string"},
        "more_info": {"type": "string", "format": "uri"},
        "status": {"type": "integer", "description": "the HTTP status"},
    },
}
FORMATS = (
    "The 2010 API. The end of the path says the format of the answer, also of an error: `.json` as written here, "
    "`.xml` and `.csv` for the same in XML and CSV. Without extension it is XML, unless `Accept` refuses that."
)
_TEXT, _WHOLE = {"type": "string"}, {"type": "integer"}
_LINK = {"type": ["string", "null"]}
PAGE_2010 = {
    **dict.fromkeys(("page", "page_size", "start", "end"), _WHOLE),
    **dict.fromkeys(("uri", "first_page_uri"), _TEXT),
    **dict.fromkeys(("next_page_uri", "previous_page_uri"), _LINK),
}
META = {
    **dict.fromkeys(("page", "page_size"), _WHOLE),
    **dict.fromkeys(("key", "url", "first_page_url"), _TEXT),
    **dict.fromkeys(("next_page_url", "previous_page_url"), _LINK),
}
_JSON_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}


def describe(operations: Iterable[Operation], *, server: str, version: str) -> dict[str, Any]:
    """The document for `operations`, served at `server` (product prefixes included in the paths)."""
    operations = list(operations)
    schemas, components = _components(operations)
    paths: dict[str, Any] = {}
    for operation in operations:
        described = _operation(operation, schemas.get(operation.resource.view))
        paths.setdefault(_path(operation), {})[operation.method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": {"title": "Offhook", "version": version, "description": "The phone network as an API."},
        "servers": [{"url": server}],
        "security": [{"account": []}],
        "tags": [_tag(product) for product in dict.fromkeys(o.resource.product for o in operations)],
        "paths": paths,
        "components": {
            "schemas": {**components, "Error": ERROR_SCHEMA},
            "securitySchemes": {
                "account": {"type": "http", "scheme": "basic", "description": "Account SID and auth token"}
            },
        },
    }


def _components(operations: list[Operation]) -> tuple[dict[Any, Schema], dict[str, Any]]:
    """The schema of what each view shows (a reference), and the schemas that are referred to."""
    shapes = {operation.resource.view: operation.resource.shape for operation in operations}
    known = {view: shape for view, shape in shapes.items() if shape is not None}
    schemas, components = msgspec.json.schema_components(known.values(), ref_template="#/components/schemas/{name}")
    return dict(zip(known, schemas, strict=True)), components


def _path(operation: Operation) -> str:
    prefix = "" if operation.resource.product == "api" else f"/{operation.resource.product}"
    return f"{prefix}{operation.path}{operation.extension}"


def _tag(product: str) -> dict[str, Any]:
    return {"name": product, "description": FORMATS} if product == "api" else {"name": product}


def _operation(operation: Operation, shown: Schema | None) -> dict[str, Any]:
    in_body = operation.method in WITH_FORM
    document = inspect.getdoc(operation.function) or ""
    described: dict[str, Any] = {
        "operationId": _identifier(operation),
        "summary": document.partition("\n")[0],
        "description": document,
        "tags": [operation.resource.product],
        "parameters": _path_parameters(operation),
        "responses": _responses(operation, shown),
    }
    if operation.public:
        described["security"] = [{}, {"account": []}]
    if in_body and operation.binder.parameters:
        described["requestBody"] = _body(operation.binder.parameters)
    elif not in_body:
        described["parameters"] += [_query_parameter(p) for p in operation.binder.parameters]
        described["parameters"] += _paging() if operation.binder.paged else []
    return described


def _identifier(operation: Operation) -> str:
    """Unique, since it tells the verb, the product and the whole path: `CreateMessagingV1ServicesPhoneNumbers`."""
    path = operation.path.removeprefix("/2010-04-01/Accounts/{account_sid}/").removeprefix("/2010-04-01/")
    names = [segment for segment in path.split("/") if segment and not segment.startswith("{")]
    return operation.verb.capitalize() + "".join(n[:1].upper() + n[1:] for n in (operation.resource.product, *names))


def _path_parameters(operation: Operation) -> list[dict[str, Any]]:
    names = re.findall(r"{(\w+)}", operation.path)
    return [{"name": n, "in": "path", "required": True, "schema": {"type": "string"}} for n in names]


def _query_parameter(p: Parameter) -> dict[str, Any]:
    return {"name": p.name, "in": "query", "required": p.required, "schema": _schema(p.annotation)}


def _paging() -> list[dict[str, Any]]:
    schemas = {
        "PageSize": {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": DEFAULT_SIZE},
        "Page": {"type": "integer", "minimum": 0, "maximum": LARGEST_PAGE, "default": 0},
        "PageToken": {"type": "string"},
    }
    return [{"name": n, "in": "query", "required": False, "schema": s} for n, s in schemas.items()]


def _body(parameters: list[Parameter]) -> dict[str, Any]:
    schema = {
        "type": "object",
        "properties": {p.name: _schema(p.annotation) for p in parameters},
        "required": [p.name for p in parameters if p.required],
    }
    return {"required": bool(schema["required"]), "content": {FORM: {"schema": schema}}}


def _schema(annotation: Any) -> dict[str, Any]:
    if get_origin(annotation) is Annotated:
        return _schema(get_args(annotation)[0])
    if get_origin(annotation) in (types.UnionType, Union):
        return _schema(next(a for a in get_args(annotation) if a is not type(None)))
    if get_origin(annotation) is list:
        return {"type": "array", "items": _schema(get_args(annotation)[0])}
    if get_origin(annotation) is Literal:
        return {"type": "string", "enum": list(get_args(annotation))}
    return {"type": _JSON_TYPES[annotation]}


def _responses(operation: Operation, shown: Schema | None) -> dict[str, Any]:
    success: dict[str, Any] = {"description": "done"}
    if operation.verb == "list":
        success["content"] = {"application/json": {"schema": _list(operation.resource, shown or {})}}
    elif operation.verb == "content":
        success["content"] = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
    elif operation.verb != "delete":
        success["content"] = {"application/json": {"schema": shown or {}}}
    refused = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {str(operation.status): success, "default": {"description": "refused", "content": refused}}


def _list(resource: Resource, item: Schema) -> Schema:
    """A page: in the 2010 API its links stand beside the list, elsewhere in `meta`."""
    rows = {"type": "array", "items": item}
    if resource.dialect is API_2010:
        return _object({resource.key: rows, **PAGE_2010})
    return _object({resource.key: rows, "meta": _object(META)})


def _object(properties: dict[str, Any]) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}
