"""R1: SIGKILL at random moments under load. What was accepted is not lost, and what came twice is listed.

Texts are posted to an app's phones and from phones to the app, both with a status callback or webhook, while the server
is killed again and again. In the end everything that was accepted must have reached its final state, every phone its
texts, and the app every callback, those of one message in order. A text may come twice only if it was under way at the
moment of a kill: then the network may have had it although nobody had written that down yet.
"""

import asyncio
import random
import sys
import time
from collections import Counter

from soak.app import App
from soak.figures import Figures
from soak.house import House
from soak.load import Client
from soak.places import Place, main
from soak.settling import check_outgoing, text_to

PEOPLE = [f"+1555202{n:04d}" for n in range(20)]
OURS = "+15552030001"
UNDER_WAY = "SELECT sid FROM messages WHERE due IS NOT NULL AND direction <> 'inbound'"
READY_WITHIN = 5.0


async def crash(
    place: Place, *, kills: int, rate: float, shortest: float = 2.0, longest: float = 10.0, seed: int = 1
) -> Figures:
    """The program. `rate` texts a second go out, a tenth as many come in."""
    dice, figures = random.Random(seed), Figures(f"Killed under load, {place.kind}")
    ready: list[float] = []
    with House(place.folder, place.database) as house:
        house.start()
        async with App(replies=True) as app, Client(house.url, house.credentials) as client:
            path = f"/2010-04-01/Accounts/{house.credentials[0]}/IncomingPhoneNumbers.json"
            await client.send(path, PhoneNumber=OURS, SmsUrl=f"{app.url}/text")
            people = Client(house.url, house.credentials)
            _start_load(client, people, app, rate)
            under_way: set[str] = set()
            for _ in range(kills):
                await asyncio.sleep(dice.uniform(shortest, longest))
                house.kill()
                under_way |= {sid for (sid,) in await place.rows(UNDER_WAY)}
                ready.append(await asyncio.to_thread(house.start))
            restarted = time.monotonic()
            await asyncio.sleep(1)
            await client.finish()
            await people.__aexit__()
            await _check(figures, place, client, people, app, under_way, restarted)
        figures.at_most("slowest start", max(ready), READY_WITHIN, " s")
        figures.note(f"{kills} kills, seed {seed}; out: {client.ledger.summary()}")
        figures.note(f"in: {people.ledger.summary()}")
    return figures


def _start_load(client: Client, people: Client, app: App, rate: float) -> None:
    def phone(number: int) -> str:
        return f"{people.url}/offhook/v1/Handsets/{PEOPLE[number % len(PEOPLE)]}/Messages"

    client.start(rate, lambda number: text_to(app, number))
    people.start(rate / 10, lambda number: {"To": OURS, "Body": f"in {number}"}, phone)


async def _check(
    figures: Figures, place: Place, client: Client, people: Client, app: App, under_way: set[str], restarted: float
) -> None:
    await check_outgoing(figures, client, app, restarted, under_way)
    await _check_replies(figures, client, app)
    _check_inbound(figures, people, app)
    if place.server is None:
        figures.none("integrity_check", [r for (r,) in await place.rows("PRAGMA integrity_check") if r != "ok"])


async def _check_replies(figures: Figures, client: Client, app: App) -> None:
    replies = [text for person in PEOPLE for text in await client.inbox(person)]
    answers = {text["message_sid"] for text in replies}
    figures.none("texts of people that were answered twice", len(answers) - len({text["body"] for text in replies}))
    answered = {text["body"] for text in replies}
    figures.none("texts of people that were not answered", [b for b in app.texts if f"re: {b}" not in answered])


def _check_inbound(figures: Figures, people: Client, app: App) -> None:
    figures.none("texts of people that the app never got", [b for b in people.ledger.accepted if b not in app.texts])
    counts = Counter(len({heard.sid for heard in heard_all}) for heard_all in app.texts.values())
    figures.none("texts of people that became two messages", sum(n for sids, n in counts.items() if sids > 1))


if __name__ == "__main__":
    sys.exit(main(crash, __doc__, kills=20, rate=200.0, shortest=2.0, longest=10.0, seed=1))
