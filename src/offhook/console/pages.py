"""The pages for people and `/openapi.json`, as a small Starlette application beside the REST dispatcher."""

from html import escape
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from offhook.console import error_pages
from offhook.console.layout import HEADERS, SAFE, page
from offhook.console.origin import origin_of
from offhook.web.openapi import describe
from offhook.web.routing import Router, is_twilio


def pages(router: Router, rest: ASGIApp, version: str) -> ASGIApp:
    """The whole web application: pages for people at the paths they have, the REST API everywhere else."""
    people = _people(router, version)

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if _is_for_people(scope["path"]) and not _is_twilio(scope):
            await people(scope, receive, send)
        else:
            await rest(scope, receive, send)

    return application


PATHS = frozenset({"/", "/openapi.json", "/errors", "/errors/{code}"})


def _is_for_people(path: str) -> bool:
    return path in PATHS or path.startswith("/errors/")


def _people(router: Router, version: str) -> Starlette:
    async def start(request: Request) -> Response:
        return HTMLResponse(_start_page(router, origin_of(request)), headers=HEADERS)

    async def openapi(request: Request) -> Response:
        described = describe(router.operations, server=origin_of(request), version=version)
        return Response(msgspec.json.encode(described), media_type="application/json", headers=SAFE)

    return Starlette(routes=[Route("/", start), Route("/openapi.json", openapi), *error_pages.routes()])


def _is_twilio(scope: Scope) -> bool:
    return is_twilio(dict(scope["headers"]).get(b"host", b"").decode("latin-1"))


def _start_page(router: Router, origin: str) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(operation.name.split(' ')[0])}</code></td>"
        f"<td><code>{escape(_path(operation))}</code></td></tr>"
        for operation in router.operations
    )
    command = f"curl -u $TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN \\\n  {origin}/offhook/v1/Exchanges"
    content = f"""<h1>Offhook is running</h1><p>A phone network as an API, on this machine.</p>
<h2>Use it</h2><pre>offhook run -- python app.py   # an untouched Twilio app texts and is texted here
eval "$(offhook env)"          # or point this shell at it</pre>
<h2>See what was said</h2><p>Every request in and out, with headers and bodies:</p><pre>{escape(command)}</pre>
<p>What an error means, and how to mend it: <a href="/errors">the errors</a>.</p>
<h2>What it answers</h2><table>{rows}</table>
<p>The whole description: <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1)</p>"""
    return page("Offhook", content)


def _path(operation: Any) -> str:
    product = operation.resource.product
    prefix = "" if product == "api" else f"/{product}"
    return f"{prefix}{operation.path}{operation.extension}"
