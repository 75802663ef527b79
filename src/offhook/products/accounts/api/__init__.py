"""The resources of accounts."""

from collections.abc import Sequence

from offhook.products.accounts.api.accounts import accounts
from offhook.products.accounts.registry import Accounts
from offhook.web import Operation


def resources(service: Accounts) -> Sequence[Operation]:
    """Everything this slice serves."""
    return [*accounts.bind(service)]
