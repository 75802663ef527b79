"""Applications: made, changed, and taken from the numbers that use them when they are deleted."""

from typing import Any

from offhook.exchanges import events
from offhook.kit.clock import Clock
from offhook.kit.sids import new_sid
from offhook.products.numbers import store
from offhook.products.numbers.application import Application
from offhook.storage import Database, Page, PageRequest, Step, Unit

SID = "AP"


class Applications:
    """The applications of all accounts."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def create(self, unit: Unit, account_sid: str, settings: dict[str, Any]) -> Application:
        """Add a new application to `unit`."""
        now = self._clock.now()
        settings = {"friendly_name": "", **settings}
        application = Application(
            seq=0, sid=new_sid(SID), account_sid=account_sid, date_created=now, date_updated=now, **settings
        )
        store.kept_applications.add(unit, application)
        self._note(unit, "created", account_sid, application.sid)
        return application

    async def fetch(self, account_sid: str, sid: str) -> Application | None:
        """The account's application with this SID."""
        return await store.kept_applications.by_sid(self._database, account_sid, sid)

    async def anywhere(self, sid: str) -> Application | None:
        """The application with this SID, whosever it is: for calls that an account's document has sent there."""
        return await store.application_anywhere(self._database, sid)

    async def change(self, account_sid: str, sid: str, changes: dict[str, Any]) -> Application | None:
        """Set some fields; None when the account has no such application."""
        if changes:
            unit = Unit()
            changed = store.kept_applications.change(unit, account_sid, sid, changes, self._clock.now())
            self._note(unit, "updated", account_sid, sid, after=changed)
            await self._database.commit(unit)
        return await self.fetch(account_sid, sid)

    async def delete(self, account_sid: str, sid: str) -> bool:
        """Remove an application; the numbers that used it use their own webhooks again. False when there is none."""
        if await self.fetch(account_sid, sid) is None:
            return False
        unit = Unit()
        removed = store.forget_application(unit, account_sid, sid)
        self._note(unit, "deleted", account_sid, sid, after=removed)
        await self._database.commit(unit)
        return True

    async def page(self, account_sid: str, request: PageRequest, friendly_name: str | None) -> Page[Application]:
        """The account's applications, newest first."""
        named = [] if friendly_name is None else [store.applications.c.friendly_name == friendly_name]
        return await store.kept_applications.page(self._database, account_sid, request, *named)

    def _note(self, unit: Unit, what: str, account_sid: str, sid: str, *, after: Step | None = None) -> None:
        now = self._clock.now()
        events.note(unit, f"application.{what}", account_sid=account_sid, sid=sid, now=now, after=after)
