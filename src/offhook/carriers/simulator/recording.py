"""A recording of a leg, as text: which sound was to be heard when, on which track."""

from dataclasses import dataclass
from typing import Literal

from offhook.carriers.calls import Line, Recorded, Track
from offhook.carriers.simulator.sounding import Sounding


@dataclass(slots=True)
class _Part:
    """A sound in a recording: `at` from its begin; `since` and `until` on the clock, None while it goes on."""

    at: int
    track: Literal["inbound", "outbound"]
    sounding: Sounding
    since: int
    until: int | None = None


class Recording:
    """One recording under way. A sound is in it if it begins while it runs; a pause ends the sounds that go on.

    What the other side is saying when it begins is in it as well, whole: people speak into the end of a beep.
    """

    def __init__(self, sid: str, track: Track, now: int) -> None:
        self.sid = sid
        self._track = track
        self._began = now
        self._left_out = 0  # by pauses that keep no time
        self._paused: int | None = None
        self._keeps_time = True
        self._parts: list[_Part] = []

    def add(self, track: Literal["inbound", "outbound"], sounding: Sounding, now: int) -> None:
        """A sound begins on a track."""
        if self._paused is None and self._track in (track, "both"):
            self._parts.append(_Part(self._at(now), track, sounding, now))

    def pause(self, now: int, *, silence: bool) -> None:
        """Leave out what follows; with `silence` its time is kept."""
        if self._paused is None:
            self._paused, self._keeps_time = now, silence
            self._cut(now)

    def resume(self, now: int) -> None:
        """Go on."""
        if self._paused is not None:
            self._left_out += 0 if self._keeps_time else now - self._paused
            self._paused = None

    def end(self, now: int) -> Recorded:
        """What was recorded."""
        self.resume(now)
        self._cut(now)
        return Recorded(self.sid, self._at(now), tuple(_line(part) for part in self._parts if _is_line(part)))

    def _at(self, now: int) -> int:
        return now - self._began - self._left_out

    def _cut(self, now: int) -> None:
        for part in self._parts:
            if part.until is None:
                ended = part.sounding.ended
                part.until = now if ended is None else min(ended, now)


def _is_line(part: _Part) -> bool:
    return part.sounding.heard.kind != "silence"


def _line(part: _Part) -> Line:
    heard = part.sounding.heard
    assert heard.kind != "silence"
    return Line(
        at=part.at,
        duration=max(0, (part.until or part.since) - part.since),
        track=part.track,
        kind=heard.kind,
        text=heard.text,
        voice=heard.voice,
        language=heard.language,
        digest=heard.digest,
    )
