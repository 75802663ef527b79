"""The history of a call: each status that it got, each step of its documents, and what it led to.

Both stand in the log of what happened (`exchanges/events.py`), in the order in which they happened: a status in the
unit of the change, a step (a verb begins, keys came) by itself. The log is cut after a while; then the history is what
the row itself knows, which is when the call was made, answered and ended, and what is left of the log.
"""

import msgspec

from offhook.exchanges import events
from offhook.exchanges.events import Event
from offhook.products.voice import recording_store, store
from offhook.products.voice.call import FINAL, Call, Status
from offhook.storage import Database, Unit

MOST = 2_000  # lines of one call that are shown
STATUS = "status"
LONGEST_LINE = 500  # characters


class Moment(msgspec.Struct, frozen=True):
    """Something that happened, in UTC microseconds: a status (`kind` is "status"), or the step of a document.

    A step's `kind` is the verb (`Say`), or what came of one (`Gathered`, `Connected`, `Error`); `text` says more. Of an
    `Alert` or a `Warning` it is the error's number and a sentence.
    """

    kind: str
    text: str
    at: int


class History(msgspec.Struct, frozen=True):
    """What happened, in order; `is_complete` unless the log has been cut. `children` and `recordings` are SIDs."""

    call: Call
    moments: list[Moment]
    is_complete: bool
    children: list[str]
    recordings: list[str]


def note_step(unit: Unit, account_sid: str, sid: str, kind: str, text: str, now: int) -> None:
    """Add a step of a call to `unit`, as `of` finds it."""
    detail = f"{kind} {text}"[:LONGEST_LINE].strip()
    events.note(unit, "call.step", account_sid=account_sid, sid=sid, now=now, detail=detail)


async def of(database: Database, call: Call) -> History:
    """The history of a call."""
    moments = _without_repeats([_moment(line) for line in await events.about(database, call.sid, most=MOST)])
    is_complete = bool(moments) and moments[0].kind == STATUS and moments[0].text == _first(call)
    return History(
        call,
        moments if is_complete else _remembered(call, moments),
        is_complete,
        await store.children(database, call.sid),
        [recording.sid for recording in await recording_store.of_call(database, call.sid)],
    )


def _moment(line: Event) -> Moment:
    detail = line.detail or ""
    if line.type != "call.step":
        return Moment(STATUS, detail, line.date_created)
    kind, _, text = detail.partition(" ")
    return Moment(kind, text, line.date_created)


def _without_repeats(moments: list[Moment]) -> list[Moment]:
    """A status that is told of again, since something else about the call has changed, is none."""
    found, latest = [], ""
    for moment in moments:
        if moment.kind == STATUS and moment.text == latest:
            continue
        latest = moment.text if moment.kind == STATUS else latest
        found.append(moment)
    return found


def _first(call: Call) -> Status:
    return "ringing" if call.direction == "inbound" else "queued"


def _remembered(call: Call, logged: list[Moment]) -> list[Moment]:
    """What the row knows, and what is left of the log."""
    known = {moment.text for moment in logged if moment.kind == STATUS}
    found = [Moment(STATUS, _first(call), call.date_created)]
    if call.start_time is not None and "in-progress" not in known:
        found.append(Moment(STATUS, "in-progress", call.start_time))
    found += logged
    if call.status in FINAL and call.end_time is not None and call.status not in known:
        found.append(Moment(STATUS, call.status, call.end_time))
    return found
