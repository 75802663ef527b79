"""What came back: one HTTP answer, its body read and decoded."""

from dataclasses import dataclass
from email.message import Message


@dataclass(frozen=True, slots=True)
class Response:
    """`headers` in the order received, names in lower case; a value that is not ASCII reads as U+FFFD.

    `url` is the one that answered, after redirects, without credentials and fragment. `elapsed` in seconds, from
    the start of the call, all redirects included.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    url: str
    elapsed: float

    def header(self, name: str) -> str | None:
        """The first value under this name, in any case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    def header_values(self, name: str) -> tuple[str, ...]:
        """Every value under this name (`Set-Cookie` comes in several)."""
        wanted = name.lower()
        return tuple(value for key, value in self.headers if key.lower() == wanted)

    @property
    def content_type(self) -> str | None:
        """The media type without parameters, in lower case; None if there is no such header."""
        value = self.header("content-type")
        return None if value is None else value.partition(";")[0].strip().lower()

    def text(self) -> str:
        """The body by the charset of its Content-Type, UTF-8 if none or unknown; bad bytes become U+FFFD."""
        try:
            return self.body.decode(self._charset(), errors="replace")
        except (LookupError, UnicodeError, ValueError):
            return self.body.decode("utf-8", errors="replace")

    def _charset(self) -> str:
        message = Message()
        message["Content-Type"] = self.header("content-type") or ""
        charset = message.get_param("charset", "utf-8")
        return charset if isinstance(charset, str) and charset else "utf-8"
