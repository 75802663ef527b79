"""How often somebody may guess the password: ten times in a quarter of an hour from one place, a hundred in all.

An IPv6 place is its /64, since whoever has one address there has all of them. Links are not counted: nobody guesses
256 bits, so who is kept out by other people's guesses still gets in with a link.
"""

import ipaddress
from collections.abc import Callable

MOST, MOST_IN_ALL = 10, 100
WITHIN = 15 * 60.0  # seconds


class Attempts:
    """Counts guesses; `now` is real monotonic time in seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._made: list[tuple[float, str]] = []  # oldest first, MOST_IN_ALL at most

    def wait(self, source: str | None) -> float:
        """Seconds until the next guess from there is heard; 0 counts one, which is then heard."""
        now, place = self._now(), _place(source)
        self._made = [one for one in self._made if one[0] > now - WITHIN]
        here = [at for at, where in self._made if where == place]
        waits = [0.0]
        if len(here) >= MOST:
            waits.append(here[-MOST] + WITHIN - now)
        if len(self._made) >= MOST_IN_ALL:
            waits.append(self._made[-MOST_IN_ALL][0] + WITHIN - now)
        if max(waits) == 0:
            self._made.append((now, place))
        return max(waits)

    def succeeded(self, source: str | None) -> None:
        """The last guess from there was right: what came before is forgiven."""
        place = _place(source)
        self._made = [one for one in self._made if one[1] != place]


def _place(source: str | None) -> str:
    try:
        address = ipaddress.ip_address((source or "").partition("%")[0])
    except ValueError:
        return ""
    if address.version == 4:
        return str(address)
    return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False))
