"""All SQL of entities, their factors and challenges, as far as it is about whole entities and services."""

from sqlalchemy import Index, Table, UniqueConstraint, delete

from offhook.products.verify.challenge_store import challenge_rows
from offhook.products.verify.entity import Entity
from offhook.products.verify.factor_store import factor_rows
from offhook.products.verify.webhook_store import webhook_rows
from offhook.storage import Database, Query, Rows, Statement, Step, Unit, given, instant, metadata, reading, seq, text

entity_rows = Table(
    "verify_entities",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("service_sid"),
    text("identity"),
    instant("date_created"),
    instant("date_updated"),
    UniqueConstraint("service_sid", "identity", name="verify_entities_by_identity"),
    Index("verify_entities_by_service", "account_sid", "service_sid", "seq"),
)
_e = entity_rows.c
_BY_IDENTITY = Query(
    reading(entity_rows, Entity).where(
        _e.account_sid == given("account_sid"),
        _e.service_sid == given("service_sid"),
        _e.identity == given("identity"),
    ),
    Entity,
)
_TABLES_OF_ENTITIES = (factor_rows, challenge_rows)
_OF_ENTITY = [Statement(delete(t).where(t.c.entity_sid == given("entity_sid"))) for t in _TABLES_OF_ENTITIES]
_TABLES_OF_SERVICES = (*_TABLES_OF_ENTITIES, entity_rows, webhook_rows)
_OF_SERVICE = [
    Statement(delete(t).where(t.c.account_sid == given("account_sid"), t.c.service_sid == given("service_sid")))
    for t in _TABLES_OF_SERVICES
]

entities = Rows(entity_rows, Entity)


async def by_identity(database: Database, account_sid: str, service_sid: str, identity: str) -> Entity | None:
    """The entity of a service with this identity."""
    return await database.first(_BY_IDENTITY, account_sid=account_sid, service_sid=service_sid, identity=identity)


def remove(unit: Unit, entity: Entity) -> Step:
    """Forget an entity, its factors and its challenges."""
    for statement in _OF_ENTITY:
        unit.add(statement, {"entity_sid": entity.sid})
    return entities.remove(unit, entity.account_sid, entity.sid)


def remove_all(unit: Unit, account_sid: str, service_sid: str, *, after: Step | None = None) -> None:
    """Forget the entities of a service with all that they have, and its webhooks."""
    for statement in _OF_SERVICE:
        unit.add(statement, {"account_sid": account_sid, "service_sid": service_sid}, after=after)
