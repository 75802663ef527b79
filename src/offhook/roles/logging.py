"""How the process logs: one line an event, people's form on a terminal, JSON otherwise. Tracebacks show no values.

(A traceback with local variables would print whatever a request carried, passwords included.) Should the text of an
error hold a header with credentials all the same, or a URL with a password, that is taken out.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from offhook.exchanges.redaction import REDACTED

_CREDENTIALS = re.compile(r"(?i)\b(basic|bearer)(\s+)[\w+/=.~-]{6,}")
_USER = re.compile(r"(://)[^\s/?#@'\"]*:[^\s/?#@'\"]*@")


def without_secrets(text: str) -> str:
    """`text` less the credentials of HTTP headers and URLs in it."""
    return _USER.sub(rf"\1{REDACTED}@", _CREDENTIALS.sub(rf"\1\2{REDACTED}", text))


def scrub(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: every text of the event without secrets."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = without_secrets(value)
    return event


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
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,  # text, before anything that would show local variables
            scrub,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Scrubbed("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
