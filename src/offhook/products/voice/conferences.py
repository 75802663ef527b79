"""What apps do with conferences through the API: look at them, end them, and see to who takes part."""

import msgspec

from offhook.kit.sids import CONFERENCE, is_sid
from offhook.products.voice import conference_store as conferences
from offhook.products.voice import errors, store
from offhook.products.voice.call import Call
from offhook.products.voice.conference import Conference, Participant
from offhook.products.voice.conferring import Conferring
from offhook.products.voice.interpreter.effects import Page
from offhook.products.voice.meeting import MOST_IN_NAME, Change, is_label
from offhook.protocols.twiml import Element, voice
from offhook.protocols.twiml.writing import write
from offhook.storage import Database, PageRequest, Unit
from offhook.storage import Page as Rows

UNTIL_ANSWERED = {"queued": "queued", "ringing": "ringing", "in-progress": "connecting", "completed": "complete"}


class Shown(msgspec.Struct, frozen=True):
    """A participant, and how far its call is; `seq` is the participant's."""

    seq: int
    participant: Participant
    status: str


class Conferences:
    """The conferences of accounts."""

    def __init__(self, database: Database, conferring: Conferring) -> None:
        self._database = database
        self._conferring = conferring

    async def fetch(self, account_sid: str, sid: str) -> Conference | None:
        """The account's conference with this SID."""
        return await conferences.by_sid(self._database, account_sid, sid)

    async def page(
        self,
        account_sid: str,
        request: PageRequest,
        *,
        equal: dict[str, str],
        created: tuple[int | None, int | None] = (None, None),
        updated: tuple[int | None, int | None] = (None, None),
    ) -> Rows[Conference]:
        """The account's conferences, newest first."""
        return await conferences.page(
            self._database, account_sid, request, equal=equal, created=created, updated=updated
        )

    async def end(self, conference: Conference) -> None:
        """End a conference; one that is over stays as it is."""
        meeting = self._conferring.find(conference.account_sid, conference.sid)
        if meeting is not None:
            await self._conferring.end(meeting)

    def announce(self, conference: Conference, where: Page) -> None:
        """Let everybody hear something. Raises ApiError 20409 when the conference is over."""
        meeting = self._conferring.find(conference.account_sid, conference.sid)
        if meeting is None:
            raise errors.conference_over(conference.sid)
        self._conferring.announce(meeting, where)

    async def participants(
        self, account_sid: str, conference_sid: str, request: PageRequest, wanted: dict[str, bool]
    ) -> Rows[Shown] | None:
        """Who is in a conference or on the way there, newest first; None when there is no such conference."""
        if await self.fetch(account_sid, conference_sid) is None:
            return None
        found = await conferences.participants_page(self._database, account_sid, conference_sid, request, wanted)
        rows = [await self._shown(participant) for participant in found.rows]
        return Rows(rows, found.request, found.next_token, found.previous_token)

    async def participant(self, account_sid: str, conference_sid: str, name: str) -> Shown | None:
        """A participant by the SID of its call, or by its label."""
        found = await conferences.participant(self._database, account_sid, conference_sid, name)
        return None if found is None else await self._shown(found)

    def name_of(self, account_sid: str, name: str, label: str | None) -> str | None:
        """How the conference is called that somebody with this label is invited to, by its SID or name.

        None for a SID of one that is not under way. Raises ApiError 20001, 16024, 16026.
        """
        if label and not is_label(label):
            raise errors.label_invalid(label)
        meeting = self._conferring.find(account_sid, name)
        if meeting is None:
            if len(name) > MOST_IN_NAME:
                raise errors.conference_name_too_long(MOST_IN_NAME)
            return None if is_sid(name, CONFERENCE) else name
        if label and meeting.has(label):
            raise errors.label_taken(label)
        return meeting.conference.friendly_name

    async def invite(self, unit: Unit, call: Call, noun: voice.Conference) -> Shown:
        """Add to `unit` whom a call is made for; the conference is made if it is not there."""
        meeting = await self._conferring.open(call.account_sid, noun)
        return _shown(self._conferring.invite(unit, meeting, call.sid, noun.participant_label), call.status)

    async def change(self, account_sid: str, conference_sid: str, name: str, change: Change) -> None:
        """Change a participant. Raises ApiError 20409 for one that has not come yet, 20001 for whom nobody coaches."""
        meeting = self._conferring.find(account_sid, conference_sid)
        chair = meeting.find(name) if meeting is not None else None
        if meeting is None or chair is None:
            return
        if not chair.participant.present:
            raise errors.not_in_conference(chair.participant.call_sid)
        coached, own = change.call_sid_to_coach, chair.participant.call_sid
        if coached and (coached == own or all(one.participant.call_sid != coached for one in meeting.present)):
            raise errors.cannot_coach(coached)
        await self._conferring.change(meeting, chair, change)

    def announce_to(self, account_sid: str, conference_sid: str, name: str, where: Page) -> None:
        """Let one participant hear something."""
        meeting = self._conferring.find(account_sid, conference_sid)
        chair = meeting.find(name) if meeting is not None else None
        if meeting is not None and chair is not None:
            self._conferring.announce(meeting, where, chair)

    async def kick(self, account_sid: str, conference_sid: str, name: str) -> bool:
        """Put somebody out of a conference; False when nobody of that name takes part."""
        meeting = self._conferring.find(account_sid, conference_sid)
        chair = meeting.find(name) if meeting is not None else None
        if meeting is None or chair is None:
            return False
        await self._conferring.kick(meeting, chair)
        return True

    async def _shown(self, participant: Participant) -> Shown:
        if participant.present:
            return _shown(participant, "in-progress")
        call = await store.by_sid(self._database, participant.account_sid, participant.call_sid)
        return _shown(participant, "queued" if call is None else call.status)


def _shown(participant: Participant, call_status: str) -> Shown:
    status = "connected" if participant.present else UNTIL_ANSWERED.get(call_status, "failed")
    return Shown(participant.seq, participant, status)


def invitation(noun: voice.Conference) -> str:
    """The document that brings a call into a conference."""
    said = {
        "muted": _said(noun.muted),
        "startConferenceOnEnter": _said(noun.start_on_enter),
        "endConferenceOnExit": _said(noun.end_on_exit),
        "beep": noun.beep,
        "waitUrl": noun.wait_url,
        "waitMethod": noun.wait_method,
        "maxParticipants": str(noun.max_participants),
        "record": noun.record,
        "trim": noun.trim,
        "coach": noun.coach,
        "participantLabel": noun.participant_label,
        "region": noun.region,
        "statusCallback": noun.status_callback,
        "statusCallbackMethod": noun.status_callback_method,
        "statusCallbackEvent": " ".join(noun.status_callback_event),
        "recordingStatusCallback": noun.recording_status_callback,
        "recordingStatusCallbackMethod": noun.recording_status_callback_method,
        "recordingStatusCallbackEvent": " ".join(noun.recording_status_callback_event),
    }
    attributes = {name: value for name, value in said.items() if value or (name == "waitUrl" and value is not None)}
    conference = Element("Conference", attributes, content=[noun.name])
    return write(Element("Response", content=[Element("Dial", content=[conference])]))


def _said(value: bool) -> str:
    return "true" if value else "false"
