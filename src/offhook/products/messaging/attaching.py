"""Files of messages: fetched once when the message is sent, kept, served, deleted.

A URL of ours (a file that another message brought) is answered from our own store, with the rights of the account that
sends; every other goes through the guard. What cannot be had fails the message with Twilio's code.
https://www.twilio.com/docs/messaging/guides/accepted-mime-types
"""

import re

import msgspec

from offhook.carriers import Media
from offhook.fetch import Fetcher, FetchError, Limits, Request, Response
from offhook.kit.clock import Clock
from offhook.kit.sids import MEDIA, new_sid
from offhook.products.messaging import media_store
from offhook.products.messaging.media import LARGEST, MediaFile
from offhook.products.messaging.message import Message
from offhook.storage import Blobs, Database, Unit
from offhook.web.origin import Origin

TOO_LARGE, UNREACHABLE, NOT_MEDIA = 63034, 11200, 12300
MOST_REDIRECTS = 5
LIMITS = Limits(max_body=LARGEST)
CARRIED = re.compile(r"(image|audio|video)/[\w.+-]+|application/(pdf|vcard|vnd\.apple\.pkpass)|text/[\w.+-]+")
_OURS = re.compile(r"/2010-04-01/Accounts/(\w+)/Messages/(\w+)/Media/(\w+)")


class MediaError(Exception):
    """A file could not be had; `code` is Twilio's."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class Attaching:
    """The files of all messages."""

    def __init__(self, database: Database, blobs: Blobs, fetcher: Fetcher, origin: Origin, clock: Clock) -> None:
        self._database = database
        self._blobs = blobs
        self._fetcher = fetcher
        self._origin = origin
        self._clock = clock

    async def of(self, message: Message) -> list[MediaFile]:
        """The files of a message; fetched now, if that has not been done. Raises MediaError."""
        if not message.num_media:
            return []
        kept = await media_store.of_message(self._database, message.account_sid, message.sid)
        if kept or not message.media_urls:
            return kept
        carried = [await self._fetch(message.account_sid, url) for url in urls_of(message)]
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

    async def keep(self, url: str) -> Media:
        """Fetch a file for a person who sends it. Raises MediaError."""
        return await self._fetch(None, url)

    async def content(self, digest: str) -> bytes | None:
        """The bytes of a file."""
        return await self._blobs.get(digest)

    async def delete(self, files: list[MediaFile]) -> None:
        """Delete files, and their bytes when no other message has them."""
        unit = Unit()
        for file in files:
            media_store.delete_one(unit, file)
        await self._database.commit(unit)
        for digest in {file.digest for file in files}:
            if not await media_store.is_used(self._database, digest):
                await self._blobs.delete(digest)

    async def _fetch(self, account_sid: str | None, url: str) -> Media:
        if (ours := self._ours(url)) is not None:
            return await self._own(account_sid, *ours)
        try:
            response = await self._fetcher.send(Request("GET", url, limits=LIMITS), redirects=MOST_REDIRECTS)
        except FetchError as problem:
            code = TOO_LARGE if problem.kind == "too_large" else UNREACHABLE
            raise MediaError(code, str(problem)) from problem
        return await self._keep(url, response)

    async def _keep(self, url: str, response: Response) -> Media:
        if response.status >= 400:
            raise MediaError(UNREACHABLE, f"{url} answered {response.status}")
        content_type = response.content_type or sniffed(response.body)
        if not CARRIED.fullmatch(content_type) or not response.body:
            raise MediaError(NOT_MEDIA, f"{url} is {content_type or 'of no known type'}, which messages do not carry")
        digest = await self._blobs.put(response.body)
        return Media(content_type, digest, len(response.body))

    def _ours(self, url: str) -> tuple[str, str, str] | None:
        path = self._origin.path_of(url)
        match = _OURS.fullmatch(path) if path else None
        return (match[1], match[2], match[3]) if match else None

    async def _own(self, account_sid: str | None, owner: str, message_sid: str, sid: str) -> Media:
        file = await media_store.one(self._database, owner, message_sid, sid)
        if file is None or account_sid not in (None, owner):
            raise MediaError(UNREACHABLE, f"there is no media {sid}")
        return file.as_carried()


def urls_of(message: Message) -> list[str]:
    """The URLs that a message's files are to be fetched from."""
    return msgspec.json.decode(message.media_urls or "[]", type=list[str])


def sniffed(body: bytes) -> str:
    """The type that the first bytes tell, or an empty text."""
    for start, content_type in (
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"GIF8", "image/gif"),
        (b"%PDF-", "application/pdf"),
    ):
        if body.startswith(start):
            return content_type
    return ""
