"""/offhook/v1/Accounts/{account_sid}/TestCredentials: the SID and token with which nothing is done. Twilio has these
in its console.
"""

import msgspec

from offhook.products.accounts.registry import Accounts
from offhook.products.accounts.test_credentials_store import TestCredentials
from offhook.web import VERSIONED, Call, Resource, iso8601


class TestCredentialsView(msgspec.Struct):
    """An account's test credentials."""

    account_sid: str
    test_account_sid: str
    test_auth_token: str
    date_created: str | None
    url: str


def view(found: TestCredentials, call: Call) -> TestCredentialsView:
    """The test credentials as the account and its parent see them."""
    return TestCredentialsView(
        account_sid=found.account_sid,
        test_account_sid=found.sid,
        test_auth_token=found.auth_token,
        date_created=iso8601(found.date_created),
        url=f"{call.base_url}/v1/Accounts/{found.account_sid}/TestCredentials",
    )


test_credentials = Resource(
    "offhook", "/v1/Accounts/{account_sid}/TestCredentials", VERSIONED, view, key="test_credentials", alone=True
)


@test_credentials.fetch
async def fetch(service: Accounts, call: Call) -> TestCredentials | None:
    """Fetch an account's test credentials."""
    await service.check_manager(call.identity)
    call.resource_sid = call.account_sid
    return await service.testing.of(call.account_sid)
