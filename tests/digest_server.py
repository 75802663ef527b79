"""A web server that lets in whoever proves a password by Digest (RFC 7616), written from the RFC and the standard
library alone, so that it is no mirror of what it tests. `tests/test_digest_server.py` proves it with curl."""

import hashlib
import secrets
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import unquote
from urllib.request import parse_http_list, parse_keqv_list

USER, PASSWORD, REALM = "us er", 'p"ä:ss', 'the "back" door, locked'
FUNCTIONS = {"MD5": "md5", "MD5-sess": "md5", "SHA-256": "sha256", "SHA-256-sess": "sha256"}


@dataclass
class Doorkeeper:
    """Knows one user. Offers `algorithms` in this order, with `qop` unless that is None, and Basic if `basic`."""

    algorithms: tuple[str, ...] = ("SHA-256", "MD5")
    qop: str | None = "auth, auth-int"
    basic: bool = False
    stale: int = 0  # so many right answers are told that their nonce is too old
    username: str = USER
    together: bool = False  # all challenges in one header
    let_in: list[dict[str, str]] = field(default_factory=list)  # the fields of each right answer
    bodies: list[bytes] = field(default_factory=list)
    seen: list[str | None] = field(default_factory=list)  # Authorization of each request
    nonces: dict[str, int] = field(default_factory=dict)  # and the last count of each

    def decide(self, method: str, target: str, authorization: str | None) -> tuple[bool, list[str]]:
        """Whether to let this request in, and otherwise the challenges."""
        self.seen.append(authorization)
        if authorization is None or not authorization.startswith("Digest "):
            return False, self._challenges(stale=False)
        fields = parse_keqv_list(parse_http_list(authorization.removeprefix("Digest ")))
        fields = {name: value.replace('\\"', '"') for name, value in fields.items()}
        if not self._is_right(method, target, fields):
            return False, self._challenges(stale=False)
        if self.stale > 0:
            self.stale -= 1
            return False, self._challenges(stale=True)
        self.let_in.append(fields)
        return True, []

    def _is_right(self, method: str, target: str, fields: dict[str, str]) -> bool:
        algorithm, nonce = fields.get("algorithm", "MD5"), fields["nonce"]
        username = unquote(fields["username*"].removeprefix("UTF-8''")) if "username*" in fields else fields["username"]
        if algorithm not in self.algorithms or nonce not in self.nonces or fields["opaque"] != "op aque":
            return False
        if (username, fields["realm"], fields["uri"]) != (self.username, REALM, target):
            return False
        if self.qop is not None:
            count = int(fields["nc"], 16)
            if fields["qop"] != "auth" or count != self.nonces[nonce] + 1:
                return False
            self.nonces[nonce] = count
        return secrets.compare_digest(fields["response"], self._expected(algorithm, method, fields))

    def _expected(self, algorithm: str, method: str, fields: dict[str, str]) -> str:
        def h(text: str) -> str:
            return hashlib.new(FUNCTIONS[algorithm], text.encode()).hexdigest()

        a1 = f"{self.username}:{REALM}:{PASSWORD}"
        if algorithm.endswith("-sess"):
            a1 = f"{h(a1)}:{fields['nonce']}:{fields['cnonce']}"
        h2 = h(f"{method}:{fields['uri']}")
        if self.qop is None:
            return h(f"{h(a1)}:{fields['nonce']}:{h2}")
        return h(f"{h(a1)}:{fields['nonce']}:{fields['nc']}:{fields['cnonce']}:{fields['qop']}:{h2}")

    def _challenges(self, *, stale: bool) -> list[str]:
        challenges = ['Basic realm="x", charset="UTF-8"'] if self.basic else []
        for algorithm in self.algorithms:
            nonce = secrets.token_urlsafe(12)
            self.nonces[nonce] = 0
            quoted = REALM.replace('"', '\\"')
            parts = [f'realm="{quoted}"', f'nonce="{nonce}"', f"algorithm={algorithm}", 'opaque="op aque"']
            parts += [f'qop="{self.qop}"'] if self.qop is not None else []
            challenges.append(f"Digest {', '.join([*parts, *(['stale=true'] if stale else [])])}")
        return [", ".join(challenges)] if self.together else challenges


class DigestServer:
    """Serves everything behind a doorkeeper, on a free port of the loopback."""

    def __init__(self, doorkeeper: Doorkeeper) -> None:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                is_in, challenges = doorkeeper.decide(self.command, self.path, self.headers.get("Authorization"))
                if is_in:
                    doorkeeper.bodies.append(body)
                self.send_response(200 if is_in else 401)
                for challenge in challenges:
                    self.send_header("WWW-Authenticate", challenge)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"in" if is_in else b"no")

            do_GET = do_POST = answer  # noqa: N815 - the standard library's names

            def log_message(self, *_: object) -> None:
                """Be silent."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.authority = f"127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self) -> "DigestServer":
        self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
