"""An answer as it arrives: bytes in, one `Answer` out. Pure; the connection around it does the waiting.

The parser is llhttp (Node's, through httptools) in its strict mode, which refuses the spellings that smuggling
lives on: two lengths, a length beside chunks, bare line feeds. What it does not bound is bounded here: the size and
number of headers, the body before it is decoded, and everything together, so that chunks of one byte or endless
trailers cost no memory. Answers of the 100 class are passed over; 101 is refused, since nobody asked to upgrade.

Source: RFC 9112 sections 4 to 8, RFC 9110 section 15.2.
"""

from typing import NamedTuple

from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

from offhook.fetch.bodies import too_large
from offhook.fetch.errors import FetchError

MAX_HEADERS = 64 * 1024  # bytes of all names and values
MOST_HEADERS = 256
_FRAMING = 8  # a body in chunks of one byte takes six times its size on the wire
_NOT_TEXT = "\ufffd"


class Answer(NamedTuple):
    """Header names in lower case, in the order received; a value that is not ASCII reads as U+FFFD."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes  # as sent, still encoded


class Reading:
    """Reads one answer. `bodiless`: the answer to HEAD, which has the headers of a body and no body.

    After `feed` or `end`, `answer` is there or not yet; `reusable` says whether another request may follow it.
    """

    def __init__(self, max_body: int, *, bodiless: bool = False) -> None:
        self.answer: Answer | None = None
        self.reusable = False
        self._max_body = max_body
        self._bodiless = bodiless
        self._parser = HttpResponseParser(self)
        self._headers: list[tuple[str, str]] = []
        self._header_bytes = 0
        self._in_body = False
        self._pieces: list[bytes] = []
        self._body_bytes = 0
        self._wire_bytes = 0
        self._problem: FetchError | None = None

    @property
    def begun(self) -> bool:
        """Whether a byte has come."""
        return self._wire_bytes > 0

    def feed(self, data: bytes) -> None:
        """More of the answer. Raises FetchError: "too_large", "protocol"."""
        self._wire_bytes += len(data)
        try:
            self._parser.feed_data(data)
        except HttpParserUpgrade:
            raise FetchError("protocol", "The answer changes the protocol, which was not asked for.") from None
        except HttpParserError as error:
            if self.answer is None:
                raise self._problem or _improper(error) from None
            self.reusable = False
        self._check_size()

    def end(self) -> None:
        """No more will come. Raises FetchError("protocol") when that is too early."""
        self.reusable = False
        if self.answer is None:
            if not (self._in_body and self._ends_with_the_connection()):
                self.cut()
            self._complete()

    def cut(self) -> None:
        """The connection broke. Raises FetchError("protocol")."""
        raise FetchError("protocol", "The answer ends before it is complete.")

    def on_message_begin(self) -> None:
        """The parser's: a second answer in the same bytes means that the connection is out of step."""
        self.reusable = False

    def on_header(self, name: bytes, value: bytes) -> None:
        """The parser's: one header, or one trailer, which is dropped."""
        self._header_bytes += len(name) + len(value)
        if self._in_body or self.answer is not None:
            return
        try:
            text = value.decode("ascii")
        except UnicodeDecodeError:
            text = _NOT_TEXT
        self._headers.append((name.decode("ascii").lower(), text))
        if len(self._headers) > MOST_HEADERS:
            self._fail(_too_many_headers())

    def on_headers_complete(self) -> None:
        """The parser's: the head is there."""
        if self._header_bytes > MAX_HEADERS:
            self._fail(_too_many_headers())
        if self.answer is None and self._parser.get_status_code() >= 200:
            self._in_body = True
            if self._bodiless:
                self._complete()

    def on_body(self, piece: bytes) -> None:
        """The parser's: some of the body."""
        if self.answer is not None:
            return
        self._body_bytes += len(piece)
        if self._body_bytes > self._max_body:
            self._fail(too_large(self._max_body))
        self._pieces.append(piece)

    def on_message_complete(self) -> None:
        """The parser's: the answer is whole, or was a preliminary one."""
        if self._in_body and self.answer is None:
            self._complete()
            self.reusable = self._parser.should_keep_alive()
        else:
            self._headers.clear()

    def _complete(self) -> None:
        self.answer = Answer(self._parser.get_status_code(), tuple(self._headers), b"".join(self._pieces))

    def _ends_with_the_connection(self) -> bool:
        names = {name for name, _ in self._headers}
        return not names & {"content-length", "transfer-encoding"}

    def _check_size(self) -> None:
        if self.answer is not None:
            return
        if not self._in_body and self._wire_bytes > MAX_HEADERS + 4 * MOST_HEADERS:
            raise _too_many_headers()
        if self._wire_bytes > 2 * MAX_HEADERS + _FRAMING * self._max_body:
            raise too_large(self._max_body)

    def _fail(self, problem: FetchError) -> None:
        """Stop the parser: what a callback raises ends `feed_data` with an error."""
        self._problem = problem
        raise problem


def _too_many_headers() -> FetchError:
    return FetchError(
        "too_large", f"The headers of the answer are larger than {MAX_HEADERS} bytes, or more than {MOST_HEADERS}."
    )


def _improper(error: Exception) -> FetchError:
    return FetchError("protocol", f"The answer is not proper HTTP: {error}.")
