"""All SQL of the webhooks of services."""

from sqlalchemy import Index, Table

from offhook.products.verify.webhook import VerifyWebhook
from offhook.storage import Database, Query, Rows, given, instant, metadata, reading, seq, text

webhook_rows = Table(
    "verify_webhooks",
    metadata,
    seq(),
    text("sid", unique=True),
    text("account_sid"),
    text("service_sid"),
    text("friendly_name"),
    text("event_types"),
    text("status"),
    text("version"),
    text("webhook_url"),
    text("webhook_method"),
    instant("date_created"),
    instant("date_updated"),
    Index("verify_webhooks_by_service", "account_sid", "service_sid", "seq"),
)
_w = webhook_rows.c
_OF_SERVICE = Query(
    reading(webhook_rows, VerifyWebhook)
    .where(_w.account_sid == given("account_sid"), _w.service_sid == given("service_sid"))
    .order_by(_w.seq),
    VerifyWebhook,
)

webhooks = Rows(webhook_rows, VerifyWebhook)


async def of_service(database: Database, account_sid: str, service_sid: str) -> list[VerifyWebhook]:
    """Every webhook of a service, in the order in which they were made."""
    return await database.all(_OF_SERVICE, account_sid=account_sid, service_sid=service_sid)
