"""How the process logs: one line an event, people's form on a terminal, JSON otherwise. Tracebacks show no values.

(A traceback with local variables would print whatever a request carried, passwords included.)
"""

import logging
import sys
from typing import Any

import structlog


def configure(level: str, *, people: bool | None = None) -> None:
    """Log events of `level` and above to standard error."""
    people = sys.stderr.isatty() if people is None else people
    renderers: list[Any] = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    if people:
        renderers = [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *renderers,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
