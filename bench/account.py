"""An account as a load client has it: requests with its credentials, ready to be sent, and what it finds out itself."""

import base64
import json
from typing import Any
from urllib.parse import urlencode

from bench.asking import ask_as_fast_as_answered


class Account:
    """Whoever asks an Offhook on this machine."""

    def __init__(self, port: int, account_sid: str, auth_token: str) -> None:
        self.port = port
        self.sid = account_sid
        self._authorization = f"Basic {base64.b64encode(f'{account_sid}:{auth_token}'.encode()).decode()}"

    def request(self, method: str, path: str, **form: str) -> bytes:
        """A request as it goes over the wire."""
        body = urlencode(form)
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAuthorization: {self._authorization}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return (head + body).encode()

    async def ask(self, method: str, path: str, **form: str) -> tuple[int, Any]:
        """Status and JSON of one answer."""
        answers = await ask_as_fast_as_answered(self.port, [self.request(method, path, **form)], 1)
        ((status, body),) = [*((201, body) for body in answers.bodies), *answers.refused]
        return status, json.loads(body)
