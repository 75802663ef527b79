"""What apps do with recordings: list, steer and delete them, and begin one on a call that is under way."""

from typing import Literal

from offhook.carriers import calls
from offhook.exchanges import events
from offhook.kit.clock import Clock
from offhook.products.voice import errors
from offhook.products.voice import recording_store as store
from offhook.products.voice import store as call_store
from offhook.products.voice.conference_recording import ConferenceRecordings
from offhook.products.voice.live import Begin
from offhook.products.voice.recording import FINAL, Order, Recording, Transcription
from offhook.products.voice.recordings import Recordings
from offhook.products.voice.switchboard import Switchboard
from offhook.storage import Database, Page, PageRequest, Unit

CURRENT = "Twilio.CURRENT"  # Twilio's name for the recording that is under way


class Records:
    """The recordings of all accounts."""

    def __init__(
        self,
        database: Database,
        recordings: Recordings,
        of_conferences: ConferenceRecordings,
        switchboard: Switchboard,
        clock: Clock,
    ) -> None:
        self._database = database
        self._recordings = recordings
        self._of_conferences = of_conferences
        self._switchboard = switchboard
        self._clock = clock

    async def fetch(self, account_sid: str, sid: str) -> Recording | None:
        """The account's recording with this SID."""
        return await store.by_sid(self._database, account_sid, sid)

    async def page(
        self,
        account_sid: str,
        request: PageRequest,
        *,
        equal: dict[str, str],
        made: tuple[int | None, int | None] = (None, None),
    ) -> Page[Recording]:
        """The account's recordings, newest first."""
        return await store.page(self._database, account_sid, request, equal=equal, made=made)

    async def of_call(self, account_sid: str, call_sid: str, sid: str) -> Recording | None:
        """One recording of a call; `Twilio.CURRENT` is the one under way, the latest of several."""
        if sid == CURRENT:
            under_way = [one for one in await store.of_call(self._database, call_sid) if one.status not in FINAL]
            return next((one for one in reversed(under_way) if one.account_sid == account_sid), None)
        found = await self.fetch(account_sid, sid)
        return found if found is not None and found.call_sid == call_sid else None

    async def of_conference(self, account_sid: str, conference_sid: str, sid: str) -> Recording | None:
        """One recording of a conference; `Twilio.CURRENT` is the one under way."""
        if sid != CURRENT:
            found = await self.fetch(account_sid, sid)
            return found if found is not None and found.conference_sid == conference_sid else None
        page = await self.page(account_sid, PageRequest(), equal={"conference_sid": conference_sid})
        return next((one for one in page.rows if one.status not in FINAL), None)

    async def start(self, account_sid: str, call_sid: str, order: Order) -> Recording | None:
        """Record a call from now on; None when the account has no such call. Raises ApiError 21220."""
        call = await call_store.by_sid(self._database, account_sid, call_sid)
        if call is None:
            return None
        if call.status != "in-progress":
            raise errors.not_recordable(call_sid)
        recording = self._recordings.begin(call, order)
        await self._recordings.keep(recording)
        if not self._switchboard.tell(call_sid, Begin(recording)):
            await self._recordings.finish(recording, calls.Recorded(recording.sid, 0))
        return recording

    async def steer(
        self, recording: Recording, status: Literal["paused", "in-progress", "stopped"], *, silence: bool
    ) -> Recording:
        """Pause it, go on with it, or stop it. Raises ApiError 21220 for one that is over."""
        if recording.status in FINAL:
            raise errors.not_recording(recording.sid)
        if self._of_conferences.is_under_way(recording):
            return await self._of_conferences.steer(recording, status, silence=silence)
        commands: dict[str, calls.Command] = {
            "paused": calls.PauseRecording(recording.sid, silence),
            "in-progress": calls.ResumeRecording(recording.sid),
            "stopped": calls.StopRecording(recording.sid),
        }
        if not self._switchboard.tell(recording.call_sid, commands[status]):
            raise errors.not_recording(recording.sid)
        if status == "stopped":
            return await self._recordings.ended(recording.sid)
        await self._recordings.change(recording, status)
        return recording

    async def delete(self, account_sid: str, sid: str) -> bool:
        """Forget a recording; False when the account has no such one."""
        unit = Unit()
        step = store.remove(unit, account_sid, sid)
        now = self._clock.now()
        events.note(unit, "recording.deleted", account_sid=account_sid, sid=sid, now=now, after=step)
        await self._database.commit(unit)
        return step.changed > 0

    async def texts(
        self, account_sid: str, request: PageRequest, recording_sid: str | None = None
    ) -> Page[Transcription]:
        """The account's transcriptions, or those of one recording, newest first."""
        return await store.texts(self._database, account_sid, request, recording_sid)

    async def text(self, account_sid: str, sid: str) -> Transcription | None:
        """The account's transcription with this SID."""
        return await store.text_by_sid(self._database, account_sid, sid)

    async def delete_text(self, account_sid: str, sid: str) -> bool:
        """Forget a transcription; False when the account has no such one."""
        unit = Unit()
        step = store.remove_text(unit, account_sid, sid)
        await self._database.commit(unit)
        return step.changed > 0
