"""What every error number of ours means: one Markdown file a number, in the folder `errors` beside this package.

Those files are the only place where an error is explained. The running Offhook shows them at `/errors/21211`, which
is where `more_info` leads; the documentation shows the same as pages of its own. A file begins with a head:

    ---
    title: Invalid 'To' phone number
    kinds: api, alert          where one meets it: api, message, recording, lookup, alert
    status: 400                of an error of the API
    ours: yes                  left out where the number is Twilio's
    ---

and goes on with what it means, then `## Causes`, `## Fixes` and `## Example`. Links lead to other errors
(`[21212](21212.md)`) and into the documentation (`[the API](../api.md)`). Commands in an example are typed in a shell
that knows Offhook (`PREPARING`); a test runs every one of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from offhook.web.errors import MORE_INFO

Kind = Literal["api", "message", "recording", "lookup", "alert"]
KINDS: dict[Kind, tuple[str, str]] = {
    "api": (
        "Errors of the API",
        "The answer to a request has a status of 400 or more, and a body of `code`, `message`, `more_info` and "
        "`status`. The SDKs raise these.",
    ),
    "message": (
        "Errors of a message",
        "The message was accepted, and later got the status `failed` or `undelivered` and an `error_code`.",
    ),
    "recording": (
        "Errors of a recording",
        "The recording is `absent`, and its `error_code` says why.",
    ),
    "lookup": (
        "Errors of a lookup",
        "The answer is 200; a package in it has nulls, and its `error_code` says why.",
    ),
    "alert": (
        "Alerts",
        "Something between Offhook and your app went wrong. Read them at `/monitor/v1/Alerts`, and the request itself "
        "at `/offhook/v1/Exchanges`.",
    ),
}
PREPARING = """Once, in a shell that is to try it:

```sh
eval "$(offhook env)"
me="$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN"
api="$OFFHOOK_URL/2010-04-01/Accounts/$TWILIO_ACCOUNT_SID"
```
"""
SAMPLE_ORIGIN = "http://127.0.0.1:4665"  # where the Offhook of the examples is
_EXAMPLE = "## Example\n"


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """One number explained. `status` is HTTP's (`400`, or `400, 413`), empty where it is no error of the API."""

    code: int
    title: str
    kinds: tuple[Kind, ...]
    status: str
    is_ours: bool
    body: str

    @property
    def heading(self) -> str:
        """Number and title."""
        return f"{self.code}: {self.title}"

    @property
    def twilios(self) -> str | None:
        """Twilio's page about the number; None for one of ours."""
        return None if self.is_ours else MORE_INFO.format(code=self.code)

    def markdown(self) -> str:
        """The whole page."""
        body = self.body
        if "```sh\n" in body:
            body = body.replace(_EXAMPLE, f"{_EXAMPLE}\n{PREPARING}", 1)
        return f"# {self.heading}\n\n{self._where()}\n\n{body}"

    def _where(self) -> str:
        said = {"api": f"an error of the API with status {self.status}", "message": "an error of a message"}
        said.update({"recording": "an error of a recording", "lookup": "an error of a lookup"})
        places = " and ".join(said.get(kind, "an alert") for kind in self.kinds)
        twilios = f"[Twilio's page about it]({self.twilios})." if self.twilios else "The number is Offhook's own."
        return f"{places[0].upper()}{places[1:]}. {twilios}"


@cache
def error_pages() -> dict[int, ErrorPage]:
    """Every error that is explained, by number, in ascending order. Raises ValueError for a file that is no page."""
    found = [file for file in files("offhook").joinpath("errors").iterdir() if file.name.endswith(".md")]
    pages = [parse(int(file.name.removesuffix(".md")), file.read_text("utf-8")) for file in found]
    return {page.code: page for page in sorted(pages, key=lambda page: page.code)}


def parse(code: int, text: str) -> ErrorPage:
    """Read a file. Raises ValueError for a head that is none, a kind that there is not, a status that is missing."""
    start, _, rest = text.partition("---\n")
    head, end, body = rest.partition("---\n")
    if start or not end:
        raise ValueError(f"{code}.md does not begin with a head between two lines of ---")
    fields = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in head.splitlines())}
    if unknown := fields.keys() - {"title", "kinds", "status", "ours"}:
        raise ValueError(f"{code}.md has {sorted(unknown)} in its head")
    named = fields.get("kinds", "").split(", ")
    kinds = tuple(kind for kind in get_args(Kind) if kind in named)
    if len(kinds) != len(named) or not fields.get("title"):
        raise ValueError(f"{code}.md needs a title and kinds of {get_args(Kind)}")
    if ("status" in fields) != ("api" in kinds):
        raise ValueError(f"{code}.md: an error of the API has a status, and no other has")
    return ErrorPage(code, fields["title"], kinds, fields.get("status", ""), fields.get("ours") == "yes", body.strip())


def index() -> str:
    """All numbers in tables, one for each kind, with links to their pages; a number may be of several kinds."""
    return "\n".join(_index())


def _index() -> Iterator[str]:
    for kind, (heading, meaning) in KINDS.items():
        yield f"## {heading}\n\n{meaning}\n"
        yield "| number | | status |\n|---|---|---|" if kind == "api" else "| number | |\n|---|---|"
        for page in error_pages().values():
            if kind in page.kinds:
                status = f" {page.status} |" if kind == "api" else ""
                yield f"| [{page.code}]({page.code}.md) | {page.title} |{status}"
        yield ""
