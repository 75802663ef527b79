"""Files for messages: fetched through the guard, checked, kept by their content. Every carrier uses the same store.

The same bytes may be in many rows of many tables, so they are forgotten only when nobody has them any more. Whoever
keeps rows says so with `used_by`; bytes whose row is not written yet are in the hands of a `Holding`.
https://www.twilio.com/docs/messaging/guides/accepted-mime-types
"""

import re
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

from offhook.carriers.port import Media
from offhook.fetch import Fetcher, FetchError, Limits, Request, Response
from offhook.runtime import Turns
from offhook.storage import Blobs

TOO_LARGE, UNREACHABLE, NOT_MEDIA = 63034, 11200, 12300
MOST_FILES = 10  # in one message
LARGEST = 5 * 1024 * 1024  # bytes, of all files of a message
MOST_REDIRECTS = 5
LIMITS = Limits(max_body=LARGEST)
CARRIED = re.compile(r"(image|audio|video)/[\w.+-]+|application/(pdf|vcard|vnd\.apple\.pkpass)|text/[\w.+-]+")
SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
Uses = Callable[[str], Awaitable[bool]]


class MediaError(Exception):
    """A file could not be had, or is none that messages carry; `code` is Twilio's, `url` what was asked, if any."""

    def __init__(self, code: int, message: str, url: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.url = url


class Holding:
    """The bytes that somebody is about to write rows for: until it ends, nobody else can make them go."""

    def __init__(self, held: Counter[str]) -> None:
        self._held = held
        self._digests: list[str] = []

    def take(self, digest: str) -> None:
        """Hold these bytes."""
        self._digests.append(digest)
        self._held[digest] += 1

    def let_go(self) -> list[str]:
        """Hold nothing any more; returns what was held."""
        for digest in self._digests:
            self._held[digest] -= 1
            if not self._held[digest]:
                del self._held[digest]
        return self._digests


class MediaFiles:
    """Fetches and keeps files."""

    def __init__(self, fetcher: Fetcher, blobs: Blobs) -> None:
        self._fetcher = fetcher
        self._blobs = blobs
        self._uses: list[Uses] = []
        self._held: Counter[str] = Counter()
        self._turns = Turns()

    def used_by(self, uses: Uses) -> None:
        """`uses` says whether some row of somebody's names these bytes."""
        self._uses.append(uses)

    @asynccontextmanager
    async def holding(self) -> AsyncIterator[Holding]:
        """Hold what is fetched until the rows that name it are written; what fails inside leaves no bytes behind."""
        holding = Holding(self._held)
        try:
            yield holding
        except BaseException:
            for digest in holding.let_go():
                await self.forget(digest)
            raise
        holding.let_go()

    async def fetch(self, url: str, holding: Holding) -> Media:
        """Fetch a file and keep it. Raises MediaError."""
        try:
            response = await self._fetcher.send(Request("GET", url, limits=LIMITS), redirects=MOST_REDIRECTS)
        except FetchError as problem:
            code = TOO_LARGE if problem.kind == "too_large" else UNREACHABLE
            raise MediaError(code, str(problem), url) from problem
        if response.status >= 300:
            raise MediaError(UNREACHABLE, f"{response.url} answered {response.status}", url)
        return await self._keep(response, url, holding)

    async def content(self, digest: str) -> bytes | None:
        """The bytes of a file, or None."""
        return await self._blobs.get(digest)

    async def forget(self, digest: str) -> None:
        """Let the bytes go, unless somebody still has or holds them."""
        async with self._turns.of("bytes"):
            if self._held[digest] or await self._is_used(digest):
                return
            await self._blobs.delete(digest)

    async def _keep(self, response: Response, url: str, holding: Holding) -> Media:
        content_type, body = _content_type(response), response.body
        if not CARRIED.fullmatch(content_type) or not body:
            raise MediaError(NOT_MEDIA, f"{content_type or 'a file of no known type'} is not what messages carry", url)
        async with self._turns.of("bytes"):
            digest = await self._blobs.put(body)
            holding.take(digest)
        return Media(content_type, digest, len(body))

    async def _is_used(self, digest: str) -> bool:
        for uses in self._uses:
            if await uses(digest):
                return True
        return False


def check_total(files: Sequence[Media]) -> None:
    """Raises MediaError 63034 when the files of one message are too large together."""
    total = sum(file.size for file in files)
    if total > LARGEST:
        raise MediaError(TOO_LARGE, f"the files have {total} bytes together; {LARGEST} is the most for a message")


def _content_type(response: Response) -> str:
    """What the server says it is; what its first bytes say where the server says nothing of use."""
    said = response.content_type or ""
    if said and said != "application/octet-stream":
        return said
    return sniffed(response.body) or said


def sniffed(body: bytes) -> str:
    """The type that the first bytes tell, or an empty text."""
    return next((kind for start, kind in SIGNATURES if body.startswith(start)), "")
