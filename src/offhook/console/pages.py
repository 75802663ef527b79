"""The pages for people and `/openapi.json`, as a small Starlette application beside the REST dispatcher.

At Twilio's hosts there are none, but for the explanations of errors: `www.twilio.com/docs/errors/21211` is ours.
"""

import re

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route, request_response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from offhook.console import error_pages, twimlets
from offhook.console.layout import HEADERS, SAFE
from offhook.console.origin import origin_of
from offhook.console.start import ON_THE_PATH, Commands, start_page
from offhook.kit.sids import REQUEST, new_sid
from offhook.web.openapi import describe
from offhook.web.origin import Origin
from offhook.web.routing import Router, is_twilio


def pages(
    router: Router,
    rest: ASGIApp,
    version: str,
    commands: Commands = ON_THE_PATH,
    origin: Origin | None = None,
    console: ASGIApp | None = None,
) -> ASGIApp:
    """The whole web application: pages for people at the paths they have, the REST API everywhere else.

    The start page shows `commands`; `console` answers what is below `/console`.
    """
    people = _people(router, version, commands)
    people.state.origin = origin or Origin()
    ready_made = request_response(twimlets.twimlet)

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        host, path = _host(scope), scope["path"]
        if is_twilio(host):
            explained = _OF_TWILIO.fullmatch(path) if _name(host) == WWW else None
            if explained is None:
                await rest(scope, receive, send)
            else:
                await people({**scope, "path": f"/errors/{explained[1]}"}, receive, _numbered(send))
        elif _name(host) in twimlets.HOSTS:
            await ready_made(scope, receive, send)
        elif _is_for_people(path):
            await people(scope, receive, _numbered(send))
        elif console is not None and _is_of_console(path):
            await console(scope, receive, _numbered(send))
        else:
            await rest(scope, receive, send)

    return application


WWW = "www.twilio.com"  # where `more_info` leads who believes to talk to Twilio
_OF_TWILIO = re.compile(r"/docs/(?:api/)?errors/([0-9]{5})/?")
PATHS = frozenset({"/", "/openapi.json", "/errors", "/errors/{code}", "/errors/{code}.json"})
OF_CONSOLE = frozenset({"/console/", "/console/login", "/console/login/{token}", "/console/session"})


def _is_for_people(path: str) -> bool:
    return path in PATHS or path.startswith("/errors/")


def _is_of_console(path: str) -> bool:
    return path == "/console" or path.startswith("/console/")


def _people(router: Router, version: str, commands: Commands) -> Starlette:
    async def start(request: Request) -> Response:
        return HTMLResponse(start_page(router.operations, origin_of(request), commands), headers=HEADERS)

    async def openapi(request: Request) -> Response:
        described = describe(router.operations, server=origin_of(request), version=version)
        return Response(msgspec.json.encode(described), media_type="application/json", headers=SAFE)

    return Starlette(routes=[Route("/", start), Route("/openapi.json", openapi), *error_pages.routes()])


def _numbered(send: Send) -> Send:
    """Every answer has a number, as those of the API have."""

    async def numbered(message: Message) -> None:
        if message["type"] == "http.response.start":
            number = (b"twilio-request-id", new_sid(REQUEST).encode())
            message = {**message, "headers": [*message.get("headers", ()), number]}
        await send(message)

    return numbered


def _host(scope: Scope) -> str:
    host: bytes = dict(scope["headers"]).get(b"host", b"")
    return host.decode("latin-1")


def _name(host: str) -> str:
    return host.partition(":")[0].rstrip(".").lower()
