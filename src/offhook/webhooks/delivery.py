"""Making the callbacks of the outbox: those of one resource in order, those of different resources side by side.

An app that does not take a callback gets it again as Twilio's contract says (see `asking`); then the failure becomes
an alert and the callback is forgotten. The record of exchanges keeps every attempt.
"""

import asyncio

from offhook.storage import Database, Unit
from offhook.webhooks.alerting import alert_of
from offhook.webhooks.asking import Asker, Question, WebhookError
from offhook.webhooks.outbox import Callback, forget
from offhook.webhooks.ports import Alerts


class _Turn:
    """Whose turn it is among the callbacks of one resource; an asyncio lock serves in the order of asking."""

    __slots__ = ("lock", "wanted")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.wanted = 0


class Delivery:
    """Delivers callbacks; `handle` is for the outbox's queue."""

    def __init__(self, asker: Asker, database: Database, alerts: Alerts) -> None:
        self._asker = asker
        self._database = database
        self._alerts = alerts
        self._turns: dict[str, _Turn] = {}

    async def handle(self, callback: Callback) -> None:
        """Deliver one callback after the earlier ones of its resource."""
        turn = self._turns.setdefault(callback.resource_sid, _Turn())
        turn.wanted += 1
        try:
            async with turn.lock:
                await self._deliver(callback)
        finally:
            turn.wanted -= 1
            if not turn.wanted:
                del self._turns[callback.resource_sid]

    async def _deliver(self, callback: Callback) -> None:
        unit = Unit()
        try:
            await self._asker.ask(_question(callback))
        except WebhookError as problem:
            self._alerts.add(unit, alert_of(problem))
        forget(unit, callback)
        await self._database.commit(unit)


def _question(callback: Callback) -> Question:
    return Question(
        account_sid=callback.account_sid,
        resource_sid=callback.resource_sid,
        kind="callback",
        url=callback.url,
        method=callback.method,
        parameters=callback.pairs,
        token=callback.sid,
    )
