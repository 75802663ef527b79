"""What must be true in the end, whatever happened on the way: used by every program that posts texts."""

import time
from collections import Counter
from typing import Any

from soak.app import App, until
from soak.figures import Figures
from soak.load import Client

FINAL = {"delivered", "undelivered", "failed", "canceled"}
ORDER = ["sent", *sorted(FINAL)]
WITHIN = 30.0
NUMBER = "+15005550006"
PHONES = [f"+1555201{n:04d}" for n in range(40)]


def text_to(app: App, number: int, prefix: str = "out") -> dict[str, str]:
    """The form of one text to one of the phones, with a status callback."""
    to = PHONES[number % len(PHONES)]
    return {"To": to, "From": NUMBER, "Body": f"{prefix} {number}", "StatusCallback": f"{app.url}/status"}


async def check_outgoing(figures: Figures, client: Client, app: App, since: float, under_way: set[str]) -> None:
    """Nothing accepted is lost, everything came to an end, the app was told in order, nothing is shown twice.

    `since` is when the last trouble ended (monotonic), `under_way` the SIDs that may be shown twice.
    """
    took, unsettled = await settle(client, since)
    messages = {message["sid"]: message for message in await client.messages()}
    accepted = client.ledger.accepted
    figures.none("accepted texts that the API does not know", [s for s in accepted.values() if s not in messages])
    figures.none("messages without a final state", unsettled)
    figures.at_most("final state of all, after the last trouble", took, WITHIN, " s")
    wanted = {s for s, m in messages.items() if m["direction"] == "outbound-api"}
    await until(lambda: all(_told(app, sid) for sid in wanted), WITHIN)
    _check_callbacks(figures, app, wanted, messages)
    await _check_phones(figures, client, messages, under_way)


async def settle(client: Client, since: float) -> tuple[float, list[str]]:
    """Wait until every message that goes out is final: the seconds since `since`, and what is still open."""
    while True:
        rows = await client.messages()
        unsettled = [m["sid"] for m in rows if m["direction"] != "inbound" and m["status"] not in FINAL]
        took = time.monotonic() - since
        if not unsettled or took > WITHIN:
            return took, unsettled
        await _pause()


async def _pause() -> None:
    await until(lambda: False, 0.3)


def _told(app: App, sid: str) -> bool:
    heard = app.callbacks.get(sid, [])
    return bool(heard) and heard[-1].status in FINAL


def _check_callbacks(figures: Figures, app: App, wanted: set[str], messages: dict[str, dict[str, Any]]) -> None:
    never, disorder, twice = [], [], 0
    for sid in wanted:
        said = [heard.status for heard in app.callbacks.get(sid, [])]
        if not {"sent", messages[sid]["status"]} <= set(said):
            never.append(f"{sid}: {said}")
        if said != sorted(said, key=ORDER.index):
            disorder.append(f"{sid}: {said}")
        twice += len(said) - len({heard.token for heard in app.callbacks.get(sid, [])})
    figures.none("callbacks that never came", never)
    figures.none("messages whose callbacks came in another order", disorder)
    figures.note(f"{twice} callbacks came again, each with the token of its first time")


async def _check_phones(
    figures: Figures, client: Client, messages: dict[str, dict[str, Any]], under_way: set[str]
) -> None:
    shown = [text for phone in PHONES for text in await client.inbox(phone)]
    counts = Counter(text["message_sid"] for text in shown)
    delivered = [sid for sid, m in messages.items() if m["status"] == "delivered" and m["to"] in PHONES]
    figures.none("delivered texts that no phone shows", [sid for sid in delivered if not counts[sid]])
    twice = {sid for sid, count in counts.items() if count > 1}
    figures.none("texts shown twice that were not under way", twice - under_way)
    figures.note(f"{len(twice)} texts are shown twice of {len(under_way)} that were under way: {sorted(twice)}")
    figures.none("bodies shown twice, SIDs aside", len(counts) - len({text["body"] for text in shown}))
