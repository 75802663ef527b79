"""Asking a running Offhook, with nothing but the standard library: what a person would do with curl."""

import base64
import json
import time
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

from offhook.cli.failing import CommandError
from offhook.roles.connection import Connection

R = TypeVar("R")
Json = dict[str, Any]
PATIENCE = 15.0  # seconds for something to happen
ANSWERS_WITHIN = 10.0


class Api:
    """The API of one Offhook, called as its first account."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.account = f"/2010-04-01/Accounts/{connection.account_sid}"
        pair = f"{connection.account_sid}:{connection.auth_token}".encode()
        self._headers = {"Authorization": "Basic " + base64.b64encode(pair).decode()}
        self._open = build_opener(ProxyHandler({})).open  # it is on this machine

    def get(self, path: str, **query: str) -> Json:
        """The JSON at a path. Raises CommandError."""
        return self._ask(Request(self._url(path, query), headers=self._headers))  # noqa: S310

    def post(self, path: str, **form: str) -> Json:
        """The JSON that answers a form. Raises CommandError."""
        return self._ask(Request(self._url(path), urlencode(form).encode(), self._headers))  # noqa: S310

    def delete(self, path: str) -> None:
        """Delete what is at a path. Raises CommandError."""
        self._ask(Request(self._url(path), headers=self._headers, method="DELETE"))  # noqa: S310

    def _url(self, path: str, query: dict[str, str] | None = None) -> str:
        return f"{self.connection.url}{path}" + (f"?{urlencode(query)}" if query else "")

    def _ask(self, request: Request) -> Json:
        try:
            with self._open(request, timeout=ANSWERS_WITHIN) as response:
                answer: Json = json.loads(response.read() or b"{}")
        except HTTPError as problem:
            said = problem.read().decode(errors="replace")
            raise CommandError(f"{request.get_method()} {request.full_url} answered {problem.code}: {said}") from None
        except (URLError, OSError, ValueError) as problem:
            raise CommandError(f"{request.get_method()} {request.full_url} failed: {problem}") from problem
        return answer


def wait_for(what: str, look: Callable[[], R | None]) -> R:
    """What `look` finds, as soon as it finds something. Raises CommandError that names `what` after 15 s."""
    deadline = time.monotonic() + PATIENCE
    while (found := look()) is None:
        if time.monotonic() > deadline:
            raise CommandError(f"{what} did not happen within {PATIENCE:.0f} s")
        time.sleep(0.03)
    return found
