"""/v2/Services/{service_sid}/Entities: the users of an app who have factors.

https://www.twilio.com/docs/verify/api/entity
"""

from typing import Annotated

import msgspec

from offhook.products.verify.entities import Entities
from offhook.products.verify.entity import Entity, check_identity
from offhook.storage import Page, PageRequest
from offhook.web import VERSIONED, Call, Checked, Resource, iso8601

LINKS = {"factors": "Factors", "new_factors": "Factors", "challenges": "Challenges", "new_challenges": "Challenges"}


class EntityView(msgspec.Struct):
    """Twilio's Entity."""

    sid: str
    identity: str
    account_sid: str
    service_sid: str
    date_created: str | None
    date_updated: str | None
    url: str
    links: dict[str, str]


def view(entity: Entity, call: Call) -> EntityView:
    """The entity as its owner sees it."""
    url = f"{call.base_url}/v2/Services/{entity.service_sid}/Entities/{entity.identity}"
    return EntityView(
        sid=entity.sid,
        identity=entity.identity,
        account_sid=entity.account_sid,
        service_sid=entity.service_sid,
        date_created=iso8601(entity.date_created),
        date_updated=iso8601(entity.date_updated),
        url=url,
        links={name: f"{url}/{path}" for name, path in LINKS.items()},
    )


entities = Resource("verify", "/v2/Services/{service_sid}/Entities", VERSIONED, view, key="entities")


@entities.create
async def create(
    service: Entities, call: Call, service_sid: str, *, identity: Annotated[str, Checked(check_identity)]
) -> Entity:
    """Make an entity. A new factor makes its entity by itself, so nobody has to."""
    made = await service.create(call.account_sid, service_sid, identity)
    call.resource_sid = made.sid
    return made


@entities.list
async def list_(service: Entities, call: Call, service_sid: str, *, page: PageRequest) -> Page[Entity]:
    """List the entities of a service, newest first."""
    return await service.page(call.account_sid, service_sid, page)


@entities.fetch
async def fetch(service: Entities, call: Call, service_sid: str, identity: str) -> Entity | None:
    """Fetch an entity by its identity."""
    return await service.fetch(call.account_sid, service_sid, identity)


@entities.delete
async def delete(service: Entities, call: Call, service_sid: str, identity: str) -> bool:
    """Delete an entity, its factors and its challenges."""
    return await service.delete(call.account_sid, service_sid, identity)
