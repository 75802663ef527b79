"""A world in which anything may happen: answers whatever the interpreter asks for, and keeps account of what it owes.

What comes is left to chance: documents, results, news in any order, about calls that exist and about some that do not.
After so much news the far side hangs up, and stays away.
"""

from collections.abc import Callable
from random import Random
from typing import Any

from offhook.carriers import calls
from offhook.kit.clock import SECOND
from offhook.products.voice.interpreter import DocumentError, HungUpError, Session, Steps, effects
from offhook.products.voice.interpreter import conference_effects as conference
from offhook.products.voice.interpreter.effects import Page
from tests.products.voice.interpreter.any_document import document

MOST_NEWS = 40
MOST_EFFECTS = 20_000  # a loop of a thousand sounds, a hundred documents of some verbs each
KEYS = "0123456789*#"
STATUSES = ("completed", "busy", "no-answer", "failed", "canceled")


class AnyWorld:
    """Drives the interpreter of one leg."""

    def __init__(self, random: Random, session: Session) -> None:
        self.session = session
        self.effects: list[Any] = []
        self.children: list[str] = []  # calls that were made, and have not ended
        self.recordings: set[str] = set()  # of verbs, under way
        self.places: set[str] = set()  # in a queue, in a conference, taking from a queue
        self.is_gone = False  # the leg has ended
        self._random = random
        self._news = random.randint(0, MOST_NEWS)
        self._results: dict[type, Callable[[Any], Any]] = {
            effects.Read: self._read,
            effects.Wait: self._wait,
            effects.Dial: self._dial,
            effects.HangUpChild: lambda effect: self._has_ended(effect.sid),
            effects.StartRecording: self._record,
            effects.EndRecording: self._end_recording,
            effects.Load: lambda effect: self._perhaps(calls.File("http://app/a", "audio/x-wav", "d", 5 * SECOND)),
            effects.Send: lambda effect: self._perhaps("SM1"),
            effects.EnterQueue: lambda effect: self._enter("queue", effects.Place("QU1", "support", 0)),
            effects.AskQueue: lambda effect: self._perhaps(effects.Standing(1, 2, 3, 4)),
            effects.LeaveQueue: self._leave_queue,
            effects.TakeFromQueue: lambda effect: bool(self._enter("agent", self._perhaps(True))),
            effects.ReleaseMember: lambda effect: self.places.discard("agent"),
            conference.EnterConference: lambda effect: self._enter("conference", self._perhaps(self._seat())),
            conference.LeaveConference: lambda effect: self.places.discard("conference"),
            effects.Discard: lambda effect: self._perhaps(True) is not None,
            calls.HangUp: self._end,
            calls.Reject: self._end,
        }

    def run(self, steps: Steps[None]) -> None:
        """Go on to the end. Raises whatever the interpreter does, and AssertionError when it never ends."""
        result: Any = None
        problem: Exception | None = None
        while True:
            try:
                effect = steps.send(result) if problem is None else steps.throw(problem)
            except StopIteration:
                return
            self.effects.append(effect)
            assert len(self.effects) < MOST_EFFECTS, "it never ends"
            result = problem = None
            try:
                result = self._results.get(type(effect), lambda effect: None)(effect)
            except (DocumentError, HungUpError) as failure:
                problem = failure

    # Results

    def _perhaps(self, value: Any) -> Any:
        return value if self._random.random() < 0.8 else None

    def _read(self, effect: effects.Read) -> effects.Document:
        url = effect.where.url if isinstance(effect.where, Page) else effect.where.base
        self.session.now += self._random.choice([0, 1, 2 * SECOND])
        chance = self._random.random()
        if chance < 0.05:
            raise DocumentError(11200, "there is no such page", url)
        if chance < 0.08:
            raise HungUpError("failed")  # something is wrong on our side
        return effects.Document(document(self._random), url or "http://app/given", "GET")

    def _dial(self, effect: effects.Dial) -> str | None:
        if (sid := self._perhaps(f"CA-{len(self.effects)}")) is not None:
            self.children.append(sid)
        return sid  # type: ignore[no-any-return]

    def _has_ended(self, sid: str) -> None:
        if sid in self.children:
            self.children.remove(sid)

    def _record(self, effect: effects.StartRecording) -> effects.Kept:
        sid = f"RE-{len(self.effects)}"
        if effect.verb is not None:
            self.recordings.add(sid)
        return effects.Kept(sid, f"http://app/{sid}")

    def _end_recording(self, effect: effects.EndRecording) -> int:
        self.recordings.remove(effect.sid)
        return self._random.randint(0, 9)

    def _enter(self, where: str, result: Any) -> Any:
        if result is not None:
            self.places.add(where)
        return result

    def _leave_queue(self, effect: effects.LeaveQueue) -> bool:
        if effect.unless_taken and self._perhaps(True) is None:
            return False
        self.places.discard("queue")
        return True

    def _end(self, effect: Any) -> None:
        self.is_gone = True

    # News

    def _wait(self, effect: effects.Wait) -> Any:
        self._news -= 1
        news = calls.Ended() if self._news < 0 else self._coming(effect.until)
        if effect.until is not None:
            later = self.session.now + self._random.randint(0, 9 * SECOND) if news is not None else effect.until
            self.session.now = max(self.session.now, min(effect.until, later))
        if isinstance(news, effects.ChildEnded):
            self._has_ended(news.sid)
        self.is_gone = self.is_gone or isinstance(news, calls.Ended | calls.Refused)
        return news

    def _coming(self, until: int | None) -> Any:
        chance = self._random.random()
        if until is not None and chance < 0.15:
            return None
        if chance < 0.6:
            return self._likely()
        return self._random.choice([self._of_leg, self._of_children, self._of_queue, self._of_conference, self._rare])()

    def _likely(self) -> Any:
        """What comes when all goes well."""
        if not self.session.is_answered and not self.session.is_inbound:
            return calls.Answered()
        if self.children and self._random.random() < 0.7:
            return self._of_children()
        return calls.Played(self.session.played)

    def _of_leg(self) -> Any:
        return self._random.choice(
            [
                calls.Played(self._random.randint(0, self.session.played)),
                calls.Digit(self._random.choice(KEYS)),
                calls.SpeechStarted(),
                calls.SpeechEnded(None),
                calls.SpeechEnded("yes", 0.9),
                calls.Ringing(),
                calls.Answered(),
                calls.Detected("human"),
            ]
        )

    def _of_children(self) -> Any:
        sid = self._random.choice([*self.children * 4, "CA-unknown"])
        return self._random.choice(
            [
                effects.ChildRings(sid),
                effects.ChildAnswered(sid),
                effects.ChildReady(sid),
                effects.ChildEnded(sid, self._random.choice(STATUSES), self._random.randint(0, 60)),
            ]
        )

    def _of_queue(self) -> Any:
        return self._random.choice(
            [
                effects.Connected("room"),
                effects.MemberCame("CA-member", "room"),
                effects.MemberGone("CA-member"),
                effects.Dequeued("CA-agent", "room", self._perhaps(Page("http://app/whisper"))),
                effects.DequeuerGone(),
            ]
        )

    def _of_conference(self) -> Any:
        sid = self._random.choice(["CF1", "CF2"])
        return self._random.choice(
            [
                conference.SeatChanged(self._seat()),
                conference.SeatLost(sid),
                conference.Announced(sid, Page("http://app/announcement"), 1),
                conference.Beeped(sid),
            ]
        )

    def _rare(self) -> Any:
        return self._random.choice(
            [
                effects.Diverted(Page("http://app/other")),
                effects.Stopped(self._random.choice(["completed", "canceled", "no-answer"])),
                calls.Ended(),
                calls.Refused("busy"),
            ]
        )

    def _seat(self) -> conference.Seat:
        begun, muted, held = (self._random.random() < 0.5 for _ in range(3))
        pages = [None, Page(""), Page("http://app/wait")]
        wait, music = self._random.choice(pages), self._random.choice(pages)
        return conference.Seat("CF1", "room", begun, muted, held, wait=wait, music=music)
