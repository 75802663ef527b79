"""Lets a browser use the API with its session's cookie, and nobody with somebody else's browser.

Credentials of a program win: a cookie that happens to be there as well changes nothing. A cookie counts only

- where Host is ours (`hosts.py`),
- for what a page of ours asks, or a person who types the address (`Sec-Fetch-Site`, where the browser sends it),
- and for a change, with the session's CSRF token in `X-Offhook-CSRF`, which a page of another origin cannot read.

https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
"""

import hmac

from offhook.console.cookies import token_in
from offhook.console.hosts import Hosts
from offhook.console.sessions import Sessions, SignedIn
from offhook.products.accounts import Accounts
from offhook.web import ApiError, Identity, Request

CSRF = "x-offhook-csrf"
HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})
OUR_OWN = frozenset({None, "same-origin", "none"})  # of Sec-Fetch-Site; none: the person typed the address


def forged(reason: str) -> ApiError:
    """20419, ours: a change that the session's own page did not ask for."""
    return ApiError(20419, reason, 403)


class Entrance:
    """The Authenticator of an Offhook with a console: credentials as `accounts` knows them, or a session."""

    def __init__(self, accounts: Accounts, sessions: Sessions, hosts: Hosts) -> None:
        self._accounts = accounts
        self._sessions = sessions
        self._hosts = hosts

    async def identify(self, request: Request) -> Identity | None:
        """Whose the credentials are; the first account's for a session. Raises ApiError 20419."""
        if "authorization" in request.headers:
            return await self._accounts.identify(request)
        if await self.signed_in(request) is None:
            return None
        first = self._accounts.first_sid
        return Identity(first, first, owns_all=True, in_person=True)

    async def may_act_on(self, identity: Identity, account_sid: str) -> bool:
        """As `accounts` says."""
        return await self._accounts.may_act_on(identity, account_sid)

    async def holder(self, request: Request) -> SignedIn | None:
        """Whose session's cookie the request has, whoever made the browser send it."""
        header = request.headers.get("cookie")
        if not header or not self._hosts.is_ours(request.host):
            return None
        token = token_in(header, self.origin(request))
        return await self._sessions.find(token) if token else None

    async def signed_in(self, request: Request) -> SignedIn | None:
        """Whose session's cookie the request has, if it counts. Raises ApiError 20419 for a change without token."""
        signed_in = await self.holder(request)
        if signed_in is None:
            return None
        if request.method not in HARMLESS:
            self._check(request, signed_in)
            return signed_in
        return signed_in if request.headers.get("sec-fetch-site") in OUR_OWN else None

    def origin(self, request: Request) -> str:
        """Where the browser believes to be."""
        return self._hosts.origin(request.scheme, request.host)

    def is_from_elsewhere(self, request: Request) -> bool:
        """Whether a page of another origin sent it."""
        origin = request.headers.get("origin")
        if origin is not None and not self._hosts.may_ask(origin, request.scheme, request.host):
            return True
        return request.headers.get("sec-fetch-site") not in OUR_OWN

    def _check(self, request: Request, signed_in: SignedIn) -> None:
        if self.is_from_elsewhere(request):
            raise forged("A page of another origin asked for this change")
        brought = request.headers.get(CSRF, "")
        if not hmac.compare_digest(brought.encode(), signed_in.csrf.encode()):
            raise forged("A change that is made with a session needs its token in the header X-Offhook-CSRF")
