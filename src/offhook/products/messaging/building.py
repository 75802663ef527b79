"""How the parts of messaging fit together, for the roles that need all of them."""

from offhook.carriers import Lines, MessageCarrier
from offhook.products.accounts import Accounts
from offhook.products.messaging.accepting import Accepting
from offhook.products.messaging.answering import Answering
from offhook.products.messaging.attaching import Attaching
from offhook.products.messaging.changing import Changing
from offhook.products.messaging.opting_out import OptingOut
from offhook.products.messaging.receiving import Receiving
from offhook.products.messaging.replying import Replying
from offhook.products.messaging.sending import Sending
from offhook.products.messaging.service import Messaging
from offhook.products.numbers import Numbers
from offhook.runtime import Tasks, Timers
from offhook.storage import Database
from offhook.web.origin import Origin
from offhook.webhooks import Alerts, Asker, Outbox


def build_messaging(
    *,
    database: Database,
    accounts: Accounts,
    numbers: Numbers,
    carrier: MessageCarrier,
    lines: Lines,
    outbox: Outbox,
    attaching: Attaching,
    asker: Asker,
    origin: Origin,
    alerts: Alerts,
    timers: Timers,
    tasks: Tasks,
    adopts: bool,
    sole_worker: bool,
) -> Messaging:
    """Messaging that accepts, sends, receives and answers in this process."""
    sending = Sending(database, carrier, outbox, attaching, alerts, timers, tasks, sole_worker=sole_worker)
    accepting = Accepting(database, accounts, numbers, lines, adopts=adopts)
    replying = Replying(database, accepting, sending, alerts)
    answering = Answering(database, numbers, replying, attaching, origin, asker, timers.clock)
    opting_out, changing = OptingOut(sending), Changing(database, sending, attaching)
    receiving = Receiving(
        accounts, numbers, answering, opting_out, attaching, database, timers, tasks, sole_worker=sole_worker
    )
    return Messaging(database, accounts, accepting, sending, receiving, changing, attaching)
