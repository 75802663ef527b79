"""The console's application as it was built: files, and one page for every other path below `/console/`.

A build may come and go while Offhook runs, so nothing is remembered: the kernel keeps the files in memory. What lies
below `assets/` has its digest in its name and is kept by browsers for ever; the page that names it, never.

The page may run scripts of ours only, and none that is written into it. `<style>` elements need a nonce, which is
fresh for every answer and put wherever `__CSP_NONCE__` stands.
https://www.w3.org/TR/CSP3/
"""

import asyncio
import mimetypes
import re
import secrets
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from offhook.console.layout import HEADERS, SAFE, page
from offhook.web.accepting import accepts

FOLDER = Path(__file__).parent / "static"
PAGE = "index.html"
NONCE = b"__CSP_NONCE__"
LONGEST_NAME = 200  # characters
FOREVER = "public, max-age=31536000, immutable"
CODINGS = (("br", ".br"), ("gzip", ".gz"))  # the smaller one first
_NAME = re.compile(r"[\w-][\w.-]*(?:/[\w-][\w.-]*)*")
_KINDS = mimetypes.MimeTypes()
_KINDS.add_type("text/javascript", ".js")
_KINDS.add_type("font/woff2", ".woff2")
_KINDS.add_type("application/manifest+json", ".webmanifest")
_OURS = {**SAFE, "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin"}
NOT_BUILT = """<h1>The console is not built</h1>
<p>The API runs; only its pages for people are missing. They are built when Offhook is set up, with Node.</p>
<ol><li>Install Node 20 or newer, with npm.</li>
<li>In the folder of the repository, type <code>make setup</code>.</li>
<li>Load this page again. Offhook need not be restarted.</li></ol>
<p>Until then: the <a href="/">start page</a> shows what to do with curl.</p>"""


class Built:
    """A built application in `folder`."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder

    async def file(self, request: Request, path: str) -> Response | None:
        """The file at a path below `/console/`; None if there is none, and the page is meant."""
        if not _NAME.fullmatch(path) or len(path) > LONGEST_NAME or path == PAGE:
            return None
        found = await asyncio.to_thread(self._read, path, request.headers.get("accept-encoding"))
        if found is not None:
            body, headers = found
            return Response(body, headers=headers)
        return PlainTextResponse("There is no such file.\n", 404, _OURS) if path.startswith("assets/") else None

    async def page(self) -> Response:
        """The page of the application, or one that says how to build it."""
        try:
            html = await asyncio.to_thread((self._folder / PAGE).read_bytes)
        except FileNotFoundError:
            return HTMLResponse(page("Console · Offhook", NOT_BUILT), headers={**HEADERS, "Cache-Control": "no-store"})
        nonce = secrets.token_urlsafe(16)
        headers = {**_OURS, "Content-Security-Policy": policy(nonce), "Cache-Control": "no-store"}
        return HTMLResponse(html.replace(NONCE, nonce.encode()), headers=headers)

    def _read(self, path: str, accepted: str | None) -> tuple[bytes, dict[str, str]] | None:
        """The file's bytes, compressed if that is there and taken, and its headers."""
        plain = self._folder / path
        kind = _KINDS.guess_type(path)[0] or "application/octet-stream"
        headers = {**_OURS, "Content-Type": _with_charset(kind), "Vary": "Accept-Encoding"}
        headers["Cache-Control"] = FOREVER if path.startswith("assets/") else "no-cache"
        for coding, suffix in CODINGS:
            if accepted and accepts(accepted, coding) and (body := _bytes(Path(f"{plain}{suffix}"))) is not None:
                return body, {**headers, "Content-Encoding": coding}
        body = _bytes(plain)
        return None if body is None else (body, headers)


def policy(nonce: str) -> str:
    """What the application may do: load from its own origin, and be framed by nobody."""
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; "
        "media-src 'self' blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    )


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def _with_charset(kind: str) -> str:
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind == "application/json" else kind
