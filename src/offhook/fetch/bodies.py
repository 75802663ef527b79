"""What is behind a Content-Encoding, without ever holding much more than is allowed.

Answers are asked for without compression. A server that compresses anyway (gzip, deflate) is read through zlib
with a cap on what it may produce, so a bomb stops at the limit and not after it. The cap holds for the bytes on
the wire too.

Source: RFC 9110 section 8.4, RFC 1952 (several members make one body), RFC 1950/1951 (servers send either as
"deflate").
"""

import zlib

from offhook.fetch.errors import FetchError

_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
_RAW_DEFLATE = -15


def decode(raw: bytes, encoding: str | None, limit: int) -> bytes:
    """The body behind its Content-Encoding. Raises FetchError: "too_large", "protocol"."""
    name = (encoding or "identity").strip().lower()
    if name in {"", "identity"} or not raw:
        return raw
    if name not in _WINDOWS:
        raise FetchError("protocol", f"The answer is encoded as {name[:40]!r}, though no encoding was asked for.")
    try:
        return _inflate(raw, _WINDOWS[name], limit)
    except zlib.error as error:
        if name != "deflate":
            raise FetchError("protocol", f"The answer says it is {name}, but is not: {error}.") from None
    try:
        return _inflate(raw, _RAW_DEFLATE, limit)
    except zlib.error as error:
        raise FetchError("protocol", f"The answer says it is deflate, but is not: {error}.") from None


def _inflate(raw: bytes, window: int, limit: int) -> bytes:
    body = b""
    while raw:
        member = zlib.decompressobj(window)
        body += member.decompress(raw, limit - len(body) + 1)
        if len(body) > limit:
            raise too_large(limit)
        if not member.eof:
            raise FetchError("protocol", "The compressed answer ends before it is complete.")
        raw = member.unused_data
    return body


def too_large(limit: int) -> FetchError:
    """The error for an answer beyond `limit` bytes."""
    return FetchError("too_large", f"The answer is larger than the {limit} bytes allowed.")
