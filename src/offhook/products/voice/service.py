"""The service of this slice: its parts, and what concerns all of them."""

from dataclasses import dataclass

from offhook.products.accounts import Accounts
from offhook.products.voice import recording_store
from offhook.products.voice.calls import Calls
from offhook.products.voice.conferences import Conferences
from offhook.products.voice.conferring import Conferring
from offhook.products.voice.interpreter.effects import Stopped
from offhook.products.voice.lining_up import LiningUp
from offhook.products.voice.queues import Queues
from offhook.products.voice.receiving import Receiving
from offhook.products.voice.reciting import Reciting
from offhook.products.voice.recordings import Recordings
from offhook.products.voice.records import Records
from offhook.products.voice.sounding import Sounding
from offhook.products.voice.switchboard import Switchboard
from offhook.products.voice.tracking import Tracking
from offhook.products.voice.validating import Validating
from offhook.storage import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Calls, and what is done with them. `conferring`, `lining_up`, `recordings` do the work behind the others."""

    database: Database
    accounts: Accounts
    switchboard: Switchboard
    tracking: Tracking
    receiving: Receiving
    calls: Calls
    recordings: Recordings
    records: Records
    sounding: Sounding
    queues: Queues
    lining_up: LiningUp
    conferences: Conferences
    conferring: Conferring
    validating: Validating
    reciting: Reciting

    async def start(self) -> None:
        """What a killed process left behind has ended."""
        await self.tracking.end_what_was_left()
        await self.recordings.end_what_was_left()
        await self.lining_up.start()
        await self.conferring.start()

    def stop(self) -> None:
        """End every call: the process is about to end."""
        self.switchboard.tell_all(Stopped())

    async def carries(self, digest: str) -> bool:
        """Whether a recording has the sound file with these bytes in it."""
        return await recording_store.carries(self.database, digest)
