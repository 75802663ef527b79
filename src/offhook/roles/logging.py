"""How the process logs: one line an event, people's form on a terminal, JSON otherwise. Tracebacks show no values.

(A traceback with local variables would print whatever a request carried, passwords included.) Should the text of an
error hold a header with credentials all the same, or a URL with a password, that is taken out.

The log is never in the way of the work. A line that cannot be written (the disk is full, nobody reads the pipe any
more) is lost, not an error; and of lines that say the same again and again, which is what trouble looks like, only the
first of each while are written, so that the log does not fill the disk. The next one says how many are missing.
"""

import logging
import re
import sys
import time
from collections.abc import Callable, MutableMapping
from contextlib import suppress
from typing import Any, TextIO, cast

import structlog

from offhook.exchanges.redaction import REDACTED

_CREDENTIALS = re.compile(r"(?i)\b(basic|bearer)(\s+)[\w+/=.~-]{6,}")
_USER = re.compile(r"(://)[^\s/?#@'\"]*:[^\s/?#@'\"]*@")

MOST_ALIKE = 20  # lines of one event in a WHILE
WHILE = 10.0  # seconds


def without_secrets(text: str) -> str:
    """`text` less the credentials of HTTP headers and URLs in it."""
    return _USER.sub(rf"\1{REDACTED}@", _CREDENTIALS.sub(rf"\1\2{REDACTED}", text))


def scrub(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: every text of the event without secrets."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = without_secrets(value)
    return event


class Thinned:
    """A structlog processor: of one event at most MOST_ALIKE lines in a WHILE of the monotonic `clock`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: dict[str, tuple[float, int]] = {}  # when the while began, and the lines since

    def __call__(self, _logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        """The event, with `left_out` if some like it are missing. Raises DropEvent."""
        name, now = str(event.get("event")), self._clock()
        began, count = self._seen.get(name, (now, 0))
        if now - began >= WHILE:
            if count > MOST_ALIKE:
                event["left_out"] = count - MOST_ALIKE
            began, count = now, 0
        self._seen[name] = (began, count + 1)
        if count >= MOST_ALIKE:
            raise structlog.DropEvent
        return event


class _Lossy:
    """Where lines go; one that cannot be written is lost."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> int:
        """Write, if possible."""
        with suppress(OSError, ValueError):
            self._file.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush, if possible."""
        with suppress(OSError, ValueError):
            self._file.flush()


class _Scrubbed(logging.Formatter):
    """The same for what libraries log through the standard library."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with its traceback."""
        return without_secrets(super().format(record))


def configure(level: str, *, people: bool | None = None) -> None:
    """Log events of `level` and above to standard error."""
    people = sys.stderr.isatty() if people is None else people
    renderer: Any = structlog.processors.JSONRenderer()
    if people:
        renderer = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(
        processors=[
            Thinned(),
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,  # text, before anything that would show local variables
            scrub,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(cast("TextIO", _Lossy(sys.stderr))),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(_Lossy(sys.stderr))
    handler.setFormatter(_Scrubbed("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
