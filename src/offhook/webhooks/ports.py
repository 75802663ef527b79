"""What the webhooks floor needs from the floors above; a role passes the implementations in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from offhook.storage import Step, Unit


class Secrets(Protocol):
    """Implemented by `products.accounts`."""

    async def auth_token(self, account_sid: str) -> str:
        """The token that signs this account's webhooks. Raises LookupError for an account that is gone."""
        ...


@dataclass(frozen=True, slots=True)
class Alert:
    """Something went wrong that the account's owner should know: a webhook failed, a document made no sense."""

    account_sid: str
    error_code: int
    text: str
    resource_sid: str
    request_method: str = ""
    request_url: str = ""
    request_variables: str = ""
    response_headers: str = ""
    response_body: str = ""
    log_level: str = "error"


class Alerts(Protocol):
    """Implemented by `products.monitor`."""

    def add(self, unit: Unit, alert: Alert, after: Step | None = None) -> None:
        """Keep the alert as part of `unit`, if the step `after` changes a row."""
        ...


class Hosting(Protocol):
    """Documents that Offhook itself answers, whoever's URL they are at. Implemented by `products.numbers`."""

    async def answer(self, account_sid: str, url: str, parameters: Sequence[tuple[str, str]]) -> str | None:
        """The document at `url` for this account, asked with these parameters; None when somebody else answers there.

        Raises LookupError for a document of ours that does not exist, or is another account's.
        """
        ...
