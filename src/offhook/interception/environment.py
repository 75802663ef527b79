"""The variables that make a child process reach Offhook: pure functions from one environment to changes of it.

What the user had is kept and added to (PYTHONPATH, NODE_OPTIONS, NO_PROXY, the CA bundles), so a program finds its own
things where they were. Credentials are replaced and API keys removed: a request that slips past us is then refused by
the real Twilio, and never a bill. TWILIO_EDGE, TWILIO_REGION and TWILIO_CA_BUNDLE work as they are.

Not reachable this way: `python -I` and `python -E`, which ignore PYTHON* variables (their clients that honour proxies
still are), and programs that pin Twilio's certificates.
"""

import json
import os
import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from offhook.interception.bundles import Bundles
from offhook.interception.hosts import DOMAINS, is_within
from offhook.interception.upstream import LOOPBACK_NAMES

SHIM = Path(__file__).parent / "shim"
NODE_PRELOAD = "offhook-preload.cjs"
API_KEYS = (
    "TWILIO_API_KEY",
    "TWILIO_API_KEY_SID",
    "TWILIO_API_KEY_SECRET",
    "TWILIO_API_SECRET",
    "TWILIO_API_SECRET_KEY",
    "TWILIO_CLIENT_ID",
    "TWILIO_CLIENT_SECRET",
)
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY")  # Node's client reads the upper case only, curl the lower case for http
ACCOUNT_SID = re.compile(r"AC[0-9a-fA-F]{32}")


class Connection(Protocol):
    """A running Offhook, as in `connection.json`: its two origins, an account, the CA's file."""

    @property
    def url(self) -> str: ...
    @property
    def tls_url(self) -> str: ...
    @property
    def account_sid(self) -> str: ...
    @property
    def auth_token(self) -> str: ...
    @property
    def test_account_sid(self) -> str: ...
    @property
    def test_auth_token(self) -> str: ...
    @property
    def ca(self) -> str | Path: ...


def compose(
    parent: Mapping[str, str], *, connection: Connection, proxy_url: str, bundles: Bundles, shim: Path = SHIM
) -> dict[str, str | None]:
    """The variables to set (str) or unset (None) in a child of `parent`; all others are inherited."""
    return {
        **_credentials(parent, connection),
        **_proxies(parent, proxy_url),
        "REQUESTS_CA_BUNDLE": str(bundles.requests),
        "CURL_CA_BUNDLE": str(bundles.curl),
        "SSL_CERT_FILE": str(bundles.openssl),
        "NODE_EXTRA_CA_CERTS": str(bundles.node),
        "PYTHONPATH": _first(str(shim), parent.get("PYTHONPATH")),
        "NODE_OPTIONS": _node_options(parent.get("NODE_OPTIONS", ""), shim / NODE_PRELOAD),
        "OFFHOOK_URL": connection.url,
        "OFFHOOK_REDIRECT_PORT": str(urlsplit(connection.tls_url).port or 443),
        "OFFHOOK_CA": str(connection.ca),
    }


def applied(parent: Mapping[str, str], changes: Mapping[str, str | None]) -> dict[str, str]:
    """`parent` with the changes carried out, as `subprocess` wants it."""
    kept = {name: value for name, value in parent.items() if name not in changes}
    return kept | {name: value for name, value in changes.items() if value is not None}


def shell_exports(changes: Mapping[str, str | None], shell: str = "sh") -> str:
    """Lines for `eval` in a shell: "sh" (also bash, zsh, dash) or "fish". Raises ValueError for another."""
    if shell == "fish":
        return "".join(
            f"set -e {name}\n" if value is None else f"set -gx {name} {_fish_quoted(value)}\n"
            for name, value in changes.items()
        )
    if shell != "sh":
        raise ValueError(f"no such shell: {shell!r} (sh and fish are known)")
    return "".join(
        f"unset {name}\n" if value is None else f"export {name}={shlex.quote(value)}\n"
        for name, value in changes.items()
    )


def _credentials(parent: Mapping[str, str], connection: Connection) -> dict[str, str | None]:
    found: dict[str, str | None] = {name: None for name in API_KEYS if name in parent}
    found["TWILIO_ACCOUNT_SID"] = connection.account_sid
    found["TWILIO_AUTH_TOKEN"] = connection.auth_token
    found["TWILIO_TEST_ACCOUNT_SID"] = connection.test_account_sid
    found["TWILIO_TEST_AUTH_TOKEN"] = connection.test_auth_token
    if ACCOUNT_SID.fullmatch(parent.get("ACCOUNT_SID", "")):  # else the names may be any other service's
        found["ACCOUNT_SID"] = connection.account_sid
        found["AUTH_TOKEN"] = connection.auth_token
    return found


def _proxies(parent: Mapping[str, str], proxy_url: str) -> dict[str, str | None]:
    exempt = _exemptions(parent)
    ours = {name: proxy_url for upper in PROXIES for name in (upper, upper.lower())}
    return {**ours, "NO_PROXY": exempt, "no_proxy": exempt}


def _exemptions(parent: Mapping[str, str]) -> str:
    """The user's NO_PROXY with loopback, without what would keep Twilio's names from the proxy.

    A lone `*` goes too: our proxy knows the user's list and goes around the user's own proxy for them.
    """
    listed = f"{parent.get('no_proxy', '')},{parent.get('NO_PROXY', '')}".replace(" ", ",").split(",")
    kept = [entry for entry in listed if entry and not hides_twilio(entry)]
    return ",".join(dict.fromkeys([*kept, *LOOPBACK_NAMES]))


def hides_twilio(entry: str) -> bool:
    """Whether an entry of NO_PROXY keeps any of Twilio's names from a proxy."""
    host, colon, port = entry.lower().rpartition(":")
    named = host if colon and port.isdigit() and ":" not in host else entry.lower()
    name = named.removeprefix("*").removeprefix(".")
    return name == "" or any(is_within(domain, name) or is_within(name, domain) for domain in DOMAINS)


def _first(shim: str, previous: str | None) -> str:
    """A search path that starts with the shim. An empty previous one stays away: it would mean the current folder."""
    folders = [folder for folder in (previous or "").split(os.pathsep) if folder != shim] if previous else []
    return os.pathsep.join([shim, *folders])


def _node_options(previous: str, preload: Path) -> str:
    ours = f"--require {json.dumps(str(preload), ensure_ascii=False)}"  # Node unquotes like JSON: \\ and \"
    return previous if ours in previous else f"{previous} {ours}".strip()


def _fish_quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
