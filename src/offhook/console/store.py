"""All SQL of the console: who may look at it. Of links and sessions only digests are kept."""

import msgspec
from sqlalchemy import Table, delete, update

from offhook.storage import (
    LASTING,
    Database,
    Query,
    Statement,
    Step,
    Unit,
    given,
    instant,
    metadata,
    reading,
    seq,
    text,
)

links = Table("console_links", metadata, seq(), text("digest", unique=True), instant("date_created"), info=LASTING)
sessions = Table(
    "console_sessions",
    metadata,
    seq(),
    text("digest", unique=True),
    instant("date_created"),
    instant("expires"),
    info=LASTING,
)
passwords = Table("console_passwords", metadata, seq(), text("hash"), instant("date_created"), info=LASTING)


class Session(msgspec.Struct, frozen=True):
    """Somebody who is signed in, until `expires` (UTC microseconds)."""

    digest: str
    date_created: int
    expires: int


class Password(msgspec.Struct, frozen=True):
    """The password as it is kept (`passwords.py` says how), and when it was set."""

    hash: str
    date_created: int


_s = sessions.c
_ADD_LINK = Statement.insert(links)
_USE_LINK = Statement(delete(links).where(links.c.digest == given("digest")))
_FORGET_LINKS = Statement(delete(links))
_ADD_SESSION = Statement.insert(sessions)
_SESSION = Query(reading(sessions, Session).where(_s.digest == given("digest")), Session, small=True)
_PROLONG = Statement(update(sessions).where(_s.digest == given("digest")).values(expires=given("until")))
_END = Statement(delete(sessions).where(_s.digest == given("digest")))
_END_ALL = Statement(delete(sessions))
_END_EXPIRED = Statement(delete(sessions).where(_s.expires <= given("now")))
_ADD_PASSWORD = Statement.insert(passwords)
_FORGET_PASSWORD = Statement(delete(passwords))
_PASSWORD = Query(reading(passwords, Password).order_by(passwords.c.seq.desc()).limit(1), Password)


def add_link(unit: Unit, digest: str, now: int) -> None:
    """Keep a new link."""
    unit.add(_ADD_LINK, {"digest": digest, "date_created": now})


def use_link(unit: Unit, digest: str, *, otherwise: Exception) -> None:
    """Take a link away; the unit fails with `otherwise` if it is not there any more."""
    unit.add(_USE_LINK, {"digest": digest}, otherwise=otherwise)


def forget_links(unit: Unit) -> None:
    """Take all links away."""
    unit.add(_FORGET_LINKS, {})


def add_session(unit: Unit, session: Session) -> None:
    """Keep a new session, and none that is over."""
    unit.add(_END_EXPIRED, {"now": session.date_created})
    unit.add(_ADD_SESSION, msgspec.structs.asdict(session))


async def session(database: Database, digest: str) -> Session | None:
    """The session with this digest, over or not."""
    return await database.first(_SESSION, digest=digest)


def prolong(unit: Unit, digest: str, until: int) -> None:
    """Let a session last longer, if it has not been ended meanwhile."""
    unit.add(_PROLONG, {"digest": digest, "until": until})


def end_session(unit: Unit, digest: str) -> None:
    """End a session."""
    unit.add(_END, {"digest": digest})


def end_sessions(unit: Unit) -> None:
    """End all sessions."""
    unit.add(_END_ALL, {})


def set_password(unit: Unit, hashed: str, now: int) -> None:
    """Keep a password instead of the one before."""
    unit.add(_FORGET_PASSWORD, {})
    unit.add(_ADD_PASSWORD, {"hash": hashed, "date_created": now})


def forget_password(unit: Unit) -> Step:
    """Have no password any more; the step says whether there was one."""
    return unit.add(_FORGET_PASSWORD, {})


async def password(database: Database) -> Password | None:
    """The password, if one is set."""
    return await database.first(_PASSWORD)
