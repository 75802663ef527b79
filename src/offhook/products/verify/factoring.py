"""Everything about factors: how its parts fit together."""

from dataclasses import dataclass

from offhook.kit.clock import Clock
from offhook.products.verify.challenges import Challenges
from offhook.products.verify.entities import Entities
from offhook.products.verify.factors import Factors
from offhook.products.verify.services import Services
from offhook.products.verify.webhooks import Webhooks
from offhook.storage import Database, Sealer
from offhook.webhooks import Outbox


@dataclass(frozen=True)
class Factoring:
    """The entities of services, their factors, the challenges of these, and who is told."""

    entities: Entities
    factors: Factors
    challenges: Challenges
    webhooks: Webhooks


def build_factoring(
    *, database: Database, sealer: Sealer, services: Services, outbox: Outbox, clock: Clock
) -> Factoring:
    """Factors whose secrets are sealed by `sealer`; `outbox` tells apps of them."""
    entities = Entities(database, services, clock)
    webhooks = Webhooks(database, services, outbox, clock)
    factors = Factors(database, sealer, services, entities, webhooks, clock)
    return Factoring(entities, factors, Challenges(database, entities, factors, webhooks, clock), webhooks)
