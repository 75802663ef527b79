"""Files of messages: fetched once when the message is sent, kept, served, deleted.

A URL of ours (a file that another message brought) is answered from our own store, with the rights of the account that
sends; every other goes through the guard. What cannot be had fails the message with Twilio's code. Once fetched, the
files belong to the message: neither a carrier's refusal nor a crash makes it ask the URL again.
https://www.twilio.com/docs/messaging/guides/accepted-mime-types
"""

import re

import msgspec

from offhook.carriers import Holding, Media, MediaError, MediaFiles, check_total
from offhook.kit.clock import Clock
from offhook.kit.sids import MEDIA, new_sid
from offhook.products.messaging import media_store
from offhook.products.messaging.media import MediaFile
from offhook.products.messaging.message import Message
from offhook.storage import Database, Page, PageRequest, Unit
from offhook.web.origin import Origin

NOT_OURS = 11200
_OURS = re.compile(r"/2010-04-01/Accounts/(\w+)/Messages/(\w+)/Media/(\w+)")


class Attaching:
    """The files of all messages."""

    def __init__(self, database: Database, files: MediaFiles, origin: Origin, clock: Clock) -> None:
        self._database = database
        self._files = files
        self._origin = origin
        self._clock = clock
        files.used_by(self._names)

    async def of(self, message: Message) -> list[MediaFile]:
        """The files of a message; fetched now, if that has not been done. Raises MediaError."""
        if not message.num_media:
            return []
        kept = await media_store.of_message(self._database, message.account_sid, message.sid)
        if kept or not message.media_urls:
            return kept
        async with self._files.holding() as holding:
            carried = [await self._fetch(message.account_sid, url, holding) for url in urls_of(message)]
            check_total(carried)
            unit = Unit()
            files = self.add(unit, message.account_sid, message.sid, carried)
            await self._database.commit(unit)
        return files

    def add(self, unit: Unit, account_sid: str, message_sid: str, carried: list[Media]) -> list[MediaFile]:
        """Give a message its files, as part of `unit`."""
        now = self._clock.now()
        files = [
            MediaFile(0, new_sid(MEDIA), account_sid, message_sid, m.content_type, m.digest, m.size, now, now)
            for m in carried
        ]
        for file in files:
            media_store.add(unit, file)
        return files

    async def one(self, account_sid: str, message_sid: str, sid: str) -> MediaFile | None:
        """One file of a message."""
        return await media_store.one(self._database, account_sid, message_sid, sid)

    async def page(
        self, account_sid: str, message_sid: str, request: PageRequest, *, since: int | None, until: int | None
    ) -> Page[MediaFile]:
        """The files of a message, newest first."""
        return await media_store.page(self._database, account_sid, message_sid, request, since=since, until=until)

    async def content(self, digest: str) -> bytes | None:
        """The bytes of a file."""
        return await self._files.content(digest)

    async def delete(self, files: list[MediaFile]) -> None:
        """Delete files, and their bytes when no other message has them."""
        unit = Unit()
        for file in files:
            media_store.delete_one(unit, file)
        await self._database.commit(unit)
        for digest in {file.digest for file in files}:
            await self._files.forget(digest)

    async def _names(self, digest: str) -> bool:
        return await media_store.is_used(self._database, digest)

    async def _fetch(self, account_sid: str, url: str, holding: Holding) -> Media:
        if (ours := self._ours(url)) is not None:
            return await self._own(account_sid, *ours, holding)
        return await self._files.fetch(url, holding)

    def _ours(self, url: str) -> tuple[str, str, str] | None:
        path = self._origin.path_of(url)
        match = _OURS.fullmatch(path) if path else None
        return (match[1], match[2], match[3]) if match else None

    async def _own(self, account_sid: str, owner: str, message_sid: str, sid: str, holding: Holding) -> Media:
        """The file of a message of the same account, held; it must still be there once it is."""
        if account_sid != owner:
            raise MediaError(NOT_OURS, f"there is no media {sid}")
        holding.take((await self._present(owner, message_sid, sid)).digest)
        return (await self._present(owner, message_sid, sid)).as_carried()

    async def _present(self, account_sid: str, message_sid: str, sid: str) -> MediaFile:
        file = await media_store.one(self._database, account_sid, message_sid, sid)
        if file is None:
            raise MediaError(NOT_OURS, f"there is no media {sid}")
        return file


def urls_of(message: Message) -> list[str]:
    """The URLs that a message's files are to be fetched from."""
    return msgspec.json.decode(message.media_urls or "[]", type=list[str])
