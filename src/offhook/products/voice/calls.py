"""What apps do with calls: make them, look at them, tell them to do something else, end them."""

from dataclasses import dataclass

from offhook import exchanges
from offhook.carriers.calls import Detection
from offhook.exchanges import Exchange
from offhook.kit.clock import SECOND
from offhook.kit.sids import is_sid
from offhook.products.accounts import Accounts
from offhook.products.numbers import Numbers
from offhook.products.voice import errors, history, store
from offhook.products.voice.addressing import Addressing
from offhook.products.voice.call import FINAL, Call
from offhook.products.voice.history import History
from offhook.products.voice.interpreter import Plan
from offhook.products.voice.interpreter.effects import Diverted, Fallback, Given, Limited, Page, Stopped, Where
from offhook.products.voice.live import Orders, ToldElsewhere
from offhook.products.voice.making import Making, Outgoing
from offhook.products.voice.recording import Order
from offhook.products.voice.switchboard import Switchboard
from offhook.storage import Database, PageRequest, Unit
from offhook.storage import Page as Rows


@dataclass(frozen=True, slots=True)
class Instructions:
    """What is to happen on a call, as its maker says it."""

    url: str | None = None
    method: str = "POST"
    fallback_url: str | None = None
    fallback_method: str = "POST"
    twiml: str | None = None
    application_sid: str | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a call is to be made. `timeout` and `time_limit` in seconds."""

    status_callback: str | None = None
    status_callback_method: str = "POST"
    events: tuple[str, ...] = ("completed",)
    send_digits: str = ""
    timeout: int = 60
    time_limit: int | None = None
    caller_id: str | None = None
    detection: Detection | None = None
    detection_timeout: int = 30
    asynchronous: bool = False
    detection_callback: str | None = None
    detection_callback_method: str = "POST"
    recording: Order | None = None


class Calls:
    """The calls of all accounts."""

    def __init__(
        self,
        database: Database,
        accounts: Accounts,
        numbers: Numbers,
        addressing: Addressing,
        making: Making,
        switchboard: Switchboard,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._numbers = numbers
        self._addressing = addressing
        self._making = making
        self._switchboard = switchboard

    async def create(
        self,
        unit: Unit,
        account_sid: str,
        *,
        to: str,
        from_: str,
        instructions: Instructions,
        wishes: Wishes,
        tests: str | None = None,
    ) -> Call:
        """Add a call to `unit`; it is made once that is durable. Raises ApiError.

        With test credentials (of the account `tests`; `account_sid` is the test SID) nothing is added.
        """
        owner = tests or account_sid
        await self._accounts.check_active(owner)
        recipient = self._addressing.recipient(to, is_test=tests is not None)
        where, fallback = await self._where(owner, instructions)
        caller = await self._addressing.caller(owner, wishes.caller_id or from_, is_test=tests is not None)
        call = self._making.new(account_sid, caller, recipient, direction="outbound-api")
        call.status_callback, call.status_callback_method = wishes.status_callback, wishes.status_callback_method
        call.events = ",".join(wishes.events)
        if tests is not None:
            return call
        if number := await self._numbers.owner(caller):
            call.phone_number_sid = number.sid
        orders = Orders(wishes.recording, wishes.detection_callback, wishes.detection_callback_method)
        self._making.accept(unit, call, Outgoing(plan_of(where, wishes), fallback, orders=orders))
        return call

    async def fetch(self, account_sid: str, sid: str) -> Call | None:
        """The account's call with this SID."""
        return await store.by_sid(self._database, account_sid, sid)

    async def exchanges(self, account_sid: str, sid: str, request: PageRequest) -> Rows[Exchange]:
        """What the app was asked about a call, newest first."""
        filters = exchanges.Filters(account_sid=account_sid, resource_sid=sid, direction="out")
        return await exchanges.page(self._database, request, filters)

    async def history(self, account_sid: str | None, sid: str) -> History | None:
        """What became of a call; of this account only, where one is given."""
        call = await store.anywhere(self._database, sid)
        if call is None or account_sid not in (None, call.account_sid):
            return None
        return await history.of(self._database, call)

    async def page(
        self,
        account_sid: str,
        request: PageRequest,
        *,
        equal: dict[str, str],
        started: tuple[int | None, int | None] = (None, None),
        ended: tuple[int | None, int | None] = (None, None),
    ) -> Rows[Call]:
        """The account's calls, newest first."""
        return await store.page(self._database, account_sid, request, equal=equal, started=started, ended=ended)

    async def redirect(self, call: Call, instructions: Instructions) -> None:
        """Let a call that is under way do something else. Raises ApiError 21220 for one that is not."""
        if call.status != "in-progress":
            raise errors.not_in_progress(call.sid)
        where, fallback = await self._where(call.account_sid, instructions)
        if where is None or not self._switchboard.tell(call.sid, Diverted(where, fallback)):
            raise errors.not_in_progress(call.sid)

    def limit(self, call: Call, time_limit: int) -> None:
        """Let a call last so many seconds from its answer on, and no longer."""
        self._switchboard.tell(call.sid, Limited(time_limit))

    async def tell_elsewhere(self, call: Call, url: str, method: str) -> None:
        """Tell another URL of the status of a call from now on."""
        unit = Unit()
        store.tell_elsewhere(unit, call.sid, url, method)
        await self._database.commit(unit)
        self._switchboard.tell(call.sid, ToldElsewhere(url, method))

    async def end(self, call: Call, status: str) -> None:
        """End a call, or with "canceled" only if nobody has answered yet. One that is over stays as it is."""
        if call.status in FINAL or (status == "canceled" and call.status == "in-progress"):
            return
        unanswered = call.status != "in-progress"
        self._making.call_off(call)
        self._switchboard.tell(call.sid, Stopped("canceled" if unanswered else "completed"))

    async def delete(self, call: Call) -> None:
        """Forget a call. Raises ApiError 20009 for one that is under way."""
        if call.status not in FINAL:
            raise errors.is_under_way(call.sid)
        unit = Unit()
        store.remove(unit, call.account_sid, call.sid)
        await self._database.commit(unit)

    async def _where(self, account_sid: str, said: Instructions) -> tuple[Where | None, Fallback | None]:
        """Where a call's documents come from. Of several ways to say it, Twilio's order: application, URL, TwiML."""
        if said.application_sid:
            return await self._of_application(account_sid, said.application_sid)
        fallback = Fallback(said.fallback_url, said.fallback_method) if said.fallback_url else None
        if said.url:
            return Page(said.url, said.method), fallback
        if said.twiml:
            if len(said.twiml) > errors.LONGEST_TWIML:
                raise errors.twiml_too_long()
            return Given(said.twiml), fallback
        raise errors.instructions_required()

    async def _of_application(self, account_sid: str, sid: str) -> tuple[Where | None, Fallback | None]:
        application = await self._numbers.applications.fetch(account_sid, sid) if is_sid(sid, "AP") else None
        if application is None:
            raise errors.application_unknown(sid)
        webhook = application.webhook_for_calls
        fallback = Fallback(webhook.fallback_url, webhook.fallback_method) if webhook.fallback_url else None
        return (Page(webhook.url, webhook.method) if webhook.url else None), fallback


def plan_of(where: Where | None, wishes: Wishes) -> Plan:
    """How a call goes out."""
    return Plan(
        where=where,
        timeout=wishes.timeout,
        send_digits=wishes.send_digits,
        detection=wishes.detection,
        detection_timeout=wishes.detection_timeout * SECOND,
        waits=not wishes.asynchronous,
        records=wishes.recording is not None,
        time_limit=wishes.time_limit,
    )
