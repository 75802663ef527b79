"""Delivery receipts that the simulated network still has to give, kept until messaging has taken them."""

import msgspec
from sqlalchemy import Column, Index, Integer, Table, delete

from offhook.storage import Claims, Statement, Step, Unit, database_now, given, instant, metadata, seq, text

receipts = Table(
    "simulated_receipts",
    metadata,
    seq(),
    text("attempt", unique=True),
    text("message_sid"),
    text("outcome"),
    Column("error_code", Integer),
    instant("due", nullable=True),
    instant("lease", nullable=True),
    Index("simulated_receipts_by_due", "due", "seq"),
)


class Receipt(msgspec.Struct):
    """One receipt: it goes back at `due`."""

    seq: int
    attempt: str
    message_sid: str
    outcome: str
    error_code: int | None
    due: int | None


claims = Claims(receipts, Receipt)
_INSERT = Statement.insert(receipts, lease=database_now() + given("hold"))
_DELETE = Statement(delete(receipts).where(receipts.c.attempt == given("attempt")))


def add(unit: Unit, receipt: Receipt, hold: int, after: Step | None) -> Step:
    """Keep a receipt, leased for `hold`."""
    return unit.add(_INSERT, {**msgspec.structs.asdict(receipt), "hold": hold}, after=after)


def forget(unit: Unit, receipt: Receipt) -> None:
    """The receipt was given."""
    unit.add(_DELETE, {"attempt": receipt.attempt})
