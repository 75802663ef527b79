"""A table as products have them, on a registry of its own, and records of it: what the storage tests work on."""

from typing import Any

import msgspec
from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, MetaData, Table, delete, select, update

from offhook.storage import Claims, Query, Statement, Unit, given, instant, lease_of, reading, seq, text

metadata = MetaData()
parcels = Table(
    "parcels",
    metadata,
    seq(),
    text("sid", unique=True),
    text("status"),
    Column("weight", BigInteger, nullable=False),
    Column("fragile", Boolean, nullable=True),
    instant("due", nullable=True),
    instant("lease", nullable=True),
)
crates = Table("crates", metadata, seq(), text("mark", unique=True), instant("due"), instant("lease", nullable=True))
labels = Table(
    "labels", metadata, seq(), Column("parcel_sid", parcels.c.sid.type, ForeignKey("parcels.sid"), nullable=False)
)


class Parcel(msgspec.Struct, frozen=True):
    """What most tests read."""

    seq: int
    sid: str
    status: str
    weight: int
    fragile: bool | None
    due: int | None


class Crate(msgspec.Struct, frozen=True):
    """A row that has no SID, but something else that is unique."""

    seq: int
    mark: str


class Numbered(msgspec.Struct, frozen=True):
    """A record that only a number tells from others."""

    seq: int
    due: int


ADD = Statement.insert(parcels)
ADD_HELD = Statement.insert(parcels, **lease_of(60_000_000))
SEND = Statement(
    update(parcels)
    .where(parcels.c.sid == given("key"), parcels.c.status.in_(["new", "packed"]))
    .values(status=given("status"))
)
REMOVE = Statement(delete(parcels).where(parcels.c.sid == given("key")))
LABEL = Statement.insert(labels)
ALL = Query(reading(parcels, Parcel).order_by(parcels.c.seq), Parcel)
BY_SID = Query(reading(parcels, Parcel).where(parcels.c.sid == given("key")), Parcel)
LEASES = Query(select(parcels.c.sid, parcels.c.lease).order_by(parcels.c.seq), lambda sid, lease: (sid, lease))
CLAIMS = Claims(parcels, Parcel)


def parcel(sid: str, **changes: Any) -> dict[str, Any]:
    """The values of one row."""
    return {"sid": sid, "status": "new", "weight": 1, "fragile": None, "due": None, "lease": None, **changes}


def adding(*sids: str, **changes: Any) -> Unit:
    """A unit that adds rows."""
    unit = Unit()
    for sid in sids:
        unit.add(ADD, parcel(sid, **changes))
    return unit
