"""Calling Offhook's API with nothing but the standard library, past whatever proxy the environment names."""

import base64
import json
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

LONGEST_CALL = 60.0  # seconds; advancing the clock waits for everything that falls due on the way
FORM = "application/x-www-form-urlencoded"


class RefusedError(Exception):
    """Offhook refused a call: `code` is Twilio's, `status` is HTTP's."""

    def __init__(self, method: str, path: str, status: int, body: Mapping[str, Any]) -> None:
        self.status = status
        self.code: int | None = body.get("code")
        super().__init__(f"{method} {path} was refused with {status}: {self.code} {body.get('message')}")


class Api:
    """The API of the Offhook at `url`, called as one account."""

    def __init__(self, url: str, account_sid: str, auth_token: str) -> None:
        self.url = url.rstrip("/")
        self.account_sid = account_sid
        credentials = base64.b64encode(f"{account_sid}:{auth_token}".encode()).decode()
        self._headers = {"Authorization": f"Basic {credentials}", "Connection": "close"}

    def get(self, path: str, **parameters: str | None) -> dict[str, Any]:
        """The resource at `path`. Raises RefusedError, and OSError when nothing answers."""
        query = urlencode({name: value for name, value in parameters.items() if value is not None})
        return self._call("GET", f"{path}?{query}" if query else path, None)

    def post(self, path: str, **parameters: str | list[str] | None) -> dict[str, Any]:
        """Create or update; a list is a parameter that is repeated. Raises RefusedError, OSError if nothing answers."""
        form = urlencode({name: value for name, value in parameters.items() if value is not None}, doseq=True)
        return self._call("POST", path, form.encode())

    def delete(self, path: str) -> None:
        """Delete what is at `path`. Raises RefusedError, and OSError when nothing answers."""
        self._call("DELETE", path, None)

    def content(self, path: str) -> bytes:
        """The bytes of a file. Raises RefusedError, and OSError when nothing answers."""
        return self._send("GET", path, None)

    def pages(self, path: str, key: str, **parameters: str | None) -> Iterator[dict[str, Any]]:
        """Every record of a list in the versioned dialect, page after page."""
        page = self.get(path, PageSize="1000", **parameters)
        yield from page[key]
        while following := page["meta"]["next_page_url"]:
            parts = urlsplit(following)
            page = self.get(f"{parts.path}?{parts.query}")
            yield from page[key]

    def in_account(self, path: str) -> str:
        """The path of a resource of the 2010 API."""
        return f"/2010-04-01/Accounts/{self.account_sid}/{path}.json"

    def _call(self, method: str, path: str, form: bytes | None) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self._send(method, path, form) or b"{}")
        return answer

    def _send(self, method: str, path: str, form: bytes | None) -> bytes:
        parts = urlsplit(self.url)
        connection = HTTPConnection(parts.hostname or "127.0.0.1", parts.port or 80, timeout=LONGEST_CALL)
        headers = self._headers if form is None else {**self._headers, "Content-Type": FORM}
        try:
            connection.request(method, path, form, headers)
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        if response.status >= 400:
            raise RefusedError(method, path, response.status, json.loads(body or b"{}"))
        return body


def segment(text: str) -> str:
    """`text` as one segment of a path."""
    return quote(text, safe="")


def wire_name(argument: str) -> str:
    """`sms_url` is `SmsUrl`, as in the SDKs."""
    return "".join(word.capitalize() for word in argument.split("_"))
