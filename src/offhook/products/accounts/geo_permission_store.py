"""All SQL of geographic permissions: a row is what one account has said of one country."""

import msgspec
from sqlalchemy import Boolean, Column, Index, Table, delete

from offhook.storage import Database, Query, Statement, Unit, given, metadata, reading, seq, text

messaging_geo_permissions = Table(
    "messaging_geo_permissions",
    metadata,
    seq(),
    text("account_sid"),
    text("country_code"),
    Column("enabled", Boolean, nullable=False),
    Index("messaging_geo_permissions_by_country", "account_sid", "country_code", unique=True),
)

_c = messaging_geo_permissions.c


class GeoPermission(msgspec.Struct):
    """Whether an account may text a country (ISO 3166, two letters)."""

    country_code: str
    enabled: bool


_OF_ACCOUNT = Query(
    reading(messaging_geo_permissions, GeoPermission).where(_c.account_sid == given("account_sid")),
    GeoPermission,
    small=True,
)
_INSERT = Statement.insert(messaging_geo_permissions)
_DELETE = Statement(
    delete(messaging_geo_permissions).where(
        _c.account_sid == given("account_sid"), _c.country_code == given("country_code")
    )
)


def put(unit: Unit, account_sid: str, country_code: str, enabled: bool | None) -> None:
    """Keep what an account says of a country; None forgets it."""
    named = {"account_sid": account_sid, "country_code": country_code}
    unit.add(_DELETE, named)
    if enabled is not None:
        unit.add(_INSERT, {**named, "enabled": enabled})


async def of_account(database: Database, account_sid: str) -> list[GeoPermission]:
    """All that an account has said."""
    return await database.all(_OF_ACCOUNT, account_sid=account_sid)
