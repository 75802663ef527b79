"""One call of the API: who calls, on whose behalf, and the unit of work that the operation fills."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from offhook.storage import Unit
from offhook.web.auth import Identity


@dataclass(slots=True)
class Call:
    """What every operation is given beside its service. The dispatcher commits `unit` when the operation returns."""

    identity: Identity
    account_sid: str  # of the path, or the caller's own
    path: str  # as in Twilio's documentation, with the extension that was asked for
    base_url: str  # what absolute URLs in the answer begin with: origin and product prefix
    now: int  # UTC microseconds
    unit: Unit = field(default_factory=Unit)
    headers: Mapping[str, str] = field(default_factory=dict)  # of the request, names in lower case
    source_ip: str | None = None  # where it came from
    origin: str | None = None  # where we are, for URLs in the answer; None for one of Twilio's hosts
    is_confidential: bool = False  # the answer is left out of the record of exchanges
    resource_sid: str | None = None  # what the call made or touched, for the record of exchanges
