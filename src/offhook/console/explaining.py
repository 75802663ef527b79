"""`/errors/21211.json`: an error's explanation for programs, read off the same Markdown as its page.

Texts are plain: what was marked as code or linked is only the words.
"""

from collections.abc import Iterator

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token

from offhook.web.error_pages import ErrorPage
from offhook.web.errors import more_info

_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_BREAKS = frozenset({"softbreak", "hardbreak"})


class Explanation(msgspec.Struct):
    """What a number means. `status` are the HTTP statuses it comes with, none where it is no error of the API."""

    code: int
    message: str
    kinds: tuple[str, ...]
    status: list[int]
    meaning: str
    causes: list[str]
    fixes: list[str]
    more_info: str
    twilio: str | None


def explanation(error: ErrorPage, origin: str) -> Explanation:
    """The explanation, for whoever found us at `origin`."""
    said = dict(_sections(_MARKDOWN.parse(error.body)))
    return Explanation(
        code=error.code,
        message=error.title,
        kinds=error.kinds,
        status=[int(status) for status in error.status.split(", ") if status],
        meaning=" ".join(said.get("", [])),
        causes=said.get("Causes", []),
        fixes=said.get("Fixes", []),
        more_info=more_info(error.code, origin),
        twilio=error.twilios,
    )


def _sections(tokens: list[Token]) -> Iterator[tuple[str, list[str]]]:
    """Each section's heading, none before the first, and its texts: paragraphs, be they items of a list or not."""
    heading, texts = "", list[str]()
    before = None
    for token in tokens:
        if token.type == "inline" and before is not None and before.type == "heading_open":
            yield heading, texts
            heading, texts = _plain(token), []
        elif token.type == "inline":
            texts.append(_plain(token))
        before = token
    yield heading, texts


def _plain(inline: Token) -> str:
    return "".join(" " if child.type in _BREAKS else child.content for child in inline.children or [])
