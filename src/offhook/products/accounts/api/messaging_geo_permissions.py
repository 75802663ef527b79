"""accounts.twilio.com /v1/Messaging/GeoPermissions: which countries the account may text.

Each entry of an update is done by itself; what is wrong with one is said in its `error_messages`, the others count.
Twilio leaves some countries to its console, and some out altogether; here all are alike. `enabled: null` is our own:
the account takes back what it said of that country, and follows its parent or the default.
https://www.twilio.com/docs/messaging/guides/sms-geo-permissions
"""

from collections.abc import Iterable

import msgspec

from offhook.kit.phone import countries
from offhook.products.accounts.registry import Accounts
from offhook.web import VERSIONED, Call, Resource, invalid_parameter

COUNTRY = "country"  # the only type of a permission


class Entry(msgspec.Struct):
    """One permission as an update gives it."""

    country_code: str
    enabled: bool | msgspec.UnsetType | None = msgspec.UNSET
    type: str = COUNTRY

    @property
    def problem(self) -> str | None:
        """What speaks against doing it."""
        if self.country_code.upper() not in countries():
            return f"country_code {self.country_code!r} is no country (ISO 3166, two letters)"
        if self.type != COUNTRY:
            return f"type {self.type!r} is not {COUNTRY}"
        return "enabled is missing: true or false" if self.enabled is msgspec.UNSET else None


class PermissionView(msgspec.Struct):
    """A country, and whether it may be texted; of an update also what became of it (`error_code` 0: it was done)."""

    country_code: str
    type: str
    enabled: bool
    error_code: int = 0
    error_messages: list[str] = []


class MessagingGeoPermissionsView(msgspec.Struct):
    """Twilio's MessagingGeopermissions."""

    permissions: list[PermissionView]


def view(permissions: list[PermissionView], _call: Call) -> MessagingGeoPermissionsView:
    """The permissions as the account sees them."""
    return MessagingGeoPermissionsView(permissions)


messaging_geo_permissions = Resource(
    "accounts",
    "/v1/Messaging/GeoPermissions",
    VERSIONED,
    view,
    key="permissions",
    alone=True,
    methods={"update": "PATCH"},
)


@messaging_geo_permissions.fetch
async def fetch(service: Accounts, call: Call, *, country_code: str | None = None) -> list[PermissionView] | None:
    """Fetch which countries the account may text, or whether it may text one."""
    in_force = await service.geo_permissions.in_force(call.account_sid)
    if country_code:
        wanted = country_code.upper()
        return [PermissionView(wanted, COUNTRY, in_force[wanted])] if wanted in in_force else None
    return [PermissionView(country, COUNTRY, enabled) for country, enabled in in_force.items()]


@messaging_geo_permissions.update
async def update(service: Accounts, call: Call, *, permissions: list[str]) -> list[PermissionView]:
    """Say which countries the account may text; those that are not named stay as they are.

    Each of `Permissions` is a JSON object: `{"country_code": "FR", "type": "country", "enabled": true}`. With `null`
    the account follows its parent, or this Offhook's default, again.
    """
    await service.check_manager(call.identity)
    entries = [_entry(text) for text in permissions]
    changes = dict(_changes(entries))
    if changes:
        service.geo_permissions.change(call.unit, call.account_sid, changes)
    becoming = await service.geo_permissions.becoming(call.account_sid, changes)
    return [_outcome(entry, becoming) for entry in entries]


def _entry(text: str) -> Entry:
    """Raises ApiError 20001 for what is no entry."""
    try:
        return msgspec.json.decode(text, type=Entry, strict=False)
    except msgspec.MsgspecError as problem:
        raise invalid_parameter("Permissions", f"each is a JSON object with a country_code: {problem}") from problem


def _changes(entries: Iterable[Entry]) -> Iterable[tuple[str, bool | None]]:
    for entry in entries:
        if entry.problem is None and entry.enabled is not msgspec.UNSET:
            yield entry.country_code.upper(), entry.enabled


def _outcome(entry: Entry, becoming: dict[str, bool]) -> PermissionView:
    country, problem = entry.country_code.upper(), entry.problem
    enabled = becoming.get(country, False)
    if problem is None:
        return PermissionView(country, COUNTRY, enabled)
    return PermissionView(entry.country_code, entry.type, enabled, 20001, [problem])
