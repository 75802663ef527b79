"""What somebody hears who waits: documents carried out beside what the call does, until something better comes.

They may say, play and pause, gather keys, redirect, and in a queue leave it. Music is the default.
"""

from offhook.products.voice.interpreter.effects import Page, Parameters, Place, Where
from offhook.products.voice.interpreter.session import DocumentError, Session, Steps, seconds, wait
from offhook.products.voice.interpreter.urls import absolute

MUSIC = "https://twimlets.com/holdmusic?Bucket=com.twilio.music.classical"
SHORTEST_ROUND = 1  # seconds; documents that say nothing are not asked for more often


def listen(session: Session, url: str | None, method: str, place: Place | None = None) -> Steps[str]:
    """Hear the documents at `url` again and again; returns "leave" when one says so, "system-error" when one fails.

    None is Twilio's music, an empty URL silence.
    """
    where = yield from absolute(session, url, "waitUrl", 0) if url else _nothing(url)
    while where is not None:
        begun = session.now
        told = _parameters(session, place) if place is not None else ()
        try:
            is_left = yield from aside(session, Page(where, method, told))
        except DocumentError:
            where = MUSIC if where != MUSIC else None
            continue
        if is_left:
            return "leave"
        if session.now - begun < seconds(SHORTEST_ROUND):
            yield from _wait(session, begun + seconds(SHORTEST_ROUND))
    while True:
        yield from wait(session)


def aside(session: Session, where: Where) -> Steps[bool]:
    """Carry out a document beside what the call does; True when it says `<Leave>`."""
    own = session.url, session.method, session.aside
    session.aside = True
    try:
        return (yield from session.follow(session, where)) == "left"
    finally:
        session.url, session.method, session.aside = own


def music(session: Session, where: Page | None) -> Steps[None]:
    """Hear a document again and again, or silence; ends by news that somebody waits for."""
    yield from listen(session, where.url if where else "", where.method if where else "GET")


def _nothing(url: str | None) -> Steps[str | None]:
    yield from ()
    return MUSIC if url is None else None


def _wait(session: Session, until: int) -> Steps[None]:
    while (yield from wait(session, until)) is not None:
        pass


def _parameters(session: Session, place: Place) -> Parameters:
    """What a `waitUrl` is told; the queue itself adds its size, the position and the average."""
    return (
        ("QueueSid", place.sid),
        ("QueueTime", str((session.now - place.since) // seconds(1))),
    )
