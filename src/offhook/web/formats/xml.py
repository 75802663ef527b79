"""XML as Twilio writes it: every field an element, in a `TwilioResponse`.

A field's name is written in CamelCase, what is null or empty as an empty element. A page is an element whose
attributes say where it stands. URIs lead to XML again, so they lose their `.json`. A character that XML cannot hold
(a control character in somebody's text) becomes U+FFFD.
https://www.twilio.com/docs/usage/twilios-response
"""

import re
from html import escape
from typing import Any

import msgspec

from offhook.web.params import wire_name
from offhook.web.resource import Resource, singular

HEAD = "<?xml version='1.0' encoding='UTF-8'?>\n"
WHERE = ("page", "page_size", "start", "end", "uri", "first_page_uri", "previous_page_uri", "next_page_uri")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 §2.2
_LINKS = "subresource_uris"


def one(resource: Resource, shown: Any) -> bytes:
    """One thing."""
    return _document(_element(resource.element, "", msgspec.to_builtins(shown)))


def page(resource: Resource, page: dict[str, Any]) -> bytes:
    """A page of a list."""
    name = wire_name(resource.key)
    where = "".join(f' {key.replace("_", "")}="{_text(page[key], quote=True)}"' for key in WHERE if key in page)
    rows = "".join(_element(resource.element, "", row) for row in msgspec.to_builtins(page[resource.key]))
    return _document(f"<{name}{where}>{rows}</{name}>" if rows else f"<{name}{where}/>")


def error(body: dict[str, Any]) -> bytes:
    """Twilio's error object."""
    return _document(_element("RestException", "", body))


def _document(inner: str) -> bytes:
    return f"{HEAD}<TwilioResponse>{inner}</TwilioResponse>".encode()


def _element(name: str, key: str, value: Any) -> str:
    """An element called `name`; `key` is the field that it shows."""
    if isinstance(value, dict):
        inner = "".join(
            _element(wire_name(inside), key if key == _LINKS else inside, each) for inside, each in value.items()
        )
    elif isinstance(value, list):
        inner = "".join(_element(singular(name), key, each) for each in value)
    else:
        is_link = key in ("uri", _LINKS) or key.endswith("_uri")
        inner = _text(value.removesuffix(".json") if is_link and isinstance(value, str) else value)
    return f"<{name}>{inner}</{name}>" if inner else f"<{name}/>"


def _text(value: Any, *, quote: bool = False) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(_FORBIDDEN.sub("\ufffd", str(value)), quote=quote).replace("\r", "&#13;")
