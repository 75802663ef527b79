"""/offhook/v1/Events: what happens, as it happens, as server-sent events.

    id: 4711
    data: {"seq":4711,"type":"message.updated","sid":"SM…","detail":"delivered"}

An event says that something is not as it was; what it is like now, the reader asks for. The first account hears of
every account (`account_sid` says whose it is), any other of its own. A reader that comes back with `Last-Event-ID`
hears what it missed; if that is too old, or of another database, it gets an event `reset` instead: what it knows may be
out of date. `exchanges/events.py` lists the types.
"""

from collections.abc import AsyncGenerator

import msgspec

from offhook.exchanges import Batch, Feed
from offhook.exchanges.events import Event
from offhook.web import VERSIONED, Call, Resource, Stream, streaming

COME_BACK_AFTER = 1000  # milliseconds
_encode = msgspec.json.Encoder().encode

event_stream = Resource("offhook", "/v1/Events", VERSIONED, lambda shown, _call: shown, key="events", alone=True)


@event_stream.fetch
async def fetch(feed: Feed, call: Call) -> Stream:
    """Hear what happens, until you leave: `text/event-stream`."""
    return Stream(_tell(feed, None if call.identity.owns_all else call.account_sid, _last_seen(call)))


async def _tell(feed: Feed, account_sid: str | None, after: int | None) -> AsyncGenerator[bytes, None]:
    yield streaming.retry(COME_BACK_AFTER)
    async for batch in feed.watch(account_sid, after):
        yield _chunk(batch, with_account=account_sid is None)


def _chunk(batch: Batch, *, with_account: bool) -> bytes:
    lines = [streaming.event(_encode({"seq": batch.place}), id=batch.place, type="reset")] if batch.missed else []
    lines += [streaming.event(_data(event, with_account=with_account), id=event.seq) for event in batch.events]
    return b"".join(lines) or streaming.keep_alive(batch.place)


def _data(event: Event, *, with_account: bool) -> bytes:
    data = {"seq": event.seq, "type": event.type, "sid": event.sid}
    if event.detail is not None:
        data["detail"] = event.detail
    return _encode({**data, "account_sid": event.account_sid} if with_account else data)


def _last_seen(call: Call) -> int | None:
    """Where the reader was; a place that was never given out (-1) for what is no number."""
    text = call.headers.get("last-event-id")
    if not text:
        return None
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else -1
