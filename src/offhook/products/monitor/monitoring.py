"""The service of this slice: keeps alerts, finds alerts, audit events and exchanges."""

import structlog

from offhook import exchanges, webhooks
from offhook.exchanges import Exchange, Filters, events
from offhook.kit.clock import Clock
from offhook.kit.sids import ALERT, new_sid
from offhook.products.monitor import store
from offhook.products.monitor.alert import Alert
from offhook.products.monitor.audit_event import AuditEvent, Wanted
from offhook.storage import Database, Page, PageRequest, Step, Unit

log = structlog.get_logger("offhook.monitor")


class Monitor:
    """Implements the webhooks floor's Alerts."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, unit: Unit, alert: webhooks.Alert, after: Step | None = None) -> None:
        """Keep `alert` as part of `unit` (if the step `after` changes a row); say so in the log once it is kept."""
        kept = Alert(
            seq=0,
            sid=new_sid(ALERT),
            account_sid=alert.account_sid,
            error_code=alert.error_code,
            log_level=alert.log_level,
            alert_text=alert.text,
            resource_sid=alert.resource_sid,
            request_method=alert.request_method,
            request_url=alert.request_url,
            request_variables=alert.request_variables,
            response_headers=alert.response_headers,
            response_body=alert.response_body,
            date_created=self._clock.now(),
        )
        step = store.add(unit, kept, after)
        now = kept.date_created
        events.note(unit, "alert.created", account_sid=kept.account_sid, sid=kept.sid, now=now, after=step)
        unit.on_commit(
            lambda: log.warning("alert", code=kept.error_code, text=kept.alert_text, resource_sid=kept.resource_sid),
            after=step,
        )

    async def alert(self, account_sid: str | None, sid: str) -> Alert | None:
        """One alert; of this account only, where one is given."""
        return await store.by_sid(self._database, account_sid, sid)

    async def alerts(
        self,
        account_sid: str,
        request: PageRequest,
        log_level: str | None,
        start: int | None,
        end: int | None,
        resource_sid: str | None = None,
    ) -> Page[Alert]:
        """Alerts of an account, or of one of its resources, newest first."""
        return await store.page(
            self._database,
            account_sid,
            request,
            log_level=log_level,
            start=start,
            end=end,
            resource_sid=resource_sid,
        )

    async def audit_event(self, account_sid: str, sid: str) -> AuditEvent | None:
        """One audit event, of a change in the account or by it."""
        return await store.audit_event(self._database, account_sid, sid)

    async def audit_events(self, account_sid: str, request: PageRequest, wanted: Wanted) -> Page[AuditEvent]:
        """Changes in an account and by it, newest first."""
        return await store.audit_events_page(self._database, account_sid, request, wanted)

    async def exchange(self, account_sid: str | None, sid: str) -> Exchange | None:
        """One exchange; of this account only, where one is given."""
        found = await exchanges.by_sid(self._database, sid)
        return found if found and account_sid in (None, found.account_sid) else None

    async def exchanges(self, request: PageRequest, filters: Filters) -> Page[Exchange]:
        """Exchanges, newest first; of every account where none is given."""
        return await exchanges.page(self._database, request, filters)
