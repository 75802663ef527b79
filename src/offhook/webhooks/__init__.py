"""Talking to apps: the outbox of callbacks, signatures, delivery by Twilio's contract."""

from offhook.webhooks import outbox
from offhook.webhooks.alerting import alert_of
from offhook.webhooks.asking import Asker, Question, WebhookError
from offhook.webhooks.delivery import Delivery
from offhook.webhooks.outbox import Callback, Outbox
from offhook.webhooks.ports import Alert, Alerts, Hosting, Secrets
from offhook.webhooks.signing import is_signed, sign, with_body_hash

__all__ = [
    "Alert",
    "Alerts",
    "Asker",
    "Callback",
    "Delivery",
    "Hosting",
    "Outbox",
    "Question",
    "Secrets",
    "WebhookError",
    "alert_of",
    "is_signed",
    "outbox",
    "sign",
    "with_body_hash",
]
