"""The head of an HTTP/1.1 message, as a proxy needs it: read, changed in a few fields, written again.

Pure: bytes in, bytes out. Bodies are never parsed here; `Head.body` only says how long one is, so that the proxy
forwards exactly one message (RFC 9112 §6.3) and nothing that a client sent after it.
"""

from dataclasses import dataclass
from typing import Literal, Self

LIMIT = 65536
NO_BODY = 0
HOP_BY_HOP = frozenset(  # RFC 9110 §7.6.1, and the two names proxies of old left behind
    {"connection", "keep-alive", "proxy-connection", "proxy-authorization", "proxy-authenticate", "te", "upgrade"}
)


class MalformedHeadError(ValueError):
    """Not an HTTP/1.x head, or one whose body has no clear length."""


class HeadTooLargeError(MalformedHeadError):
    """More than LIMIT bytes."""


@dataclass(frozen=True)
class Head:
    """A start line (`GET / HTTP/1.1`, `HTTP/1.1 200 OK`) and its fields in order, as sent."""

    start: tuple[str, str, str]
    fields: tuple[tuple[str, str], ...]

    @classmethod
    def parse(cls, raw: bytes) -> Self:
        """Reads a head including its empty line. Raises MalformedHeadError (RFC 9112 §2.2, §3, §5)."""
        lines = raw.decode("latin-1").lstrip("\r\n").removesuffix("\r\n\r\n").split("\r\n")
        words = lines[0].split(" ", 2)
        if len(words) == 2 and words[0].startswith("HTTP/"):
            words.append("")  # a status line without a reason
        if len(words) != 3 or not any(word.startswith("HTTP/1.") for word in (words[0], words[2])):
            raise MalformedHeadError(f"not an HTTP/1.x message: {lines[0][:80]!r}")
        return cls((words[0], words[1], words[2]), tuple(_field(line) for line in lines[1:]))

    def encode(self) -> bytes:
        lines = [" ".join(self.start), *(f"{name}: {value}" for name, value in self.fields), "", ""]
        return "\r\n".join(lines).encode("latin-1")

    def all(self, name: str) -> list[str]:
        """Every value of a field, split at commas (RFC 9110 §5.3)."""
        found = [value for field, value in self.fields if field.lower() == name]
        return [item.strip() for value in found for item in value.split(",")]

    def body(self) -> int | Literal["chunked"]:
        """The length of a request's body in bytes, or "chunked". Raises MalformedHeadError (RFC 9112 §6.3)."""
        codings = [coding.lower() for coding in self.all("transfer-encoding")]
        if codings:
            if codings[-1] != "chunked":
                raise MalformedHeadError("a Transfer-Encoding that does not end with chunked")
            return "chunked"
        lengths = set(self.all("content-length"))
        if len(lengths) > 1 or not all(length.isascii() and length.isdigit() for length in lengths):
            raise MalformedHeadError("a Content-Length that is no single number")
        return int(lengths.pop()) if lengths else NO_BODY

    def forwarded(self, *added: tuple[str, str], drop: frozenset[str] = frozenset()) -> "Head":
        """The head for the next hop: hop-by-hop fields and `drop` are gone, `Connection: close` and `added` set."""
        gone = HOP_BY_HOP | drop | {name.lower() for name in self.all("connection")}
        gone |= {name.lower() for name, _ in added}
        if self.all("transfer-encoding"):
            gone |= {"content-length"}  # RFC 9112 §6.1: two lengths are how requests are smuggled
        kept = tuple(field for field in self.fields if field[0].lower() not in gone)
        return Head(self.start, (*added, *kept, ("Connection", "close")))


def _field(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon or not name or name != name.strip() or any(c in line for c in "\r\n\0"):
        raise MalformedHeadError(f"not a header field: {line[:80]!r}")
    return name, value.strip()
