"""Following conferences: each change is written with the callbacks that tell of it, in one unit.

The first who comes says where callbacks go and which are wanted. They are numbered from 1 and come in that order.
https://www.twilio.com/docs/voice/twiml/conference#request-parameters
"""

from offhook.exchanges import events
from offhook.kit.clock import Clock, to_datetime
from offhook.products.voice import conference_store as store
from offhook.products.voice.conference import KINDS, Conference, Event, Participant, ReasonEnded, ReasonLeft
from offhook.products.voice.interpreter.effects import Parameters
from offhook.storage import Step, Unit
from offhook.webhooks import Outbox

REASONS: dict[ReasonEnded, str] = {
    "conference-ended-via-api": "Conference ended via API",
    "participant-with-end-conference-on-exit-left": "Participant with endConferenceOnExit left",
    "participant-with-end-conference-on-exit-kicked": "Participant with endConferenceOnExit was removed",
    "last-participant-kicked": "Last participant was removed",
    "last-participant-left": "Last participant left",
}


class ConferenceTracking:
    """Writes changes of conferences."""

    def __init__(self, outbox: Outbox, clock: Clock) -> None:
        self._outbox = outbox
        self._clock = clock

    def opened(self, unit: Unit, conference: Conference) -> None:
        """A conference that nobody has begun."""
        self._note(unit, conference, "created", store.add(unit, conference))

    def invited(self, unit: Unit, participant: Participant) -> Step:
        """Somebody is called for a conference."""
        return store.seat(unit, participant)

    def joined(self, unit: Unit, conference: Conference, participant: Participant, *, invited: bool) -> Step:
        """Somebody has come; `invited` says whether the participant is known."""
        step = (store.change if invited else store.seat)(unit, participant)
        self._tell(unit, conference, "participant-join", of_participant(participant), step)
        self._note(unit, conference, "updated", step)
        return step

    def begun(self, unit: Unit, conference: Conference) -> None:
        """It is in progress."""
        conference.status, conference.date_updated = "in-progress", self._clock.now()
        step = store.begin(unit, conference.sid, conference.date_updated)
        self._tell(unit, conference, "conference-start", (), step)
        self._note(unit, conference, "updated", step)

    def left(
        self, unit: Unit, conference: Conference, participant: Participant, reason: ReasonLeft, call_status: str
    ) -> None:
        """Somebody has left, or never came."""
        step = store.unseat(unit, participant)
        why = (("ParticipantCallStatus", call_status), ("ReasonParticipantLeft", reason))
        self._tell(unit, conference, "participant-leave", of_participant(participant) + why, step)
        self._note(unit, conference, "updated", step)

    def ended(self, unit: Unit, conference: Conference, reason: ReasonEnded, by: Participant | None) -> Step:
        """It is over; `by` is who ended it."""
        now = self._clock.now()
        call_sid = by.call_sid if by is not None else None
        conference.status, conference.date_updated = "completed", now
        conference.reason_conference_ended, conference.call_sid_ending_conference = reason, call_sid
        step = store.end(unit, conference.sid, reason, call_sid, now)
        told: Parameters = (("ReasonConferenceEnded", reason), ("Reason", REASONS[reason]))
        if by is not None:
            told = (("CallSidEndingConference", by.call_sid), *told)
            told += (("ParticipantLabelEndingConference", by.label),) if by.label else ()
        self._tell(unit, conference, "conference-end", told, step)
        self._note(unit, conference, "updated", step)
        return step

    def changed(self, unit: Unit, conference: Conference, participant: Participant, what: list[Event]) -> Step:
        """Something about a participant is different."""
        participant.date_updated = self._clock.now()
        step = store.change(unit, participant)
        for event in what:
            self._tell(unit, conference, event, of_participant(participant), step)
        self._note(unit, conference, "updated", step)
        return step

    def spoke(self, unit: Unit, conference: Conference, participant: Participant, *, is_speaking: bool) -> None:
        """A participant begins to speak, or ends."""
        event: Event = "participant-speech-start" if is_speaking else "participant-speech-stop"
        self._tell(unit, conference, event, of_participant(participant), None)

    def announced(
        self, unit: Unit, conference: Conference, url: str, failure: str | None, participant: Participant | None
    ) -> None:
        """An announcement is over, to one `participant` or to all."""
        told: Parameters = (("AnnounceUrl", url),)
        if failure is not None:
            told += (("ReasonAnnouncementFailed", failure),)
        if participant is not None:
            told += of_participant(participant)
        event: Event = "announcement-end" if failure is None else "announcement-fail"
        self._tell(unit, conference, event, told, None)

    def _tell(self, unit: Unit, conference: Conference, event: Event, more: Parameters, after: Step | None) -> None:
        if not conference.status_callback or KINDS[event] not in conference.events.split(","):
            return
        conference.told += 1
        store.note_told(unit, conference)
        now = self._clock.now()
        told = (
            ("ConferenceSid", conference.sid),
            ("FriendlyName", conference.friendly_name),
            ("AccountSid", conference.account_sid),
            ("SequenceNumber", str(conference.told)),
            ("Timestamp", to_datetime(now).strftime("%a, %d %b %Y %H:%M:%S +0000")),
            ("StatusCallbackEvent", event),
        )
        self._outbox.add(
            unit,
            account_sid=conference.account_sid,
            resource_sid=conference.sid,
            url=conference.status_callback,
            method=conference.status_callback_method,
            parameters=told + more,
            now=now,
            after=after,
        )

    def _note(self, unit: Unit, conference: Conference, what: str, after: Step) -> None:
        events.note(
            unit,
            f"conference.{what}",
            account_sid=conference.account_sid,
            sid=conference.sid,
            now=self._clock.now(),
            detail=conference.status,
            after=after,
        )


def of_participant(participant: Participant) -> Parameters:
    """What callbacks are told of a participant."""
    told: Parameters = (
        ("CallSid", participant.call_sid),
        ("Muted", _said(participant.muted)),
        ("Hold", _said(participant.hold)),
        ("Coaching", _said(participant.coaching)),
        ("EndConferenceOnExit", _said(participant.end_conference_on_exit)),
        ("StartConferenceOnEnter", _said(participant.start_conference_on_enter)),
    )
    return (*told, ("ParticipantLabel", participant.label)) if participant.label else told


def _said(value: bool) -> str:
    return "true" if value else "false"
