"""Pointing a twilio-python client at Offhook with one line: `offhook.patch(client)`.

On a single origin the product is the first part of the path (`/messaging/v1/...`), because several products share
their paths; the 2010 API keeps its own. Every domain of a client (`client.api`, `client.messaging`, ...) is a property
that imports hundreds of modules when it is first asked for, all 39 together for more than a second. So none is
asked for here: the client gets a subclass of its own class whose properties set the base URL of what they return.

twilio itself is never imported, and any version with such properties will do (6 to 9).
"""

import json
import os
from pathlib import Path
from typing import Protocol, TypeVar


class Domain(Protocol):
    """What a client's property returns: `client.messaging`."""

    base_url: str


class Client(Protocol):
    """A twilio-python REST client."""

    edge: str | None
    region: str | None


C = TypeVar("C", bound=Client)


class NotRunningError(LookupError):
    """No Offhook is known here; the message says how to start one."""


def patch(client: C, url: str | None = None) -> C:
    """Sends all requests of a twilio-python client to Offhook, and returns the client.

    `url` is Offhook's origin; by default OFFHOOK_URL, else that of `./.offhook/connection.json`. Edge and region
    are cleared, since they change host names. Credentials stay. Raises NotRunningError, and TypeError for what
    is no client.
    """
    origin = (url or running_url()).rstrip("/")
    kind = type(client)
    domains = {
        name: _redirected(found, origin if name == "api" else f"{origin}/{name}")
        for name in _domain_names(client)
        if isinstance(found := getattr(kind, name, None), property)
    }
    if "api" not in domains:
        raise TypeError(f"not a twilio-python REST client: {client!r}")
    client.__class__ = type(kind.__name__, (kind,), domains)
    client.edge = client.region = None
    return client


def running_url() -> str:
    """The origin of the Offhook to use: OFFHOOK_URL, else `./.offhook/connection.json`. Raises NotRunningError."""
    named = os.environ.get("OFFHOOK_URL")
    if named:
        return named
    path = Path(".offhook", "connection.json")
    try:
        return str(json.loads(path.read_bytes())["url"])
    except FileNotFoundError:
        raise NotRunningError(
            f"no OFFHOOK_URL and no {path} in {Path.cwd()}: start Offhook there with `offhook up`, or name its URL"
        ) from None
    except (ValueError, KeyError, TypeError):
        raise NotRunningError(f"{path.absolute()} is not what `offhook up` writes; start it again") from None


def _domain_names(client: object) -> list[str]:
    """A client keeps each domain that it made, or None, in an attribute of the same name with an underscore."""
    return [name[1:] for name in vars(client) if name.startswith("_") and not name.startswith("__")]


def _redirected(inherited: property, base_url: str) -> property:
    def domain(client: object) -> Domain:
        found: Domain = inherited.__get__(client)
        found.base_url = base_url
        return found

    return property(domain, doc=inherited.__doc__)
