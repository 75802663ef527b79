"""Receiving: a call for one of our numbers becomes a Call, and its webhook says what is done with it."""

from urllib.parse import parse_qsl

from offhook.carriers import NotTakenError
from offhook.carriers.calls import InboundCall, Leg, Listener
from offhook.products.accounts import Accounts
from offhook.products.numbers import Numbers, PhoneNumber, Webhook
from offhook.products.voice.addressing import APPLICATION
from offhook.products.voice.call import Call
from offhook.products.voice.interpreter import Session, follow, run
from offhook.products.voice.interpreter.effects import Fallback, Page, Parameters
from offhook.products.voice.live import LiveCall, Parts
from offhook.products.voice.making import Making
from offhook.products.voice.tracking import Tracking
from offhook.storage import Database, Unit
from offhook.webhooks import Alert

NOT_IN_SERVICE = 10003  # "incoming call rejected due to inactive account"


class Receiving:
    """Implements the carriers' `CallReceiver`."""

    def __init__(
        self,
        database: Database,
        accounts: Accounts,
        numbers: Numbers,
        making: Making,
        tracking: Tracking,
        parts: Parts,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._numbers = numbers
        self._making = making
        self._tracking = tracking
        self._parts = parts

    async def offer(self, inbound: InboundCall, leg: Leg) -> Listener | None:
        """Take a call for one of our numbers; None when the number is not ours.

        Raises NotTakenError for a number of an account that is suspended or closed.
        """
        if inbound.to.startswith(APPLICATION):
            return await self._offer_to_application(inbound, leg)
        number = await self._numbers.at(inbound.to)
        if not isinstance(number, PhoneNumber):
            return None
        if not await self._accounts.is_active(number.account_sid):
            message = f"A call from {inbound.from_} to {inbound.to} was not taken: the account is not active"
            await self._parts.documents.alert(Alert(number.account_sid, NOT_IN_SERVICE, message, number.sid))
            raise NotTakenError(message, NOT_IN_SERVICE)
        call = self._new(number, inbound)
        return await self._take(call, await self._numbers.webhook_for_calls(number), leg, inbound.max_forwards)

    async def _offer_to_application(self, inbound: InboundCall, leg: Leg) -> Listener | None:
        """A `<Dial>` calls an application: its webhook is told the parameters that came with the address."""
        sid, _, query = inbound.to.removeprefix(APPLICATION).partition("?")
        application = await self._numbers.applications.anywhere(sid)
        if application is None:
            return None
        to = f"{APPLICATION}{sid}"
        call = self._making.new(application.account_sid, inbound.from_, to, direction="inbound")
        call.status = "ringing"
        told = tuple(parse_qsl(query))
        return await self._take(call, application.webhook_for_calls, leg, inbound.max_forwards, told)

    def _new(self, number: PhoneNumber, inbound: InboundCall) -> Call:
        call = self._making.new(
            number.account_sid,
            inbound.from_,
            inbound.to,
            direction="inbound",
            phone_number_sid=number.sid,
            status_callback=number.status_callback,
            status_callback_method=number.status_callback_method,
        )
        call.status = "ringing"
        if number.voice_caller_id_lookup:
            call.caller_name = inbound.caller_name or None
        return call

    async def _take(self, call: Call, webhook: Webhook, leg: Leg, max_forwards: int, told: Parameters = ()) -> Listener:
        leg.sid = call.sid
        if webhook.status_callback:
            call.status_callback, call.status_callback_method = webhook.status_callback, webhook.status_callback_method
        fallback = Fallback(webhook.fallback_url, webhook.fallback_method) if webhook.fallback_url else None
        session = Session(call.date_created, call.sid, True, False, follow, fallback=fallback)
        live = LiveCall(self._parts, call, session)
        live.leg, live.max_forwards = leg, max_forwards
        unit = Unit()
        step = self._tracking.begin(unit, call)
        where = Page(webhook.url, webhook.method, told) if webhook.url else None
        unit.on_commit(lambda: live.start(run(session, where)), after=step)
        await self._database.commit(unit)
        return live.hear
