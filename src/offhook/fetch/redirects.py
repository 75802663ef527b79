"""What a redirect asks for, as a new request. Whether to follow, and how far, is the caller's choice.

303 turns into GET, and so do 301 and 302 after a POST, as browsers and Twilio do; 307 and 308 repeat the request.
Authorization and cookies do not follow to another origin, and credentials inside a Location are dropped.

Source: RFC 9110 section 15.4.
"""

from dataclasses import replace

from offhook.fetch.request import Request
from offhook.fetch.response import Response
from offhook.fetch.urls import joined, same_origin, without_userinfo

_STATUSES = frozenset({301, 302, 303, 307, 308})
_SECRETS = frozenset({"authorization", "proxy-authorization", "cookie"})
_ABOUT_BODIES = frozenset({"content-type", "content-encoding", "content-language", "content-location"})


def redirected(request: Request, response: Response) -> Request | None:
    """The request that follows from this answer; None if it is no redirect. Raises FetchError("bad_url")."""
    location = response.header("location")
    if response.status not in _STATUSES or not location:
        return None
    url = without_userinfo(joined(response.url, location))
    dropped: frozenset[str] = frozenset() if same_origin(response.url, url) else _SECRETS
    method, body = request.method, request.body
    if (response.status == 303 and method != "HEAD") or (response.status in {301, 302} and method == "POST"):
        method, body, dropped = "GET", b"", dropped | _ABOUT_BODIES
    headers = tuple(pair for pair in request.headers if pair[0].lower() not in dropped)
    return replace(request, method=method, url=url, headers=headers, body=body)
