"""Where this Offhook is reached, for the URLs that it builds, and for recognising its own.

`--public-url` wins where it is set: a reverse proxy may pass on another Host than the one that callers used. Otherwise
URLs in an answer begin as the request did, and URLs that are built outside a request with the address that is listened
on. Who asked at one of Twilio's hosts believes to talk to Twilio, and in answers to them hosts and paths stay Twilio's.
Programs may also write a URL of ours with Twilio's host.
"""

from urllib.parse import urlsplit

from offhook.web.request import Request
from offhook.web.routing import is_twilio

TWILIO_API = "https://api.twilio.com"


class Origin:
    """The scheme, host and port of our URLs. The role sets `base` once the ports are known."""

    def __init__(self, public_url: str | None = None) -> None:
        self._public = (public_url or "").rstrip("/")
        self.base = self._public
        self._listening = ""

    def listens_at(self, url: str) -> None:
        """The address that is listened on."""
        self._listening = url
        self.base = self._public or url

    def url(self, path: str) -> str:
        """The URL of a path of ours, for somebody else to call."""
        return self.base + path

    def for_answers(self, request: Request) -> str | None:
        """What our URLs begin with in the answer to a request.

        None for one of Twilio's hosts, and where neither `--public-url` nor a proper Host says where we are.
        """
        return self._seen_from(request.host) or request.origin

    def for_pages(self, scheme: str, host: str) -> str:
        """The same in a page for people, who always asked somewhere; at Twilio's hosts, where we really are."""
        return (self.base if is_twilio(host) else self._public) or f"{scheme}://{host}"

    def path_of(self, url: str) -> str | None:
        """The path of a URL that means us, or None for anybody else's."""
        for base in (self.base, self._listening, TWILIO_API):
            if base and _same_place(base, url):
                prefix, path = urlsplit(base).path, urlsplit(url).path
                if path.startswith(f"{prefix}/"):
                    return path[len(prefix) :]
        return None

    def _seen_from(self, host: str) -> str | None:
        return None if is_twilio(host) else self._public or None


def _same_place(base: str, url: str) -> bool:
    try:
        ours, theirs = urlsplit(base), urlsplit(url)
        return (ours.scheme, ours.hostname, ours.port) == (theirs.scheme, theirs.hostname, theirs.port)
    except ValueError:
        return False
