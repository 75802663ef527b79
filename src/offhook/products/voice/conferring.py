"""The conferences that are under way: who comes, when it begins, who goes, when it ends.

What is decided is decided in memory, at once, and then written in one unit with the callbacks that tell of it; the
calls concerned hear of it when that is durable. A conference is found by its name among the account's that are not
over, or made. https://www.twilio.com/docs/voice/twiml/conference
"""

from collections.abc import Awaitable, Callable
from typing import Any

from offhook.kit.clock import Clock
from offhook.kit.sids import CONFERENCE, is_sid, new_sid
from offhook.products.voice import conference_store as store
from offhook.products.voice.conference import Conference, Participant, ReasonEnded, ReasonLeft
from offhook.products.voice.conference_recording import ConferenceRecordings
from offhook.products.voice.conference_tracking import ConferenceTracking
from offhook.products.voice.interpreter import conference_effects as effects
from offhook.products.voice.interpreter.conference_effects import Announced, Beeped, Seat, SeatChanged, SeatLost
from offhook.products.voice.interpreter.effects import Page, Stopped
from offhook.products.voice.live import LiveCall
from offhook.products.voice.meeting import Announcement, Chair, Change, Meeting, apply, ending, objection
from offhook.products.voice.switchboard import Switchboard
from offhook.protocols.twiml import voice
from offhook.storage import Database, StorageError, Unit


