"""`/console/login` and `/console/session`: how a browser gets a session, what it is told of it, and how it ends it.

A link is used by GET, since it is opened from a terminal, but by nothing less than somebody who goes there: not by
HEAD, and not by a browser that fetches ahead. Signing in ends the session that the browser had before.
"""

import re
from html import escape
from math import ceil
from urllib.parse import quote

import msgspec
from starlette.requests import ClientDisconnect
from starlette.requests import Request as Asked
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from offhook.console.about import About
from offhook.console.cookies import set_cookie
from offhook.console.entrance import Entrance
from offhook.console.layout import FORM_HEADERS, SAFE, page
from offhook.console.sessions import (
    LOGIN,
    Sessions,
    SignedIn,
    TooManyAttemptsError,
    UsedLinkError,
    WrongPasswordError,
)
from offhook.console.start import Commands
from offhook.web import ApiError, Request
from offhook.web.errors import too_large, unauthorized
from offhook.web.forms import parse_form

HOME = "/console/"
SESSION = "/console/session"
LARGEST_FORM = 8 * 1024  # bytes
UNKEPT = {"Cache-Control": "no-store"}
_NEXT = re.compile(r"/console/[\w\-./?=&%+:@,~]{0,1000}")
WRONG = "That is not the password."
ELSEWHERE = "This form was sent from another site. Sign in here."


class SigningIn:
    """The routes."""

    def __init__(self, sessions: Sessions, entrance: Entrance, about: About, commands: Commands) -> None:
        self._sessions = sessions
        self._entrance = entrance
        self._about = about
        self._commands = commands

    def routes(self) -> list[Route]:
        """The sign-in page, the links, the session."""
        return [
            Route(LOGIN, self._ask),
            Route(LOGIN, self._sign_in, methods=["POST"]),
            Route(f"{LOGIN}/{{link}}", self._follow),
            Route(SESSION, self._tell),
            Route(SESSION, self._end, methods=["DELETE"]),
        ]

    def login_for(self, request: Request) -> str:
        """The sign-in page that leads on to what was asked for."""
        wanted = request.path + (f"?{request.query.decode('latin-1')}" if request.query else "")
        return LOGIN if wanted == HOME else f"{LOGIN}?next={quote(wanted, safe='/')}"

    async def _ask(self, asked: Asked) -> Response:
        onward = _onward(asked.query_params.get("next"))
        if await self._entrance.signed_in(Request.of(asked.scope)):
            return RedirectResponse(onward, 303, headers=UNKEPT)
        return await self._form(onward)

    async def _follow(self, asked: Asked) -> Response:
        """Use a link. Who has used it and is signed in is let through."""
        request = Request.of(asked.scope)
        if asked.method == "HEAD" or _is_ahead(request):
            return Response(status_code=204, headers={**SAFE, **UNKEPT})
        try:
            begun = await self._sessions.follow(asked.path_params["link"])
        except UsedLinkError:
            if await self._entrance.signed_in(request):
                return RedirectResponse(HOME, 303, headers=UNKEPT)
            return _shown("This link is used up", self._used_up(), 410)
        return await self._let_in(request, begun, HOME)

    async def _sign_in(self, asked: Asked) -> Response:
        request = Request.of(asked.scope)
        form = await _form_of(asked)
        onward = _onward(form.get("next"))
        if self._entrance.is_from_elsewhere(request):
            return await self._form(onward, ELSEWHERE, 403)
        try:
            begun = await self._sessions.sign_in(form.get("password", ""), request.client)
        except WrongPasswordError:
            return await self._form(onward, WRONG, 403)
        except TooManyAttemptsError as problem:
            again = f"Too many wrong passwords. Wait {ceil(problem.wait / 60)} min, or use a link."
            return await self._form(onward, again, 429, {"Retry-After": str(ceil(problem.wait))})
        return await self._let_in(request, begun, onward)

    async def _let_in(self, request: Request, begun: SignedIn, onward: str) -> Response:
        origin = self._entrance.origin(request)
        if before := await self._entrance.holder(request):
            await self._sessions.end(before)
        return RedirectResponse(onward, 303, headers={**UNKEPT, "Set-Cookie": set_cookie(origin, begun.token)})

    async def _tell(self, asked: Asked) -> Response:
        request = Request.of(asked.scope)
        signed_in = await self._entrance.signed_in(request)
        if signed_in is None:
            return _error(unauthorized("Nobody is signed in here", challenge=False), request)
        return _json(await self._about.session(signed_in, self._entrance.origin(request)))

    async def _end(self, asked: Asked) -> Response:
        request = Request.of(asked.scope)
        try:
            signed_in = await self._entrance.signed_in(request)
        except ApiError as problem:
            return _error(problem, request)
        if signed_in is not None:
            await self._sessions.end(signed_in)
        gone = set_cookie(self._entrance.origin(request), "")
        return Response(status_code=204, headers={**UNKEPT, "Set-Cookie": gone})

    async def _form(
        self, onward: str, problem: str = "", status: int = 200, headers: dict[str, str] | None = None
    ) -> Response:
        """The sign-in page."""
        alert = f'<p role="alert">{escape(problem)}</p>' if problem else ""
        if await self._sessions.password() is None:
            return _shown("Sign in", f"<h1>Sign in</h1>{alert}{self._how_to_get_a_link()}", status, headers)
        content = f"""<h1>Sign in</h1>{alert}<form method="post" action="{LOGIN}">
<input type="hidden" name="next" value="{escape(onward)}">
<label>Password <input type="password" name="password" autocomplete="current-password" required autofocus></label>
<button>Sign in</button></form>
<h2>Without the password</h2>{self._how_to_get_a_link()}"""
        return _shown("Sign in", content, status, headers)

    def _used_up(self) -> str:
        return (
            "<h1>This link is used up</h1><p>A sign-in link works once, and until Offhook is stopped.</p>"
            f'{self._how_to_get_a_link()}<p><a href="{LOGIN}">Sign in another way</a></p>'
        )

    def _how_to_get_a_link(self) -> str:
        return (
            "<p>In a terminal, in the folder where Offhook was started, this prints a link that signs you in:</p>"
            f"<pre>{escape(self._commands.console(), quote=False)}</pre>"
        )


def _onward(wanted: str | None) -> str:
    """A path of the console and nothing else: `next` may be anybody's idea."""
    return wanted if wanted and _NEXT.fullmatch(wanted) else HOME


def _is_ahead(request: Request) -> bool:
    """Whether a browser fetches what might be asked for next."""
    return "prefetch" in f"{request.headers.get('sec-purpose')} {request.headers.get('purpose')}"


async def _form_of(asked: Asked) -> dict[str, str]:
    """The first value of each field; nothing of a form that is too large or none."""
    body = b""
    try:
        async for chunk in asked.stream():
            body += chunk
            if len(body) > LARGEST_FORM:
                raise too_large(LARGEST_FORM)
        return {name: values[0] for name, values in parse_form(body).items()}
    except (ApiError, ClientDisconnect):
        return {}


def _shown(title: str, content: str, status: int, headers: dict[str, str] | None = None) -> Response:
    return HTMLResponse(page(f"{title} · Offhook", content), status, {**FORM_HEADERS, **UNKEPT, **(headers or {})})


def _json(content: object, status: int = 200) -> Response:
    return Response(msgspec.json.encode(content), status, {**SAFE, **UNKEPT, "Content-Type": "application/json"})


def _error(problem: ApiError, request: Request) -> Response:
    return _json(problem.body(request.origin), problem.status)
