"""accounts.twilio.com /v1/AuthTokens: a second token for the account, and making it the first.

Nobody is ever sent an e-mail about it, whatever SuppressEmailNotification says.
https://www.twilio.com/docs/iam/api/secondary_authtoken, https://www.twilio.com/docs/iam/api/authtoken
"""

import msgspec

from offhook.products.accounts.registry import Accounts
from offhook.products.accounts.tokens import Token
from offhook.web import VERSIONED, Call, Resource, iso8601, not_found

SECONDARY = "/v1/AuthTokens/Secondary"
PROMOTE = "/v1/AuthTokens/Promote"


class SecondaryView(msgspec.Struct):
    """Twilio's SecondaryAuthToken."""

    account_sid: str
    date_created: str | None
    date_updated: str | None
    secondary_auth_token: str
    url: str


class PromotionView(msgspec.Struct):
    """Twilio's AuthTokenPromotion."""

    account_sid: str
    auth_token: str
    date_created: str | None
    date_updated: str | None
    url: str


def secondary_view(token: Token, call: Call) -> SecondaryView:
    """The second token, shown once."""
    return SecondaryView(
        account_sid=token.account_sid,
        date_created=iso8601(token.date_created),
        date_updated=iso8601(token.date_updated),
        secondary_auth_token=token.auth_token,
        url=f"{call.base_url}{SECONDARY}",
    )


def promotion_view(token: Token, call: Call) -> PromotionView:
    """The token that counts from now on."""
    return PromotionView(
        account_sid=token.account_sid,
        auth_token=token.auth_token,
        date_created=iso8601(token.date_created),
        date_updated=iso8601(token.date_updated),
        url=f"{call.base_url}{PROMOTE}",
    )


secondary = Resource("accounts", SECONDARY, VERSIONED, secondary_view, key="auth_tokens", alone=True)
promotion = Resource("accounts", PROMOTE, VERSIONED, promotion_view, key="auth_tokens", alone=True)


@secondary.create
async def create(
    service: Accounts,
    call: Call,
    *,
    suppress_email_notification: bool = False,
) -> Token:
    """Give the account a second token, accepted beside the first."""
    await service.check_manager(call.identity)
    return service.tokens.create_secondary(call.unit, call.account_sid)


@secondary.delete
async def delete(
    service: Accounts,
    call: Call,
    *,
    suppress_email_notification: bool = False,
) -> bool:
    """Take the second token away."""
    await service.check_manager(call.identity)
    return await service.tokens.delete_secondary(call.unit, call.account_sid)


@promotion.update
async def promote(
    service: Accounts,
    call: Call,
    *,
    suppress_email_notification: bool = False,
) -> Token | None:
    """Make the second token the account's only one; webhooks are signed with it from now on."""
    await service.check_manager(call.identity)
    return await service.tokens.promote(call.unit, call.account_sid, otherwise=not_found(call.path))