class Conferring:
    """Implements `Rooms` for conferences."""

    def __init__(
        self,
        database: Database,
        tracking: ConferenceTracking,
        recordings: ConferenceRecordings,
        switchboard: Switchboard,
        clock: Clock,
    ) -> None:
        self._database = database
        self._recordings = recordings
        self._tracking = tracking
        self._switchboard = switchboard
        self._clock = clock
        self._by_name: dict[tuple[str, str], Meeting] = {}
        self._by_call: dict[str, Meeting] = {}
        self._announcements = 0

    async def start(self) -> None:
        """Conferences that a killed process left behind are over."""
        for conference in await store.not_over(self._database):
            unit = Unit()
            self._tracking.ended(unit, conference, "last-participant-left", None)
            await self._database.commit(unit)

    def handlers(self) -> dict[type, Callable[[LiveCall, Any], Awaitable[Any]]]:
        """What is done for each effect."""
        return {
            effects.EnterConference: self._enter,
            effects.LeaveConference: self._leave,
            effects.AnnouncementOver: self._announcement_over,
            effects.Speaks: self._speaks,
        }

    async def over(self, live: LiveCall) -> None:
        """A call is over: so is its part in a conference, or it will never come."""
        meeting = self._by_call.get(live.call.sid)
        if meeting is None:
            return
        has_come = meeting.chairs[live.call.sid].participant.present
        await self._go(live.call.sid, "participant_hung_up" if has_come else "participant_add_failed", live.call.status)

    def find(self, account_sid: str, name: str) -> Meeting | None:
        """A conference that is not over, by its SID or its name."""
        if is_sid(name, CONFERENCE):
            owned = (one for (owner, _), one in self._by_name.items() if owner == account_sid)
            return next((one for one in owned if one.conference.sid == name), None)
        return self._by_name.get((account_sid, name))

    async def open(self, account_sid: str, noun: voice.Conference) -> Meeting:
        """The conference with the noun's name, made and kept if there is none."""
        meeting = self._by_name.get((account_sid, noun.name))
        if meeting is not None:
            return meeting
        unit = Unit()
        meeting = self._make(unit, account_sid, noun, noun.status_callback)
        await self._commit(unit, lambda: self._forget(meeting))
        return meeting

    def invite(self, unit: Unit, meeting: Meeting, call_sid: str, label: str | None) -> Participant:
        """Add somebody to `unit` who is called for a conference."""
        participant = self._new(meeting, call_sid, voice.Conference(meeting.conference.friendly_name), label)

        def await_them() -> None:
            meeting.chairs[call_sid] = Chair(participant)
            self._by_call[call_sid] = meeting

        unit.on_commit(await_them, after=self._tracking.invited(unit, participant))
        return participant

    async def change(self, meeting: Meeting, chair: Chair, change: Change) -> None:
        """Mute, hold, coach, or change what happens when they leave."""
        what = apply(chair, change)
        if what or change.wait is not None or change.music is not None:
            unit = Unit()
            self._tracking.changed(unit, meeting.conference, chair.participant, what)
            await self._database.commit(unit)
            self._switchboard.tell(chair.participant.call_sid, SeatChanged(meeting.seat_of(chair)))

    def announce(self, meeting: Meeting, where: Page, to: Chair | None = None) -> None:
        """Let everybody who is there hear something, or one of them."""
        self._announcements += 1
        number = self._announcements
        called = [one.participant.call_sid for one in (meeting.present if to is None else [to])]
        if called:
            to_one = to.participant if to is not None else None
            meeting.announcements[number] = Announcement(where.url, set(called), to_one)
        for call_sid in called:
            self._switchboard.tell(call_sid, Announced(meeting.conference.sid, where, number))

    async def kick(self, meeting: Meeting, chair: Chair) -> None:
        """Put somebody out of a conference; whom has not come yet is not called any longer."""
        call_sid = chair.participant.call_sid
        if not chair.participant.present:
            self._switchboard.tell(call_sid, Stopped("canceled"))
            return
        await self._go(call_sid, "participant_updated_via_api", "in-progress", kicked=True)
        self._switchboard.tell(call_sid, SeatLost(meeting.conference.sid))

    async def end(self, meeting: Meeting) -> None:
        """End a conference."""
        unit = Unit()
        self._end(unit, meeting, "conference-ended-via-api", None)
        await self._database.commit(unit)

    async def _enter(self, live: LiveCall, effect: effects.EnterConference) -> Seat | None:
        call, noun = live.call, effect.noun
        meeting = self._by_name.get((call.account_sid, noun.name))
        refusal = objection(meeting, call.sid, noun)
        if refusal is not None:
            code, message = refusal
            await live.documents.warn(code, f"{message} (line {noun.line})", live.session.url, is_error=True)
            return None
        elsewhere = self._by_call.get(call.sid)
        if elsewhere is not None and elsewhere is not meeting:
            await self._go(call.sid, "participant_updated_via_api", "in-progress")
        unit = Unit()
        meeting = self._by_name.get((call.account_sid, noun.name))
        if meeting is None:
            meeting = self._make(unit, call.account_sid, noun, effect.callback)
        chair = self._take_chair(unit, meeting, call.sid, effect)
        await self._commit(unit, lambda: self._give_up(meeting, call.sid))
        self._recordings.ask(meeting, noun, effect.recording_callback)
        await self._recordings.come(meeting, call)
        return meeting.seat_of(chair)

    def _make(self, unit: Unit, account_sid: str, noun: voice.Conference, callback: str | None) -> Meeting:
        now = self._clock.now()
        conference = Conference(0, new_sid(CONFERENCE), account_sid, noun.name, "init", now, now)
        conference.region = noun.region or conference.region
        _call_back(conference, noun, callback)
        meeting = self._by_name[account_sid, noun.name] = Meeting(conference)
        self._tracking.opened(unit, conference)
        return meeting

    def _take_chair(self, unit: Unit, meeting: Meeting, call_sid: str, effect: effects.EnterConference) -> Chair:
        noun, conference = effect.noun, meeting.conference
        if effect.callback and not conference.status_callback and not meeting.present:
            _call_back(conference, noun, effect.callback)
            store.note_callback(unit, conference)
        invited = meeting.chairs.get(call_sid)
        participant = self._new(meeting, call_sid, noun, noun.participant_label)
        if invited is not None:
            participant.date_created = invited.participant.date_created
        participant.present = True
        chair = meeting.chairs[call_sid] = Chair(participant)
        self._by_call[call_sid] = meeting
        step = self._tracking.joined(unit, conference, participant, invited=invited is not None)
        others = [one for one in meeting.present if one is not chair]
        if meeting.may_begin():
            self._tracking.begun(unit, conference)
            unit.on_commit(lambda: self._tell_of_seats(meeting, others), after=step)
        if noun.beep in ("true", "onEnter"):
            unit.on_commit(lambda: self._beep(meeting, others), after=step)
        return chair

    def _new(self, meeting: Meeting, call_sid: str, noun: voice.Conference, label: str | None) -> Participant:
        now, conference = self._clock.now(), meeting.conference
        return Participant(
            seq=0,
            account_sid=conference.account_sid,
            conference_sid=conference.sid,
            call_sid=call_sid,
            date_created=now,
            date_updated=now,
            label=label or None,
            muted=noun.muted,
            call_sid_to_coach=noun.coach or None,
            start_conference_on_enter=noun.start_on_enter,
            end_conference_on_exit=noun.end_on_exit,
            beep_on_exit=noun.beep in ("true", "onExit"),
        )

    async def _leave(self, live: LiveCall, effect: effects.LeaveConference) -> None:
        reason: ReasonLeft = "participant_updated_via_api" if effect.how == "diverted" else "participant_hung_up"
        await self._go(live.call.sid, reason, "completed" if effect.how == "hung-up" else live.call.status)

    async def _go(self, call_sid: str, reason: ReasonLeft, call_status: str, *, kicked: bool = False) -> None:
        """Somebody leaves, or will never come; with them the conference may end."""
        meeting = self._by_call.get(call_sid)
        if meeting is None:
            return
        unit = Unit()
        participant = self._take_out(unit, meeting, call_sid, reason, call_status)
        reason_ended = ending(meeting, participant, kicked=kicked)
        if reason_ended is not None:
            self._end(unit, meeting, reason_ended, participant)
        elif participant.present and participant.beep_on_exit:
            unit.on_commit(lambda: self._beep(meeting, meeting.present))
        await self._database.commit(unit)

    def _take_out(
        self, unit: Unit, meeting: Meeting, call_sid: str, reason: ReasonLeft, call_status: str
    ) -> Participant:
        participant = meeting.chairs.pop(call_sid).participant
        del self._by_call[call_sid]
        unit.on_commit(lambda: self._recordings.left(meeting, call_sid))
        self._tracking.left(unit, meeting.conference, participant, reason, call_status)
        for number in list(meeting.announcements):
            self._note_heard(unit, meeting, number, call_sid, None)
        return participant

    def _end(self, unit: Unit, meeting: Meeting, reason: ReasonEnded, by: Participant | None) -> None:
        """Nobody is in it any more."""
        self._forget(meeting)
        why: ReasonLeft = "moderator_ended_conference" if by is not None else "conference_ended_via_api"
        there = [chair.participant for chair in meeting.chairs.values()]
        for participant in there:
            left: ReasonLeft = why if participant.present else "participant_add_failed"
            status = "in-progress" if participant.present else "canceled"
            self._take_out(unit, meeting, participant.call_sid, left, status)
        step = self._tracking.ended(unit, meeting.conference, reason, by)
        unit.on_commit(lambda: self._recordings.over(meeting), after=step)
        unit.on_commit(lambda: self._send_away(meeting, there), after=step)

    def _send_away(self, meeting: Meeting, there: list[Participant]) -> None:
        for participant in there:
            news = SeatLost(meeting.conference.sid) if participant.present else Stopped("canceled")
            self._switchboard.tell(participant.call_sid, news)

    def _tell_of_seats(self, meeting: Meeting, chairs: list[Chair]) -> None:
        for chair in chairs:
            self._switchboard.tell(chair.participant.call_sid, SeatChanged(meeting.seat_of(chair)))

    def _beep(self, meeting: Meeting, chairs: list[Chair]) -> None:
        if meeting.conference.status == "in-progress":
            for chair in chairs:
                self._switchboard.tell(chair.participant.call_sid, Beeped(meeting.conference.sid))

    async def _announcement_over(self, live: LiveCall, effect: effects.AnnouncementOver) -> None:
        meeting = self._by_call.get(live.call.sid)
        if meeting is not None:
            unit = Unit()
            self._note_heard(unit, meeting, effect.number, live.call.sid, effect.failure)
            if unit:
                await self._database.commit(unit)

    def _note_heard(self, unit: Unit, meeting: Meeting, number: int, call_sid: str, failure: str | None) -> None:
        """An announcement is over for one call; once it is for all of them, that is told."""
        announcement = meeting.announcements.get(number)
        if announcement is None or call_sid not in announcement.left:
            return
        announcement.left.remove(call_sid)
        announcement.failure = announcement.failure or failure
        if not announcement.left:
            del meeting.announcements[number]
            to = announcement.to
            still = to if to is not None and to.call_sid in meeting.chairs else None
            self._tracking.announced(unit, meeting.conference, announcement.url, announcement.failure, still)

    async def _speaks(self, live: LiveCall, effect: effects.Speaks) -> None:
        meeting = self._by_call.get(live.call.sid)
        if meeting is not None:
            unit = Unit()
            participant = meeting.chairs[live.call.sid].participant
            self._tracking.spoke(unit, meeting.conference, participant, is_speaking=effect.is_speaking)
            if unit:
                await self._database.commit(unit)

    async def _commit(self, unit: Unit, undo: Callable[[], None]) -> None:
        try:
            await self._database.commit(unit)
        except StorageError:
            undo()
            raise

    def _give_up(self, meeting: Meeting, call_sid: str) -> None:
        """What was to be kept was not: they have not come."""
        meeting.chairs.pop(call_sid, None)
        self._by_call.pop(call_sid, None)
        if not meeting.chairs:
            self._forget(meeting)

    def _forget(self, meeting: Meeting) -> None:
        name = meeting.conference.account_sid, meeting.conference.friendly_name
        if self._by_name.get(name) is meeting:
            del self._by_name[name]


def _call_back(conference: Conference, noun: voice.Conference, url: str | None) -> None:
    conference.status_callback = url
    conference.status_callback_method = noun.status_callback_method
    conference.events = ",".join(noun.status_callback_event) if url else ""
