"""Rooms: what comes in on one leg goes out on the others.

Who comes in while somebody begins to speak hears that too: two legs that are brought together the moment the far side
answers must not miss its first words.
"""

from dataclasses import dataclass
from typing import Protocol

from offhook.carriers.simulator.sounding import Sounding
from offhook.kit.clock import SECOND


class Occupant(Protocol):
    """A leg as a room knows it."""

    sid: str
    incoming: Sounding | None  # what came in last

    def lets_hear(self, sounding: Sounding) -> None:
        """Send out what somebody else in the room is heard with."""
        ...


JUST = SECOND // 2  # so long ago at most has begun what is heard by who comes in


@dataclass(frozen=True, slots=True)
class _Place:
    """How one is in a room: `muted` is heard by nobody, who is `coaching` (a SID) by that one only."""

    room: str
    muted: bool
    coaching: str | None


class Rooms:
    """Who is where. An occupant is in one room at most; a room is there as long as somebody is in it."""

    def __init__(self) -> None:
        self._rooms: dict[str, dict[Occupant, None]] = {}  # in the order in which they came
        self._places: dict[Occupant, _Place] = {}

    def join(self, occupant: Occupant, room: str, *, muted: bool, coaching: str | None, now: int) -> None:
        """Be in a room, and in no other; or be there in another way."""
        there = self._places.get(occupant)
        if there is not None and there.room != room:
            self.leave(occupant)
        self._rooms.setdefault(room, {})[occupant] = None
        self._places[occupant] = _Place(room, muted, coaching)
        for one in list(self._rooms[room]):
            if one.incoming is not None and one.incoming.ended is None and one.incoming.began >= now - JUST:
                self.spread(one, one.incoming)

    def leave(self, occupant: Occupant) -> None:
        """Be in no room."""
        place = self._places.pop(occupant, None)
        if place is not None:
            room = self._rooms[place.room]
            del room[occupant]
            if not room:
                del self._rooms[place.room]

    def spread(self, occupant: Occupant, sounding: Sounding) -> None:
        """Let the others hear what comes in on one."""
        place = self._places.get(occupant)
        if place is None or place.muted:
            return
        for other in list(self._rooms[place.room]):
            if other is not occupant and place.coaching in (None, other.sid):
                other.lets_hear(sounding)

    def __len__(self) -> int:
        return len(self._rooms)
