"""Signing in and staying so: links that work once, sessions, the password.

Tokens are 256 random bits, and only their digests are stored, so a copy of the database lets nobody in. A session
lasts for twelve hours from when it was last used, in real time: moving a virtual clock signs nobody out. Its CSRF
token is made of its own token, by which a page that knows it proves that it could read an answer of ours.

A link lasts until it is used, or until Offhook stops; using it and beginning the session is one unit, so it is used
once even if two browsers come at the same moment.
"""

import asyncio
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass

from offhook.console import passwords, store
from offhook.console.attempts import Attempts
from offhook.kit.clock import SECOND, Clock
from offhook.storage import Database, Unit

LOGIN = "/console/login"  # a link is this, a slash and its token
LASTS = 12 * 3600 * SECOND  # after the last use
NOTED_EVERY = 60 * SECOND  # the last use is not written down more often


class UsedLinkError(Exception):
    """There is no such link, or there is not any more."""


class WrongPasswordError(Exception):
    """That is not the password, or none is set."""


class TooManyAttemptsError(Exception):
    """The password was guessed too often; `wait` is in seconds."""

    def __init__(self, wait: float) -> None:
        super().__init__(f"wait for {wait:.0f} s")
        self.wait = wait


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody with a session. `csrf` is what a request that changes something must bring along."""

    token: str

    @property
    def csrf(self) -> str:
        """The session's CSRF token."""
        return hmac.new(self.token.encode(), b"csrf", hashlib.sha256).hexdigest()


class Sessions:
    """Who may look at the console. `clock` is real time."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._attempts = Attempts(time.monotonic)
        self._one_guess = asyncio.Lock()

    async def open(self) -> str:
        """The token of the first link of this process. Links of the one before are no use any more."""
        unit = Unit()
        store.forget_links(unit)
        token = self.new_link(unit)
        await self._database.commit(unit)
        return token

    def new_link(self, unit: Unit) -> str:
        """The token of a new link, which is good once `unit` is committed."""
        token = secrets.token_urlsafe(32)
        store.add_link(unit, digest_of(token), self._clock.now())
        return token

    async def follow(self, link: str) -> SignedIn:
        """Begin a session with a link's token. Raises UsedLinkError."""
        unit = Unit()
        store.use_link(unit, digest_of(link), otherwise=UsedLinkError())
        return await self._begin(unit)

    async def sign_in(self, password: str, source: str | None) -> SignedIn:
        """Begin a session with the password. Raises WrongPasswordError, TooManyAttemptsError."""
        kept = await store.password(self._database)
        if kept is None:
            raise WrongPasswordError
        if wait := self._attempts.wait(source):
            raise TooManyAttemptsError(wait)
        async with self._one_guess:  # a guess takes memory
            right = await asyncio.to_thread(passwords.matches, password, kept.hash)
        if not right:
            raise WrongPasswordError
        self._attempts.succeeded(source)
        return await self._begin(Unit())

    async def find(self, token: str) -> SignedIn | None:
        """Who has this token, if the session is not over; this use prolongs it."""
        now, digest = self._clock.now(), digest_of(token)
        session = await store.session(self._database, digest)
        if session is None or session.expires <= now:
            return None
        if session.expires < now + LASTS - NOTED_EVERY:
            unit = Unit()
            store.prolong(unit, digest, now + LASTS)
            self._database.post(unit)
        return SignedIn(token)

    async def end(self, signed_in: SignedIn) -> None:
        """Sign out."""
        unit = Unit()
        store.end_session(unit, digest_of(signed_in.token))
        await self._database.commit(unit)

    async def password(self) -> store.Password | None:
        """The password as it is kept, if one is set."""
        return await store.password(self._database)

    async def set_password(self, unit: Unit, password: str) -> store.Password:
        """Let people sign in with a password from now on. Whoever was signed in no longer is."""
        kept = store.Password(await asyncio.to_thread(passwords.hashed, password), self._clock.now())
        store.set_password(unit, kept.hash, kept.date_created)
        store.end_sessions(unit)
        return kept

    def forget_password(self, unit: Unit) -> None:
        """Let people sign in with links only. Whoever was signed in no longer is."""
        store.forget_password(unit)
        store.end_sessions(unit)

    async def _begin(self, unit: Unit) -> SignedIn:
        token, now = secrets.token_urlsafe(32), self._clock.now()
        store.add_session(unit, store.Session(digest_of(token), now, now + LASTS))
        await self._database.commit(unit)
        return SignedIn(token)


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
