"""Files for messages: fetched through the guard, checked, kept by their content. Every carrier uses the same store.

https://www.twilio.com/docs/messaging/guides/accepted-mime-types
"""

import re

from offhook.carriers.port import Media
from offhook.fetch import Fetcher, FetchError, Limits, Request, Response
from offhook.storage import Blobs

TOO_LARGE, UNREACHABLE, NOT_MEDIA = 63034, 11200, 12300
LARGEST = 5 * 1024 * 1024  # bytes, of one file
MOST_REDIRECTS = 5
LIMITS = Limits(max_body=LARGEST)
CARRIED = re.compile(r"(image|audio|video)/[\w.+-]+|application/(pdf|vcard|vnd\.apple\.pkpass)|text/[\w.+-]+")
SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"%PDF-", "application/pdf"),
)


class MediaError(Exception):
    """A file could not be had, or is none that messages carry; `code` is Twilio's."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class MediaFiles:
    """Fetches and keeps files."""

    def __init__(self, fetcher: Fetcher, blobs: Blobs) -> None:
        self._fetcher = fetcher
        self._blobs = blobs

    async def fetch(self, url: str) -> Media:
        """Fetch a file and keep it. Raises MediaError."""
        try:
            response = await self._fetcher.send(Request("GET", url, limits=LIMITS), redirects=MOST_REDIRECTS)
        except FetchError as problem:
            code = TOO_LARGE if problem.kind == "too_large" else UNREACHABLE
            raise MediaError(code, str(problem)) from problem
        if response.status >= 400:
            raise MediaError(UNREACHABLE, f"{response.url} answered {response.status}")
        return await self.keep(_content_type(response), response.body)

    async def keep(self, content_type: str, body: bytes) -> Media:
        """Keep a file. Raises MediaError for what messages do not carry."""
        if not CARRIED.fullmatch(content_type) or not body:
            raise MediaError(NOT_MEDIA, f"{content_type or 'a file of no known type'} is not what messages carry")
        if len(body) > LARGEST:
            raise MediaError(TOO_LARGE, f"the file has {len(body)} bytes; {LARGEST} is the most")
        return Media(content_type, await self._blobs.put(body), len(body))

    async def content(self, digest: str) -> bytes | None:
        """The bytes of a file, or None."""
        return await self._blobs.get(digest)

    async def delete(self, digest: str) -> None:
        """Forget a file."""
        await self._blobs.delete(digest)


def _content_type(response: Response) -> str:
    """What the server says it is; what its first bytes say where the server says nothing of use."""
    said = response.content_type or ""
    if said and said != "application/octet-stream":
        return said
    return sniffed(response.body) or said


def sniffed(body: bytes) -> str:
    """The type that the first bytes tell, or an empty text."""
    return next((kind for start, kind in SIGNATURES if body.startswith(start)), "")
