"""The cookie that holds a session: not for scripts, not for other sites, gone when the browser is closed.

Browsers keep cookies by host and do not look at the port, so the port is in the name: two Offhooks on one machine
have a session each. `__Host-` makes browsers refuse one that did not come from us by TLS.
https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-4.1.3
"""

from urllib.parse import urlsplit


def cookie_name(origin: str) -> str:
    """The name for the Offhook at `origin`."""
    parts = urlsplit(origin)
    secure = parts.scheme == "https"
    return f"{'__Host-' if secure else ''}offhook-{parts.port or (443 if secure else 80)}"


def set_cookie(origin: str, token: str) -> str:
    """A Set-Cookie header; an empty token takes the cookie away."""
    secure = "; Secure" if origin.startswith("https:") else ""
    gone = "" if token else "; Max-Age=0"
    return f"{cookie_name(origin)}={token}; Path=/; HttpOnly; SameSite=Strict{secure}{gone}"


def token_in(header: str, origin: str) -> str | None:
    """What a Cookie header holds for the Offhook at `origin`."""
    wanted = cookie_name(origin)
    for pair in header.split(";"):
        name, _, value = pair.strip().partition("=")
        if name == wanted and value:
            return value
    return None
