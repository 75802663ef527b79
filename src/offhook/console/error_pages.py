"""`/errors` and `/errors/21211`: where `more_info` leads. Each page is made of the Markdown that explains the error;
`/errors/21211.json` says the same to programs.

Links to other errors stay links; links into the documentation, which is not served here, become plain text. The
addresses in examples are those of this Offhook, as the browser found it.
"""

import re
from html import escape
from typing import Any

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from offhook.console.explaining import explanation
from offhook.console.layout import HEADERS, SAFE, page
from offhook.console.origin import origin_of, root_of
from offhook.web.error_pages import SAMPLE_ORIGIN, ErrorPage, error_pages, index
from offhook.web.errors import MORE_INFO, not_found

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_OTHER_ERROR = re.compile(r"([0-9]{5})\.md")


def routes() -> list[Route]:
    """The index, and a page for each number."""
    return [Route("/errors", _index), Route("/errors/{code:path}", _one)]


async def _index(request: Request) -> HTMLResponse:
    return HTMLResponse(
        page("Errors · Offhook", to_html(f"# Errors\n\n{index()}", origin_of(request))), headers=HEADERS
    )


async def _one(request: Request) -> Response:
    asked = request.path_params["code"]
    code = asked.removesuffix(".json")
    found = error_pages().get(int(code)) if re.fullmatch("[0-9]{5}", code) else None
    if code != asked:
        return _for_programs(request, found)
    root = root_of(request)
    if found is None:
        return HTMLResponse(page("No such error · Offhook", _unknown(asked, root), root), 404, headers=HEADERS)
    explained = _explained(found, origin_of(request), root)
    return HTMLResponse(page(f"{found.heading} · Offhook", explained, root), headers=HEADERS)


def _for_programs(request: Request, found: ErrorPage | None) -> Response:
    origin = origin_of(request)
    if found is None:
        problem = not_found(request.url.path)
        return _json(problem.body(origin), problem.status)
    return _json(explanation(found, origin))


def _json(body: Any, status: int = 200) -> Response:
    return Response(msgspec.json.encode(body), status, headers=SAFE, media_type="application/json")


def _explained(error: ErrorPage, origin: str, root: str) -> str:
    return f"{to_html(error.markdown(), origin, root)}\n{_next_steps(error, origin, root)}"


def _next_steps(error: ErrorPage, origin: str, root: str) -> str:
    """What to look at next: where it is written down what was said, and the other errors."""
    alert = "alert" in error.kinds
    where = "/monitor/v1/Alerts" if alert else f"/offhook/v1/Exchanges?Search={error.code}"
    command = f'curl -u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN" \\\n  "{origin}{where}"'
    return (
        f"<footer><p>{'The latest alerts' if alert else 'Where it happened, with what was asked and answered'}:</p>"
        f'<pre>{escape(command)}</pre><p><a href="{escape(root)}/errors">All errors</a></p></footer>'
    )


def _unknown(asked: str, root: str) -> str:
    at_twilio = ""
    if re.fullmatch("[0-9]{5}", asked):
        at_twilio = f' <a href="{MORE_INFO.format(code=asked)}">Twilio may know it.</a>'
    return (
        f"<h1>No error {escape(asked)}</h1><p>Offhook has no error with this number.{at_twilio}</p>"
        f'<p><a href="{escape(root)}/errors">All errors</a></p>'
    )


def to_html(markdown: str, origin: str, root: str = "") -> str:
    """HTML of an explanation, for a browser that found us at `origin`; links to others begin with `root`.

    Whatever is no Markdown is escaped.
    """
    tokens = _MARKDOWN.parse(markdown)
    for token in tokens:
        if token.type == "fence":
            token.content = token.content.replace(SAMPLE_ORIGIN, origin)
        if token.children is not None:
            token.children = _with_our_links(token.children, root)
    html: str = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return html


def _with_our_links(tokens: list[Token], root: str) -> list[Token]:
    kept: list[Token] = []
    is_open = False
    for token in tokens:
        if token.type == "link_open":
            target = _target(str(token.attrs["href"]), root)
            token.attrs["href"] = target or ""
            is_open = target is not None
        if is_open or token.type not in ("link_open", "link_close"):
            kept.append(token)
    return kept


def _target(href: str, root: str) -> str | None:
    """Where a link of an explanation leads here; None for the documentation."""
    if other := _OTHER_ERROR.fullmatch(href):
        return f"{root}/errors/{other[1]}"
    return href if href.startswith("https://") else None
