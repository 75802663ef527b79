"""/offhook/v1/Calls/{call_sid}/History: each status that a call got, each step of its documents, and when exactly.

The first account sees the history of every call, any other that of its own.
"""

import msgspec

from offhook.products.voice.history import History
from offhook.products.voice.service import Voice
from offhook.web import VERSIONED, Call, Resource, iso8601_exact


class MomentView(msgspec.Struct):
    """A status (`kind` is "status", `text` which) or a step of a document (`Say`, `Gathered` …), to the microsecond."""

    kind: str
    text: str
    date_created: str | None


class HistoryView(msgspec.Struct):
    """What became of a call. `complete` is false when the beginning is forgotten; then some moments are missing.

    `children` are the SIDs of the calls that `<Dial>` made for it, `recordings` those of its recordings.
    """

    call_sid: str
    account_sid: str
    moments: list[MomentView]
    complete: bool
    parent_call_sid: str | None
    children: list[str]
    recordings: list[str]
    url: str


def view(history: History, call: Call) -> HistoryView:
    """The history as its caller sees it."""
    about = history.call
    return HistoryView(
        call_sid=about.sid,
        account_sid=about.account_sid,
        moments=[MomentView(one.kind, one.text, iso8601_exact(one.at)) for one in history.moments],
        complete=history.is_complete,
        parent_call_sid=about.parent_call_sid,
        children=history.children,
        recordings=history.recordings,
        url=f"{call.base_url}/v1/Calls/{about.sid}/History",
    )


histories = Resource("offhook", "/v1/Calls/{call_sid}/History", VERSIONED, view, alone=True)


@histories.fetch
async def fetch(voice: Voice, call: Call, call_sid: str) -> History | None:
    """Each status that a call got and each step of its documents, and when; the calls and recordings it led to."""
    return await voice.calls.history(None if call.identity.owns_all else call.account_sid, call_sid)
