"""The resources of accounts."""

from collections.abc import Sequence

from offhook.products.accounts.api.accounts import account, accounts
from offhook.products.accounts.api.auth_tokens import promotion, secondary
from offhook.products.accounts.api.balance import balance
from offhook.products.accounts.api.iam_keys import iam_keys, iam_list, new_iam_keys
from offhook.products.accounts.api.keys import KEY_RESOURCES
from offhook.products.accounts.api.messaging_geo_permissions import messaging_geo_permissions
from offhook.products.accounts.api.settings import settings
from offhook.products.accounts.api.test_credentials import test_credentials
from offhook.products.accounts.registry import Accounts
from offhook.web import Operation


def resources(service: Accounts) -> Sequence[Operation]:
    """Everything this slice serves."""
    served = (
        accounts,
        account,
        balance,
        *KEY_RESOURCES,
        new_iam_keys,
        iam_list,
        iam_keys,
        secondary,
        promotion,
        messaging_geo_permissions,
        settings,
        test_credentials,
    )
    return [operation for resource in served for operation in resource.bind(service)]
