"""Where this Offhook is reached, for URLs that are built outside a request, and for recognising our own.

`--public-url` wins where it is set; otherwise it is the address that is listened on. Programs may also write a URL
of ours with Twilio's host, since that is what they believe they talk to.
"""

from urllib.parse import urlsplit

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

    def path_of(self, url: str) -> str | None:
        """The path of a URL that means us, or None for anybody else's."""
        for base in (self.base, self._listening, TWILIO_API):
            if base and _same_place(base, url):
                return urlsplit(url).path
        return None


def _same_place(base: str, url: str) -> bool:
    try:
        ours, theirs = urlsplit(base), urlsplit(url)
        return (ours.scheme, ours.hostname, ours.port) == (theirs.scheme, theirs.hostname, theirs.port)
    except ValueError:
        return False
