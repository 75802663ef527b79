"""Taking the silence at both ends out of a recording (`trim-silence`)."""

from collections.abc import Sequence
from dataclasses import replace

from offhook.carriers.calls import Line


def trimmed(duration: int, lines: Sequence[Line]) -> tuple[int, tuple[Line, ...]]:
    """The length and the lines without what is silent before the first and after the last; all of one without any."""
    if not lines:
        return duration, ()
    begin = min(line.at for line in lines)
    end = min(duration, max(line.at + line.duration for line in lines))
    return max(0, end - begin), tuple(replace(line, at=line.at - begin) for line in lines)
