"""The start page and `/openapi.json`, as a small Starlette application beside the REST dispatcher."""

import base64
import hashlib
from html import escape
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from offhook.web.openapi import describe
from offhook.web.routing import Router, is_twilio

STYLE = """
body{font:16px/1.6 system-ui,sans-serif;max-width:46rem;margin:3rem auto;padding:0 1.25rem}
body{color:#1c2024;background:#fff}
h1{font-size:1.7rem;margin-bottom:.2rem}pre,code{font:14px/1.5 ui-monospace,monospace}
pre{background:#f3f4f6;padding:.9rem 1.1rem;border-radius:.5rem;overflow-x:auto}a{color:#1a5fd0}
table{border-collapse:collapse;width:100%}td{padding:.3rem .8rem .3rem 0;vertical-align:top}
@media(prefers-color-scheme:dark){body{color:#e6e8eb;background:#111418}pre{background:#1c2127}a{color:#7ab0ff}}
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
SAFE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    **SAFE,
}


def pages(router: Router, rest: ASGIApp, version: str) -> ASGIApp:
    """The whole web application: pages for people at the paths they have, the REST API everywhere else."""
    people = _people(router, version)

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] in PATHS and not _is_twilio(scope):
            await people(scope, receive, send)
        else:
            await rest(scope, receive, send)

    return application


PATHS = frozenset({"/", "/openapi.json"})


def _people(router: Router, version: str) -> Starlette:
    async def start(request: Request) -> Response:
        return HTMLResponse(_start_page(router, _origin(request)), headers=HEADERS)

    async def openapi(request: Request) -> Response:
        described = describe(router.operations, server=_origin(request), version=version)
        return Response(msgspec.json.encode(described), media_type="application/json", headers=SAFE)

    return Starlette(routes=[Route("/", start), Route("/openapi.json", openapi)])


def _origin(request: Request) -> str:
    """Where the browser found us. (Starlette's `base_url` fails on a Host that is none.)"""
    return f"{request.scope['scheme']}://{request.headers.get('host') or 'localhost'}"


def _is_twilio(scope: Scope) -> bool:
    return is_twilio(dict(scope["headers"]).get(b"host", b"").decode("latin-1"))


def _start_page(router: Router, origin: str) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(operation.name.split(' ')[0])}</code></td>"
        f"<td><code>{escape(_path(operation))}</code></td></tr>"
        for operation in router.operations
    )
    command = f"curl -u $TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN \\\n  {origin}/offhook/v1/Exchanges"
    return f"""<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">
<title>Offhook</title><style>{STYLE}</style>
<h1>Offhook is running</h1><p>A phone network as an API, on this machine.</p>
<h2>Use it</h2><pre>offhook run -- python app.py   # an untouched Twilio app texts and is texted here
eval "$(offhook env)"          # or point this shell at it</pre>
<h2>See what was said</h2><p>Every request in and out, with headers and bodies:</p><pre>{escape(command)}</pre>
<h2>What it answers</h2><table>{rows}</table>
<p>The whole description: <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1)</p></html>"""


def _path(operation: Any) -> str:
    product = operation.resource.product
    prefix = "" if product == "api" else f"/{product}"
    return f"{prefix}{operation.path}{operation.extension}"
