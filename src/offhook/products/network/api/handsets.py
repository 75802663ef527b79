"""/offhook/v1/Handsets: the phones on the simulated network, and how each behaves.

`address` is an E.164 number, `client:name`, or a prefix with a star (`+1415*`) for every number that begins so.
"""

from typing import Annotated, Literal

import msgspec

from offhook.carriers import UNDELIVERED_CODES, Line
from offhook.kit.clock import SECOND
from offhook.products.network.api.messages import check_owner
from offhook.products.network.handset import Handset
from offhook.products.network.handsets import Handsets
from offhook.storage import Page, PageRequest
from offhook.web import VERSIONED, Call, Checked, Resource, invalid_parameter, iso8601

LONGEST_DELAY = 7 * 86_400.0  # seconds
LONGEST_RINGING = 3600.0  # seconds
LONGEST_GREETING = 4096  # characters
MOST_REPEATS = 10


def known_code(text: str, name: str) -> str:
    """Raises ApiError for a code that a network does not give."""
    if text and not (text.isdecimal() and int(text) in UNDELIVERED_CODES):
        raise invalid_parameter(name, f"it must be one of {', '.join(map(str, UNDELIVERED_CODES))}")
    return text


class HandsetView(msgspec.Struct):
    """A phone's traits, and when it got or sent its last text; delays in seconds, `fault_rate` from 0 to 1."""

    address: str
    outcome: str
    error_code: int | None
    delay: float
    power: str
    repeated_reports: int
    early_reports: bool
    fault_rate: float
    seed: int
    line: Line | None
    answers: str
    answer_delay: float
    greeting: str
    date_last_text: str | None
    url: str


def view(handset: Handset, call: Call) -> HandsetView:
    """The phone as the person who runs the network sees it."""
    rule = handset.traits
    return HandsetView(
        address=rule.pattern,
        outcome=rule.outcome,
        error_code=rule.error_code,
        delay=rule.delay / SECOND,
        power="off" if rule.is_off else "on",
        repeated_reports=rule.repeats,
        early_reports=rule.too_early,
        fault_rate=rule.fault_rate,
        seed=rule.seed,
        line=rule.line,
        answers=rule.answers,
        answer_delay=rule.behaviour().rings_for / SECOND,
        greeting=rule.greeting,
        date_last_text=iso8601(handset.date_last_text),
        url=f"{call.base_url}/v1/Handsets/{rule.pattern}",
    )


handsets = Resource("offhook", "/v1/Handsets", VERSIONED, view, key="handsets")


@handsets.fetch
async def fetch(service: Handsets, call: Call, address: str) -> Handset:
    """How a phone behaves."""
    check_owner(call)
    return await service.find(address)


@handsets.list
async def list_(service: Handsets, call: Call, *, page: PageRequest) -> Page[Handset]:
    """List the phones that have texts, the one that was used last first; then those that were only told to behave."""
    check_owner(call)
    return await service.page(page)


@handsets.update
async def update(
    service: Handsets,
    call: Call,
    address: str,
    *,
    outcome: Literal["delivered", "undelivered"] | None = None,
    error_code: Annotated[str | None, Checked(known_code)] = None,
    delay: float | None = None,
    power: Literal["on", "off"] | None = None,
    repeated_reports: int | None = None,
    early_reports: bool | None = None,
    fault_rate: float | None = None,
    seed: int | None = None,
    line: Literal["mobile", "landline"] | None = None,
    answers: Literal["by-hand", "at-once", "busy", "rejects", "never", "voicemail"] | None = None,
    answer_delay: float | None = None,
    greeting: str | None = None,
) -> Handset:
    """Set how a phone behaves; what is not given stays as it is.

    `Outcome=undelivered` loses every text, with `ErrorCode` (30003 by default). `Delay` is in seconds. `Power=off`
    holds texts until it is on again. `FaultRate` loses that share of the texts, the same ones for the same `Seed`.
    `RepeatedReports` gives each delivery report so many times too often, `EarlyReports` before the network has even
    said that it took the text. `Line=landline` is a phone that cannot be texted; `mobile` is one that can, whatever the
    numbering plan says.

    `Answers` is about calls. By default they ring until somebody answers by hand. The phone can also answer `at-once`,
    be `busy`, ring and then be refused (`rejects`), ring for ever (`never`), or have a `voicemail` that answers and
    beeps. `AnswerDelay` is how many seconds it rings before (0, and 10 of a voicemail), `Greeting` what is said first.
    """
    check_owner(call)
    _in_range("Delay", delay, LONGEST_DELAY)
    _in_range("AnswerDelay", answer_delay, LONGEST_RINGING)
    if greeting is not None and len(greeting) > LONGEST_GREETING:
        raise invalid_parameter("Greeting", f"it must have {LONGEST_GREETING} characters at most")
    _in_range("FaultRate", fault_rate, 1.0)
    _in_range("RepeatedReports", repeated_reports, MOST_REPEATS)
    changes = {
        "outcome": outcome,
        "error_code": int(error_code) if error_code else None,
        "delay": None if delay is None else round(delay * SECOND),
        "is_off": None if power is None else power == "off",
        "repeats": repeated_reports,
        "too_early": early_reports,
        "fault_rate": fault_rate,
        "seed": seed,
        "line": line,
        "answers": answers,
        "answer_delay": None if answer_delay is None else round(answer_delay * SECOND),
        "greeting": greeting,
    }
    return await service.behave(address, {name: value for name, value in changes.items() if value is not None})


@handsets.delete
async def delete(service: Handsets, call: Call, address: str) -> bool:
    """Let a phone behave by default again."""
    check_owner(call)
    return await service.reset(address)


def _in_range(name: str, value: float | None, most: float) -> None:
    if value is not None and not 0 <= value <= most:
        raise invalid_parameter(name, f"it must be from 0 to {most:g}")
