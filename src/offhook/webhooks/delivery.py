"""Making the callbacks of the outbox: those of one resource in order, those of different resources side by side.

An app that does not take a callback gets it again as Twilio's contract says (see `asking`); then the failure becomes
an alert and the callback is forgotten. The record of exchanges keeps every attempt. Only trouble of our own (the
database is away) leaves the row where it is; it comes back later, and so do those of its resource behind it.
"""

from offhook.runtime import Turns
from offhook.storage import Database, NotYetError, Unit
from offhook.webhooks.alerting import alert_of
from offhook.webhooks.asking import Asker, Question, WebhookError
from offhook.webhooks.outbox import Callback, forget, has_earlier
from offhook.webhooks.ports import Alerts


class Delivery:
    """Delivers callbacks; `handle` is for the outbox's queue."""

    def __init__(self, asker: Asker, database: Database, alerts: Alerts) -> None:
        self._asker = asker
        self._database = database
        self._alerts = alerts
        self._turns = Turns()
        self._troubled: set[str] = set()  # resources of which a callback could not be settled

    async def handle(self, callback: Callback) -> None:
        """Deliver one callback after the earlier ones of its resource. Raises what keeps it from being settled."""
        async with self._turns.of(callback.resource_sid):
            await self._deliver_in_turn(callback)

    async def _deliver_in_turn(self, callback: Callback) -> None:
        resource = callback.resource_sid
        if resource in self._troubled and await has_earlier(self._database, callback):
            raise NotYetError(f"an earlier callback of {resource} was not settled")
        self._troubled.add(resource)
        await self._deliver(callback)
        self._troubled.remove(resource)

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
