"""Whether an Offhook runs on a data folder, answers on its ports, and refuses what it should refuse.

All requests here go to it directly, past every proxy.
"""

import base64
import json
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from offhook.cli import finding
from offhook.cli.doctor.verdict import Verdict, broken, works
from offhook.cli.explaining import taken_ports
from offhook.roles import connection as connections
from offhook.roles.connection import Connection
from offhook.roles.settings import Settings

PATIENCE = 5.0  # seconds for one answer
NAME = "api.twilio.com"
STRANGERS = "0" * 32


def running_verdict(folder: Path) -> tuple[Connection | None, Verdict]:
    """The Offhook that runs on a folder and answers, or why there is none to ask."""
    found = finding.running(folder)
    left_behind = (folder / connections.FILE).exists()
    if found is None and finding.is_held(folder):
        why = f"a process has {folder} open but has not said that it is ready"
        return None, broken("running", why, "wait a moment; if that does not help, stop it (`fuser` names it)")
    if found is None:
        crashed = f" ({connections.FILE} was left by one that was killed; the next start removes it)"
        return None, works("running", f"none runs on {folder}{crashed if left_behind else ''}")
    status, answer = ask(found, "/offhook/v1/Clock")
    if status == 200:
        clock = (
            "the machine's clock" if answer.get("mode") == "real" else "a virtual clock, which stands until advanced"
        )
        return found, works("running", f"{found.url}, process {found.pid}, {clock}")
    why = f"process {found.pid} at {found.url} answers {status}" if status else f"{found.url} does not answer"
    return None, broken("running", why, f"stop process {found.pid} and start Offhook again")


def port_verdict(chosen: Settings) -> Verdict:
    """Whether the ports that `offhook up` would take can be had."""
    taken = " and ".join(f"{flag} {port}" for flag, port in taken_ports(chosen))
    if taken:
        return broken(
            "ports", f"{taken} on {chosen.host}: another program has it", "name another port, or 0 for a free one"
        )
    wanted = " and ".join(str(port) for port in (chosen.port, chosen.tls_port) if port)
    return works("ports", f"{wanted} on {chosen.host} can be had" if wanted else "any that are free")


def service_verdicts(connection: Connection) -> Iterator[Verdict]:
    """Whether the TLS port and the proxy of a running Offhook answer, and whether it refuses strangers."""
    yield _tls_verdict(connection)
    yield _proxy_verdict(connection)
    status, answer = ask(connection, f"/2010-04-01/Accounts/{connection.account_sid}.json", token=STRANGERS)
    if status == 401 and answer.get("code"):
        yield works("refusal", "wrong credentials get a 401: so would ours from Twilio, if a request slipped past")
    else:
        yield broken("refusal", f"wrong credentials get {status}, not 401", "report this as a bug")


def ask(connection: Connection, path: str, token: str | None = None) -> tuple[int, dict[str, object]]:
    """GET a path of an Offhook: the status (0 for no answer) and the JSON that it gives."""
    pair = f"{connection.account_sid}:{connection.auth_token if token is None else token}"
    header = {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    request = urllib.request.Request(connection.url + path, headers=header)  # noqa: S310 - our own http URL
    try:
        with opener.open(request, timeout=PATIENCE) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, _object(refused.read())
    except (OSError, ValueError, HTTPException):
        return 0, {}


def _object(text: bytes) -> dict[str, object]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _tls_verdict(connection: Connection) -> Verdict:
    """Shakes hands as a program does that wants Twilio and trusts the local CA alone."""
    port = urlsplit(connection.tls_url).port or 0
    try:
        context = ssl.create_default_context(cafile=connection.ca)
        with (
            socket.create_connection(("127.0.0.1", port), PATIENCE) as plain,
            context.wrap_socket(plain, server_hostname=NAME) as secure,
        ):
            return works("TLS port", f"127.0.0.1:{port} proves that it is {NAME} ({secure.version()})")
    except ssl.SSLError as problem:
        return broken("TLS port", f"no trusted handshake as {NAME}: {problem}", RESTART)
    except OSError as problem:
        remedy = f"Offhook listens at {connection.tls_url}; programs look for it on 127.0.0.1: leave --host out"
        return broken("TLS port", f"127.0.0.1:{port}: {problem}", remedy)


RESTART = "stop Offhook and start it again: it reads its CA at the start"


def _proxy_verdict(connection: Connection) -> Verdict:
    parts = urlsplit(connection.proxy_url)
    try:
        with socket.create_connection((parts.hostname or "", parts.port or 0), PATIENCE) as opened:
            opened.sendall(f"CONNECT {NAME}:443 HTTP/1.1\r\nHost: {NAME}:443\r\n\r\n".encode())
            answer = opened.recv(64)
    except OSError as problem:
        return broken("proxy", f"{connection.proxy_url}: {problem}", "stop Offhook and start it again")
    if b" 200" in answer:
        return works("proxy", f"{connection.proxy_url} keeps Twilio's names")
    return broken("proxy", f"{connection.proxy_url} does not keep {NAME}: {answer!r}", "report this as a bug")
