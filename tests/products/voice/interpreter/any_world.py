"""A world in which anything may happen: answers whatever the interpreter asks for, and keeps account of what it owes.

What comes is drawn: documents, results, news in any order, about calls that exist and about some that do not. After so
much news the far side hangs up, and stays away.
"""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from offhook.carriers import calls
from offhook.kit.clock import SECOND
from offhook.products.voice.interpreter import DocumentError, HungUpError, Session, Steps, effects
from offhook.products.voice.interpreter import conference_effects as conference
from tests.products.voice.interpreter.any_document import DOCUMENTS

MOST_NEWS = 30
MOST_EFFECTS = 20_000  # a loop of a thousand sounds, a hundred documents of some verbs each
LIKELY = 5  # of ten news that come
KEYS = "0123456789*#"
SEATS = st.builds(
    conference.Seat,
    sid=st.sampled_from(["CF1", "CF2"]),
    name=st.just("room"),
    is_begun=st.booleans(),
    is_muted=st.booleans(),
    is_held=st.booleans(),
    wait=st.none() | st.just(effects.Page("")) | st.just(effects.Page("http://app/wait")),
    music=st.none() | st.just(effects.Page("")) | st.just(effects.Page("http://app/music")),
)
PLACES = st.none() | st.just(effects.Place("QU1", "support", 0))
FILES = st.none() | st.builds(
    calls.File, st.just("http://app/a.wav"), st.just("audio/x-wav"), st.just("d"), st.integers(0, 9 * SECOND)
)


class AnyWorld:
    """Drives the interpreter of one leg. `draw` gives an example of a strategy."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any], session: Session) -> None:
        self.session = session
        self.effects: list[Any] = []
        self.children: set[str] = set()  # calls that were made, and have not ended
        self.recordings: set[str] = set()  # of verbs, under way
        self.is_gone = False  # the leg has ended
        self._draw = draw
        self._news = MOST_NEWS
        self._made = 0
        self._results: dict[type, Callable[[Any], Any]] = {
            effects.Read: self._read,
            effects.Wait: self._wait,
            effects.Dial: self._dial,
            effects.HangUpChild: lambda effect: self.children.discard(effect.sid),
            effects.StartRecording: self._record,
            effects.EndRecording: self._end_recording,
            effects.Load: lambda effect: self._draw(FILES),
            effects.Send: lambda effect: self._draw(st.sampled_from([None, "SM1"])),
            effects.EnterQueue: lambda effect: self._draw(PLACES),
            effects.AskQueue: lambda effect: self._draw(st.none() | st.just(effects.Standing(1, 2, 3, 4))),
            effects.LeaveQueue: self._leave_queue,
            effects.TakeFromQueue: lambda effect: self._draw(st.booleans()),
            conference.EnterConference: lambda effect: self._draw(st.none() | SEATS),
            effects.Discard: lambda effect: self._draw(st.booleans()),
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

    def _read(self, effect: effects.Read) -> effects.Document:
        url = effect.where.url if isinstance(effect.where, effects.Page) else effect.where.base
        self.session.now += self._draw(st.sampled_from([0, 1, 2 * SECOND]))
        match self._draw(st.integers(1, 20)):
            case 19:
                raise DocumentError(11200, "there is no such page", url)
            case 20:
                raise HungUpError("failed")  # something is wrong on our side
        return effects.Document(self._draw(DOCUMENTS), url or "http://app/given", "GET")

    def _wait(self, effect: effects.Wait) -> Any:
        if self._news <= 0:
            self.is_gone = True
            return calls.Ended()
        self._news -= 1
        chance = self._draw(st.integers(0, 9))
        if effect.until is not None and chance in (8, 9):
            self.session.now = max(self.session.now, effect.until)
            return None
        news = self._likely() if chance < LIKELY else self._draw(self._any_news())
        if effect.until is not None:
            self.session.now = min(effect.until, self.session.now + self._draw(st.integers(0, 9 * SECOND)))
        if isinstance(news, effects.ChildEnded):
            self.children.discard(news.sid)
        self.is_gone = self.is_gone or isinstance(news, calls.Ended | calls.Refused)
        return news

    def _likely(self) -> Any:
        """What comes when all goes well."""
        if not self.session.is_answered and not self.session.is_inbound:
            return calls.Answered()
        if self.children and not self._draw(st.booleans()):
            return self._draw(self._of_children())
        return calls.Played(self.session.played)

    def _any_news(self) -> st.SearchStrategy[Any]:
        number = st.integers(max(0, self.session.played - 1), self.session.played)
        kinds = [
            st.builds(calls.Played, number),
            st.builds(calls.Digit, st.sampled_from(KEYS)),
            st.sampled_from([calls.SpeechStarted(), calls.SpeechEnded(None), calls.SpeechEnded("yes", 0.9)]),
            st.sampled_from([calls.Ringing(), calls.Answered(), calls.Detected("human")]),
            self._of_children(),
            self._of_others(),
            st.builds(effects.Diverted, st.just(effects.Page("http://app/other"))),
            st.builds(effects.Stopped, st.sampled_from(["completed", "canceled", "no-answer"])),
            st.sampled_from([calls.Ended(), calls.Refused("busy")]),
        ]
        return st.sampled_from(kinds[:6] * 4 + kinds[6:]).flatmap(lambda kind: kind)

    def _of_children(self) -> st.SearchStrategy[Any]:
        sids = st.sampled_from([*sorted(self.children) * 4, "CA-unknown"])
        status = st.sampled_from(["completed", "busy", "no-answer", "failed", "canceled"])
        return st.one_of(
            st.builds(effects.ChildRings, sids),
            st.builds(effects.ChildAnswered, sids),
            st.builds(effects.ChildReady, sids),
            st.builds(effects.ChildEnded, sids, status, st.integers(0, 60)),
        )

    def _of_others(self) -> st.SearchStrategy[Any]:
        room, sid = st.just("room"), st.sampled_from(["CF1", "CF2"])
        where = st.none() | st.just(effects.Page("http://app/whisper"))
        return st.one_of(
            st.builds(effects.Connected, room),
            st.builds(effects.MemberCame, st.just("CA-member"), room),
            st.builds(effects.MemberGone, st.just("CA-member")),
            st.builds(effects.Dequeued, st.just("CA-agent"), room, where),
            st.just(effects.DequeuerGone()),
            st.builds(conference.SeatChanged, SEATS),
            st.builds(conference.SeatLost, sid),
            st.builds(conference.Announced, sid, st.just(effects.Page("http://app/announcement")), st.just(1)),
            st.builds(conference.Beeped, sid),
        )

    def _dial(self, effect: effects.Dial) -> str | None:
        if self._draw(st.integers(0, 4)) == 4:
            return None
        self._made += 1
        self.children.add(f"CA-{self._made}")
        return f"CA-{self._made}"

    def _record(self, effect: effects.StartRecording) -> effects.Kept:
        self._made += 1
        sid = f"RE-{self._made}"
        if effect.verb is not None:
            self.recordings.add(sid)
        return effects.Kept(sid, f"http://app/{sid}")

    def _end_recording(self, effect: effects.EndRecording) -> int:
        self.recordings.remove(effect.sid)
        return self._draw(st.integers(0, 9))

    def _leave_queue(self, effect: effects.LeaveQueue) -> bool:
        return not effect.unless_taken or self._draw(st.booleans())

    def _end(self, effect: Any) -> None:
        self.is_gone = True
