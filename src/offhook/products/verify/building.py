"""How the parts of Verify fit together, for the roles that need all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from offhook.carriers import Lines, MailCarrier
from offhook.products.accounts import Accounts
from offhook.products.messaging import Messaging
from offhook.products.verify.alarming import Alarming
from offhook.products.verify.block import Guard
from offhook.products.verify.checking import Checking
from offhook.products.verify.codes import Codes
from offhook.products.verify.delivering import Delivering, Way
from offhook.products.verify.expiring import Expiring
from offhook.products.verify.factoring import build_factoring
from offhook.products.verify.guarding import Guarding
from offhook.products.verify.history import History
from offhook.products.verify.rate_limits import RateLimits
from offhook.products.verify.safelist import Safelist
from offhook.products.verify.services import Services
from offhook.products.verify.verification import Channel
from offhook.products.verify.verifications import Verifications
from offhook.products.verify.verify import Verify
from offhook.products.verify.ways import ByCall, ByMail, ByText
from offhook.products.voice import Reciting
from offhook.runtime import Tasks, Timers
from offhook.storage import Database, Sealer
from offhook.webhooks import Alerts, Outbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What its operator decides. `ttl` and `resend_wait` in microseconds."""

    ttl: int
    resend_wait: int
    guard: Guard
    sender: str  # who texts and calls
    mail_sender: str
    shows_codes: bool


def build_verify(
    *,
    database: Database,
    sealer: Sealer,
    accounts: Accounts,
    messaging: Messaging,
    reciting: Reciting,
    mail: Sequence[MailCarrier],
    lines: Lines,
    outbox: Outbox,
    alerts: Alerts,
    timers: Timers,
    tasks: Tasks,
    rules: Rules,
    sole_worker: bool,
) -> Verify:
    """Verify that sends and checks codes in this process."""
    clock, codes = timers.clock, Codes(sealer)
    services, safelist, limits = Services(database, clock), Safelist(database, clock), RateLimits(database, clock)
    guarding = Guarding(database, accounts, safelist, alerts, clock, rules.guard)
    delivering = Delivering(database, codes, timers, tasks, sole_worker=sole_worker)
    messaging.private.reports_go_to(delivering.apply)
    ways: dict[Channel, Way] = {
        "sms": ByText(messaging.private, rules.sender),
        "call": ByCall(database, reciting, delivering, rules.sender),
    }
    delivering.goes_by(ways | _by_mail(mail, rules.mail_sender))
    expiring = Expiring(database, timers, tasks)
    verifications = Verifications(
        database,
        accounts,
        services,
        guarding,
        limits,
        codes,
        delivering,
        expiring,
        lines,
        clock,
        ttl=rules.ttl,
        resend_wait=rules.resend_wait,
    )
    return Verify(
        services=services,
        verifications=verifications,
        checking=Checking(database, services, verifications, codes, Alarming(database, alerts, clock), clock),
        history=History(database),
        rate_limits=limits,
        safelist=safelist,
        guarding=guarding,
        delivering=delivering,
        expiring=expiring,
        factoring=build_factoring(database=database, sealer=sealer, services=services, outbox=outbox, clock=clock),
        shows_codes=rules.shows_codes,
    )


def _by_mail(carriers: Sequence[MailCarrier], sender: str) -> dict[Channel, Way]:
    return {"email": ByMail(carriers, sender)} if carriers else {}
