"""The console as a whole: who may come in, and everything below `/console/`."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.requests import Request as Asked
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from offhook.console.about import About, Facts
from offhook.console.api import resources
from offhook.console.built import Built
from offhook.console.doorkeeping import Doorkeeping
from offhook.console.entrance import Entrance
from offhook.console.hosts import Hosts
from offhook.console.layout import HEADERS, page
from offhook.console.sessions import LOGIN, Sessions
from offhook.console.signing_in import HOME, UNKEPT, SigningIn
from offhook.console.start import Commands
from offhook.kit.clock import Clock
from offhook.products.accounts import Accounts
from offhook.storage import Database
from offhook.web import Operation, Request

MISDIRECTED = """<h1>This is not an address of this Offhook</h1>
<p>Somebody else's page can give this machine a name of its own. So the console opens under names that Offhook knows:
<code>localhost</code>, an IP address, the name that it listens on, the machine's own, and the one in
<code>public_url</code>.</p>
<p>Use one of those, or set <code>public_url</code> to the address that you use.</p>"""


class Console:
    """What a role builds and serves. `clock` is real time, whatever the product's is."""

    def __init__(self, database: Database, accounts: Accounts, clock: Clock, hosts: Hosts) -> None:
        self._accounts = accounts
        self._hosts = hosts
        self._sessions = Sessions(database, clock)
        self.entrance = Entrance(accounts, self._sessions, hosts)

    async def open(self) -> str:
        """The path of this process's first sign-in link."""
        return f"{LOGIN}/{await self._sessions.open()}"

    def resources(self) -> Sequence[Operation]:
        """What programs may do about signing in."""
        return resources(Doorkeeping(self._accounts, self._sessions))

    def application(self, facts: Facts, commands: Commands, products: list[str], built: Built) -> ASGIApp:
        """Everything below `/console`."""
        about = About(facts, self._accounts, self._sessions, products)
        signing_in = SigningIn(self._sessions, self.entrance, about, commands)
        screen = _Screen(self.entrance, signing_in, built)
        routes = [*signing_in.routes(), Route("/console", _to_home), Route("/console/{path:path}", screen.show)]
        below = Starlette(routes=routes)

        async def application(scope: Scope, receive: Receive, send: Send) -> None:
            ours = self._hosts.is_ours(Request.of(scope).host)
            await (below if ours else _misdirected)(scope, receive, send)

        return application


class _Screen:
    def __init__(self, entrance: Entrance, signing_in: SigningIn, built: Built) -> None:
        self._entrance = entrance
        self._signing_in = signing_in
        self._built = built

    async def show(self, asked: Asked) -> Response:
        """A file, or the application's page. Who goes there and is not signed in is asked to first.

        Not who comes from elsewhere: such a browser keeps the cookie back, and the application will see it.
        """
        path = asked.path_params["path"]
        if (file := await self._built.file(asked, path)) is not None:
            return file
        request = Request.of(asked.scope)
        goes_there = request.headers.get("sec-fetch-mode") == "navigate"
        if goes_there and not self._entrance.is_from_elsewhere(request) and not await self._entrance.holder(request):
            return RedirectResponse(self._signing_in.login_for(request), 303, headers=UNKEPT)
        return await self._built.page()


async def _to_home(_asked: Asked) -> Response:
    return RedirectResponse(HOME, 308)


async def _misdirected(scope: Scope, receive: Receive, send: Send) -> None:
    answer = HTMLResponse(page("Not here · Offhook", MISDIRECTED), 421, headers=HEADERS)
    await answer(scope, receive, send)
