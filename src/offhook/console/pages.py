"""The pages for people and `/openapi.json`, as a small Starlette application beside the REST dispatcher."""

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from offhook.console import error_pages
from offhook.console.layout import HEADERS, SAFE
from offhook.console.origin import origin_of
from offhook.console.start import ON_THE_PATH, Commands, start_page
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

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        answering = rest
        if _is_for_people(scope["path"]) and not _is_twilio(scope):
            answering = people
        elif console is not None and _is_of_console(scope["path"]) and not _is_twilio(scope):
            answering = console
        await answering(scope, receive, send)

    return application


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


def _is_twilio(scope: Scope) -> bool:
    return is_twilio(dict(scope["headers"]).get(b"host", b"").decode("latin-1"))
