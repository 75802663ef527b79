"""What can be known of a line besides its number: its kind, its carrier, its holder, and what happened to it.

Numbering plans tell a part of it (`kit.numbering`); the rest only a carrier or somebody who asks carriers knows. On
the simulated network it is what was set for a phone.
"""

from typing import Literal, Protocol

import msgspec

LineType = Literal[
    "mobile",
    "landline",
    "tollFree",
    "fixedVoip",
    "nonFixedVoip",
    "personal",
    "premium",
    "voicemail",
    "sharedCost",
    "uan",
    "pager",
    "unknown",
]
LineStatus = Literal["Active", "Reachable", "Unreachable", "Inactive", "Unknown"]
CallerType = Literal["BUSINESS", "CONSUMER", "UNDETERMINED"]
Never = Literal["never"]
NEVER: Never = "never"
Risk = Literal["low", "mild", "moderate", "high", "very high"]


class LineFacts(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of one line, None where nothing is. Moments are UTC microseconds, days `YYYYMMDD`.

    `sim_swapped` is when the SIM was last changed, `number_blocked` when the number was last blocked for pumping,
    `reassigned` the day on which somebody else got the number; or `never`. Scores are from 0 to 100, where 100 is the
    greatest risk or the best quality. The last ten fields are the person that the carrier has a contract with.
    """

    type: LineType | None = None
    carrier_name: str | None = None
    mobile_country_code: str | None = None
    mobile_network_code: str | None = None
    status: LineStatus | None = None
    caller_name: str | None = None
    caller_type: CallerType | None = None
    call_forwarding: bool | None = None
    sim_swapped: int | Never | None = None
    reassigned: str | None = None
    carrier_risk_category: Risk | None = None
    sms_pumping_risk_score: int | None = None
    number_blocked: int | Never | None = None
    quality_score: int | None = None
    first_name: str | None = None
    last_name: str | None = None
    address_line1: str | None = None
    address_line2: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    address_country_code: str | None = None
    national_id: str | None = None
    date_of_birth: str | None = None


class LineProvider(Protocol):
    """Who can be asked about a line: the simulated network, or whoever knows real ones."""

    async def facts(self, address: str) -> LineFacts:
        """What is known of the line at an E.164 number; nothing, of one that nobody knows."""
        ...
