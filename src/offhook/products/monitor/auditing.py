"""Who changed what: an audit event for every change that is made to certain resources through the API.

No slice has to think of it. The operations that make such changes are wrapped before they are served: the wrapper
looks at the resource through the resource's own fetch, lets the change happen, looks at what became of it, and writes
down the difference. The event is part of the call's unit, so it is kept exactly if the call succeeds; a slice that
commits by itself has done so before.

Secrets are left out of the properties, and so is what a message said.
https://www.twilio.com/docs/usage/monitor-events
"""

import re
from collections.abc import Iterable
from functools import wraps
from typing import Any

import msgspec

from offhook.exchanges import redaction
from offhook.kit.clock import Clock
from offhook.kit.sids import new_sid
from offhook.products.monitor import store
from offhook.products.monitor.audit_event import AuditEvent
from offhook.web import Call, Operation
from offhook.web.resource import Function

SID = "AE"
ACTIONS = {"create": "created", "update": "updated", "delete": "deleted"}
IN_ACCOUNT = "/2010-04-01/Accounts/{account_sid}"
TYPES = {
    ("api", "/2010-04-01/Accounts"): "account",
    ("api", IN_ACCOUNT): "account",
    ("api", f"{IN_ACCOUNT}/Applications"): "application",
    ("api", f"{IN_ACCOUNT}/IncomingPhoneNumbers"): "phone-number",
    ("api", f"{IN_ACCOUNT}/IncomingPhoneNumbers/Local"): "phone-number",
    ("api", f"{IN_ACCOUNT}/IncomingPhoneNumbers/Mobile"): "phone-number",
    ("api", f"{IN_ACCOUNT}/IncomingPhoneNumbers/TollFree"): "phone-number",
    ("api", f"{IN_ACCOUNT}/Keys"): "api-key",
    ("api", f"{IN_ACCOUNT}/OutgoingCallerIds"): "caller-id",
    ("api", f"{IN_ACCOUNT}/SigningKeys"): "api-key",
    ("api", f"{IN_ACCOUNT}/SMS/ShortCodes"): "shortcode",
    ("accounts", "/v1/AuthTokens/Promote"): "auth-token",
    ("accounts", "/v1/AuthTokens/Secondary"): "auth-token",
    ("iam", "/v1/Keys"): "api-key",
    ("offhook", "/v1/Accounts/{account_sid}/Settings"): "account",
}
MESSAGES = ("api", f"{IN_ACCOUNT}/Messages")  # making one is no change of the account
_NO_PROPERTIES = frozenset({"date_created", "date_updated", "links", "subresource_uris", "uri", "url"})
_HIDDEN = frozenset({"body"})
_KIND = re.compile(r"/(?:Local|Mobile|TollFree)\Z")
Properties = dict[str, Any]


class Auditing:
    """Watches operations."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def watched(self, operations: Iterable[Operation]) -> list[Operation]:
        """The same operations; those that make changes write them down."""
        return [self._watched(operation) if type_of(operation) else operation for operation in operations]

    def _watched(self, operation: Operation) -> Operation:
        change = operation.function

        @wraps(change)
        async def audited(service: Any, call: Call, *values: str, **arguments: Any) -> Any:
            before = await _look(operation, service, call, values)
            result = await change(service, call, *values, **arguments)
            if result:
                after = {} if operation.verb == "delete" else _properties(operation, result, call)
                self._note(operation, call, before, after)
            return result

        return Operation(operation.resource, operation.verb, audited, operation.service)

    def _note(self, operation: Operation, call: Call, before: Properties, after: Properties) -> None:
        changed = {name: _step(name, before, after) for name in {**before, **after} if _differs(name, before, after)}
        if not changed and operation.verb == "update" and before:
            return
        type_ = type_of(operation) or ""
        sid = (after or before).get("sid") or call.resource_sid or call.account_sid
        event = AuditEvent(
            seq=0,
            sid=new_sid(SID),
            account_sid=call.account_sid,
            actor_sid=call.identity.account_sid,
            actor_type="account",
            event_type=f"{type_}.{ACTIONS[operation.verb]}",
            resource_sid=sid,
            resource_type=type_,
            resource_uri=operation.resource.product + _path(operation, call, sid),
            source_ip_address=call.source_ip,
            event_data=msgspec.json.encode({"resource_properties": changed}).decode(),
            event_date=self._clock.now(),
        )
        store.add_audit_event(call.unit, event)


def type_of(operation: Operation) -> str | None:
    """What kind of thing an operation changes, by Twilio's name; None for one that is not watched."""
    if operation.verb not in ACTIONS:
        return None
    place = (operation.resource.product, operation.resource.path)
    if place == MESSAGES:
        return None if operation.verb == "create" else "message"
    return TYPES.get(place)


async def _look(operation: Operation, service: Any, call: Call, values: tuple[str, ...]) -> Properties:
    """The properties before the change; none of what is only made, or cannot be looked at."""
    fetch: Function | None = operation.resource.functions.get("fetch")
    if operation.verb == "create" or fetch is None:
        return {}
    found = await fetch(service, call, *values)
    return {} if found is None else _properties(operation, found, call)


def _properties(operation: Operation, record: Any, call: Call) -> Properties:
    shown = msgspec.to_builtins(operation.resource.view(record, call))
    return {name: value for name, value in shown.items() if name not in _NO_PROPERTIES}


def _differs(name: str, before: Properties, after: Properties) -> bool:
    return before.get(name) != after.get(name)


def _step(name: str, before: Properties, after: Properties) -> Properties:
    return {"previous": _harmless(name, before.get(name)), "updated": _harmless(name, after.get(name))}


def _harmless(name: str, value: Any) -> Any:
    if value is not None and (name in _HIDDEN or redaction.is_secret(name)):
        return redaction.REDACTED
    return redaction.url(value) if isinstance(value, str) and "://" in value else value


def _path(operation: Operation, call: Call, sid: str) -> str:
    """Where the resource is to be found."""
    path = call.path
    for extension in (".json", ".xml", ".csv"):
        path = path.removesuffix(extension)
    path = _KIND.sub("", path)
    return f"{path}/{sid}" if operation.verb == "create" and not operation.resource.alone else path
