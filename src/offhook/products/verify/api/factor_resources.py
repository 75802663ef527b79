"""The resources of entities, factors, challenges and their webhooks."""

from collections.abc import Sequence

from offhook.products.verify.api.challenges import challenges, new_challenges
from offhook.products.verify.api.entities import entities
from offhook.products.verify.api.factor_qr_codes import png, svg
from offhook.products.verify.api.factors import factors, new_factors
from offhook.products.verify.api.webhooks import webhooks
from offhook.products.verify.factoring import Factoring
from offhook.web import Operation


def factor_resources(factoring: Factoring) -> Sequence[Operation]:
    """All that is about factors."""
    return [
        *entities.bind(factoring.entities),
        *new_factors.bind(factoring.factors),
        *factors.bind(factoring.factors),
        *png.bind(factoring.factors),
        *svg.bind(factoring.factors),
        *new_challenges.bind(factoring),
        *challenges.bind(factoring.challenges),
        *webhooks.bind(factoring.webhooks),
    ]
