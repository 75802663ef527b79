"""Making, listing and revoking API keys."""

import secrets
import string

import msgspec

from offhook.exchanges import events
from offhook.kit.clock import Clock
from offhook.kit.sids import new_sid
from offhook.products.accounts import key_store
from offhook.products.accounts.key import API_KEY, Key, KeyType, OpenKey
from offhook.products.accounts.known import Known
from offhook.storage import Database, Page, PageRequest, Unit

SECRET_LENGTH = 32  # characters, 190 bits
_ALPHABET = string.ascii_letters + string.digits


class Keys:
    """The API keys of all accounts. A change counts in this process at once, in others within a second."""

    def __init__(self, database: Database, clock: Clock, known: Known) -> None:
        self._database = database
        self._clock = clock
        self._known = known

    def create(self, unit: Unit, account_sid: str, friendly_name: str = "", type: KeyType = "standard") -> OpenKey:
        """Make a key as part of `unit`. Nobody but the caller ever sees its secret."""
        now = self._clock.now()
        secret = "".join(secrets.choice(_ALPHABET) for _ in range(SECRET_LENGTH))
        key = Key(
            seq=0,
            sid=new_sid(API_KEY),
            account_sid=account_sid,
            friendly_name=friendly_name,
            type=type,
            secret=self._known.seal_secret(secret),
            date_created=now,
            date_updated=now,
        )
        key_store.add(unit, key)
        self._note(unit, "created", key)
        return OpenKey(key, secret)

    async def find(self, sid: str) -> Key | None:
        """The key with this SID, of whatever account."""
        return await key_store.by_sid(self._database, sid)

    async def fetch(self, account_sid: str, sid: str) -> Key | None:
        """The account's key with this SID."""
        key = await self.find(sid)
        return key if key is not None and key.account_sid == account_sid else None

    async def page(self, account_sid: str, request: PageRequest) -> Page[Key]:
        """The account's keys, newest first."""
        return await key_store.page(self._database, account_sid, request)

    def rename(self, unit: Unit, key: Key, friendly_name: str, *, otherwise: Exception) -> Key:
        """Give a key another name; `otherwise` is raised by the commit when the key is gone by then."""
        renamed = msgspec.structs.replace(key, friendly_name=friendly_name, date_updated=self._clock.now())
        key_store.rename(unit, renamed, otherwise=otherwise)
        self._note(unit, "updated", key)
        unit.on_commit(lambda: self._known.forget(key.sid))
        return renamed

    def revoke(self, unit: Unit, key: Key, *, otherwise: Exception) -> None:
        """Delete a key; `otherwise` is raised by the commit when it is gone by then."""
        key_store.remove(unit, key, otherwise=otherwise)
        self._note(unit, "deleted", key)
        unit.on_commit(lambda: self._known.forget(key.sid))

    def _note(self, unit: Unit, what: str, key: Key) -> None:
        events.note(unit, f"key.{what}", account_sid=key.account_sid, sid=key.sid, now=self._clock.now())
