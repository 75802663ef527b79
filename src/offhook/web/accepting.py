"""What an `Accept` header admits (RFC 9110 §12.5.1)."""

import re

_WEIGHT = re.compile(r"\s*q\s*=\s*(0(?:\.[0-9]*)?|1(?:\.0*)?|\.[0-9]+)\s*", re.IGNORECASE)


def accepts(header: str | None, media_type: str) -> bool:
    """Whether a client that sent this header takes `media_type`; one that sent none takes everything.

    The most specific range counts: `*/*, text/csv;q=0` is everything but CSV. What is malformed refuses nothing.
    """
    if not header or header.isspace():
        return True
    ranges = {"*": 1, "*/*": 1, f"{media_type.partition('/')[0]}/*": 2, media_type: 3}
    best = (0, 0.0)
    for part in header.split(","):
        name, *parameters = part.split(";")
        rank = ranges.get(name.strip().lower(), 0)
        best = max(best, (rank, _weight(parameters) if rank else 0.0))
    return best[1] > 0


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        if found := _WEIGHT.fullmatch(parameter):
            return float(found[1])
    return 1.0
