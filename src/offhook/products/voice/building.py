"""How the parts of voice fit together, for the roles that need all of them."""

from offhook.carriers.calls import CallCarrier
from offhook.fetch import Fetcher
from offhook.media import Workshop
from offhook.products.accounts import Accounts
from offhook.products.numbers import Numbers
from offhook.products.voice.addressing import Addressing
from offhook.products.voice.bridging import Bridging
from offhook.products.voice.calls import Calls
from offhook.products.voice.conference_recording import ConferenceRecordings
from offhook.products.voice.conference_tracking import ConferenceTracking
from offhook.products.voice.conferences import Conferences
from offhook.products.voice.conferring import Conferring
from offhook.products.voice.documents import Documents
from offhook.products.voice.lining_up import LiningUp
from offhook.products.voice.live import Parts
from offhook.products.voice.making import Making
from offhook.products.voice.playing import Playing
from offhook.products.voice.queues import Queues
from offhook.products.voice.receiving import Receiving
from offhook.products.voice.reciting import Reciting
from offhook.products.voice.recordings import Recordings
from offhook.products.voice.records import Records
from offhook.products.voice.service import Voice
from offhook.products.voice.sounding import Sounding
from offhook.products.voice.switchboard import Switchboard
from offhook.products.voice.texting import Texting, Texts
from offhook.products.voice.tracking import Tracking
from offhook.products.voice.validating import Validating
from offhook.runtime import Tasks, Timers
from offhook.storage import Blobs, Database
from offhook.web.origin import Origin
from offhook.webhooks import Alerts, Asker, Outbox


def build_voice(
    *,
    database: Database,
    accounts: Accounts,
    numbers: Numbers,
    carrier: CallCarrier,
    outbox: Outbox,
    asker: Asker,
    alerts: Alerts,
    timers: Timers,
    tasks: Tasks,
    fetcher: Fetcher,
    blobs: Blobs,
    workshop: Workshop,
    origin: Origin,
    texts: Texts,
    adopts: bool,
) -> Voice:
    """Voice whose calls live in this process."""
    clock = timers.clock
    switchboard, tracking = Switchboard(), Tracking(database, outbox, clock)
    recordings, sounding = Recordings(database, outbox, origin, timers, tasks), Sounding(database, workshop)
    parts = Parts(Documents(database, asker, alerts, clock), tracking, switchboard, timers, tasks, recordings)
    addressing, making = Addressing(numbers, adopts=adopts), Making(database, carrier, tracking, parts, clock)
    queues = Queues(database, clock)
    lining_up = LiningUp(database, queues, switchboard, clock)
    tapes = ConferenceRecordings(recordings, switchboard, clock, tasks)
    conferring = Conferring(database, ConferenceTracking(outbox, clock), tapes, switchboard, clock)
    validating, reciting = Validating(making, numbers.caller_ids), Reciting(making)
    parts.rooms = (
        Bridging(making, addressing, numbers, switchboard),
        recordings,
        Playing(fetcher, blobs, workshop, origin, sounding),
        Texting(texts),
        validating,
        reciting,
        lining_up,
        conferring,
    )
    return Voice(
        database=database,
        accounts=accounts,
        switchboard=switchboard,
        tracking=tracking,
        receiving=Receiving(database, accounts, numbers, making, tracking, parts),
        calls=Calls(database, accounts, numbers, addressing, making, switchboard),
        recordings=recordings,
        records=Records(database, recordings, tapes, switchboard, clock),
        sounding=sounding,
        queues=queues,
        lining_up=lining_up,
        conferences=Conferences(database, conferring),
        conferring=conferring,
        validating=validating,
        reciting=reciting,
    )
