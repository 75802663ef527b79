"""What somebody hears who waits: documents carried out beside what the call does, until something better comes.

They may say, play and pause, gather keys, redirect, and in a queue leave it. Music is the default.
"""

from collections.abc import Callable

from offhook.carriers.calls import File
from offhook.products.voice.interpreter.effects import Load, Page, Parameters, Where
from offhook.products.voice.interpreter.session import DocumentError, Session, Steps, play_out, seconds, wait
from offhook.products.voice.interpreter.urls import absolute

SHORTEST_ROUND = 1  # seconds; documents that say nothing are not asked for more often

Told = Callable[[], Steps[Parameters]]


def listen(session: Session, url: str | None, method: str, told: Told | None = None) -> Steps[str]:
    """Hear the documents at `url` again and again; returns "leave" when one says so. Music follows one that fails.

    None is Twilio's music, an empty URL silence. Each time the app is `told` more than what is known of the call.
    """
    try:
        return (yield from rounds(session, url, method, told))
    except DocumentError:
        return (yield from _music(session))


def rounds(session: Session, url: str | None, method: str, told: Told | None = None) -> Steps[str]:
    """As `listen`, but raises DocumentError when a document fails."""
    if url is None:
        return (yield from _music(session))
    where = yield from absolute(session, url, "waitUrl", 0) if url else _nowhere()
    if where is None:
        return (yield from _silence(session))
    while not (yield from _round(session, where, method, told)):
        pass
    return "leave"


def aside(session: Session, where: Where) -> Steps[bool]:
    """Carry out a document beside what the call does; True when it says `<Leave>`."""
    own = session.url, session.method, session.aside
    session.aside = True
    try:
        return (yield from session.follow(session, where)) == "left"
    finally:
        session.url, session.method, session.aside = own


def _round(session: Session, where: str, method: str, told: Told | None) -> Steps[bool]:
    """Carry out the documents at `where` once; True when one says `<Leave>`."""
    until = session.now + seconds(SHORTEST_ROUND)
    parameters = (yield from told()) if told is not None else ()
    if (yield from aside(session, Page(where, method, parameters))):
        return True
    while session.now < until:
        yield from wait(session, until)
    return False


def _music(session: Session) -> Steps[str]:
    sound: File | None = yield Load("", is_music=True)
    while sound is not None:
        yield from play_out(session, sound)
    return (yield from _silence(session))


def _silence(session: Session) -> Steps[str]:
    while True:
        yield from wait(session)


def _nowhere() -> Steps[str | None]:
    yield from ()
    return None
