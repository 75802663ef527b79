"""Making calls: a row, a leg, and the interpreter that says what is done with it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog

from offhook.carriers.calls import MAX_FORWARDS, CallCarrier, OutboundCall, Refused
from offhook.kit.clock import Clock
from offhook.kit.sids import CALL, new_sid
from offhook.products.voice.call import Call, Direction
from offhook.products.voice.interpreter import Plan, Session, Steps, call, call_for, follow
from offhook.products.voice.interpreter.effects import Fallback, Stopped
from offhook.products.voice.live import NO_ORDERS, LiveCall, Orders, Parts
from offhook.products.voice.tracking import Tracking
from offhook.storage import Database, Unit

log = structlog.get_logger("offhook.voice")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """How a call goes out; `parent` is the call that it is made for."""

    plan: Plan
    fallback: Fallback | None = None
    parent: str | None = None
    orders: Orders = NO_ORDERS
    delay: int = 0  # microseconds before it is made
    max_forwards: int = MAX_FORWARDS
    steps: Callable[[Session], Steps[None]] | None = None  # what is done on it, where no document says that


class Making:
    """Makes calls."""

    def __init__(
        self, database: Database, carrier: CallCarrier, tracking: Tracking, parts: Parts, clock: Clock
    ) -> None:
        self._database = database
        self._carrier = carrier
        self._tracking = tracking
        self._parts = parts
        self._clock = clock
        self._waiting: dict[str, Outgoing] = {}  # calls that are made later, by SID

    def new(self, account_sid: str, from_: str, to: str, *, direction: Direction, **more: Any) -> Call:
        """A call that does not exist yet."""
        now = self._clock.now()
        return Call(
            seq=0,
            sid=new_sid(CALL),
            account_sid=account_sid,
            direction=direction,
            from_=from_,
            to=to,
            status="queued",
            date_created=now,
            date_updated=now,
            **more,
        )

    async def make(self, made: Call, outgoing: Outgoing) -> None:
        """Keep a call and begin it."""
        unit = Unit()
        self.accept(unit, made, outgoing)
        await self._database.commit(unit)

    def accept(self, unit: Unit, made: Call, outgoing: Outgoing) -> None:
        """Add a call to `unit`; it begins once that is durable."""
        step = self._tracking.begin(unit, made)
        unit.on_commit(lambda: self._begin_later(made, outgoing), after=step)

    def _begin_later(self, made: Call, outgoing: Outgoing) -> None:
        if outgoing.delay:
            self._waiting[made.sid] = outgoing
            self._parts.timers.at(self._clock.now() + outgoing.delay, lambda: self._begin_if_wanted(made))
        else:
            self._dial_soon(self._begin(made, outgoing), outgoing.plan)

    def _begin_if_wanted(self, made: Call) -> None:
        outgoing = self._waiting.pop(made.sid, None)
        if outgoing is not None:
            self._dial_soon(self._begin(made, outgoing), outgoing.plan)

    def call_off(self, made: Call) -> None:
        """A call that was to be made later is not; one that has begun goes on."""
        outgoing = self._waiting.pop(made.sid, None)
        if outgoing is not None:
            self._begin(made, outgoing).hear(Stopped("canceled"))

    def _begin(self, made: Call, outgoing: Outgoing) -> LiveCall:
        parent = outgoing.parent
        session = Session(self._clock.now(), parent or made.sid, False, False, follow, fallback=outgoing.fallback)
        live = LiveCall(self._parts, made, session, outgoing.orders)
        live.parent, live.max_forwards = parent, outgoing.max_forwards
        live.start(_steps(session, made, outgoing))
        return live

    def _dial_soon(self, live: LiveCall, plan: Plan) -> None:
        self._parts.tasks.spawn(self._dial(live, plan), f"dial-{live.call.sid}")

    async def _dial(self, live: LiveCall, plan: Plan) -> None:
        made = live.call
        asked = OutboundCall(
            account_sid=made.account_sid,
            sid=made.sid,
            from_=made.from_,
            to=made.to,
            caller_name=made.caller_name or "",
            detection=plan.detection,
            detection_timeout=plan.detection_timeout,
            max_forwards=live.max_forwards,
        )
        try:
            live.connect(await self._carrier.call(asked, live.hear))
        except Exception:
            log.exception("call_not_made", call=made.sid)
            live.hear(Refused("failed"))
            raise


def _steps(session: Session, made: Call, outgoing: Outgoing) -> Steps[None]:
    if outgoing.steps is not None:
        return outgoing.steps(session)
    if outgoing.parent is not None:
        return call_for(session, outgoing.plan, made.sid)
    return call(session, outgoing.plan)
