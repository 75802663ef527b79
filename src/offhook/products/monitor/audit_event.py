"""An audit event as it is stored: who changed what, from where. Twilio's `monitor.v1.event`."""

from typing import Any

import msgspec


class AuditEvent(msgspec.Struct):
    """A change that somebody made through the API.

    `resource_uri` is the product and the path of what was changed (`api/2010-04-01/…`), `event_data` the JSON of its
    properties before and after, `event_date` UTC microseconds.
    """

    seq: int
    sid: str
    account_sid: str
    actor_sid: str
    actor_type: str
    event_type: str
    resource_sid: str
    resource_type: str
    resource_uri: str
    source_ip_address: str | None
    event_data: str
    event_date: int

    @property
    def data(self) -> dict[str, Any]:
        """`{"resource_properties": {name: {"previous": …, "updated": …}}}`."""
        found: dict[str, Any] = msgspec.json.decode(self.event_data)
        return found


class Wanted(msgspec.Struct, frozen=True):
    """Which audit events somebody wants to see; None does not matter. Dates in UTC microseconds, included."""

    actor_sid: str | None = None
    event_type: str | None = None
    resource_sid: str | None = None
    source_ip_address: str | None = None
    start: int | None = None
    end: int | None = None
