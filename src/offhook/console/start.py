"""The start page: what to type, and what the API answers.

Its commands work as they stand, in the order in which they stand, in the folder where Offhook was started: `Commands`
says how the program is called from there.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from inspect import getdoc

from offhook.console.layout import page
from offhook.web import Operation

PHONE, NUMBER = "+19732644152", "+12023358536"
ME = 'me="$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN"'
_PRODUCT = re.compile(r"offhook\.products\.(\w+)\.")
_CODE, _AS_CODE = re.compile("`([^`]+)`"), r"<code>\1</code>"
_BREAK = "\\\n"


@dataclass(frozen=True)
class Commands:
    """How `program` is typed to work on the Offhook that shows the page; `data` is ` --data DIR`, or nothing."""

    program: str = "offhook"
    data: str = ""

    def run(self) -> str:
        """Runs an app."""
        return f"{self.program} run{self.data} -- python app.py"

    def env(self) -> str:
        """Points a shell here."""
        return f'eval "$({self.program} env{self.data})"'

    def console(self) -> str:
        """Prints a link that signs a browser in."""
        return f"{self.program} console{self.data}"


ON_THE_PATH = Commands()


def start_page(operations: Iterable[Operation], origin: str, commands: Commands) -> str:
    """The page, for a browser that found us at `origin`."""
    phone = _curl(f"Handsets/{PHONE}/Messages")
    content = f"""<h1>Offhook is running</h1>
<p>A phone network as an API, on this machine, at <code>{escape(origin)}</code>.</p>
<h2>See it</h2>
<p>The console shows numbers, messages, phones and webhooks, live. This prints a link that signs you in:</p>
{_typed(commands.console())}
<h2>Run your app</h2>
<p>In another terminal, in the folder where Offhook was started. An untouched Twilio app texts and is texted here.</p>
{_typed(commands.run())}
<h2>Be the person with the phone</h2>
<p>Point the shell here first; everything in it then talks to this Offhook.</p>
{_typed(commands.env(), ME)}
<p>Any number that nobody owns is a phone. Text from one, to a number of yours or to another phone:</p>
{_typed(f"{phone} {_BREAK}  --data-urlencode To={NUMBER} -d Body=Hello")}
<p>Look at what it shows:</p>
{_typed(phone)}
<h2>See what was said</h2>
<p>Every request in and out, with headers and bodies:</p>
{_typed(_curl("Exchanges?PageSize=5"))}
<p>What an error means, and how to mend it: <a href="/errors">the errors</a>.</p>
<h2>What it answers</h2>
{_folded(operations)}
<p>All of it with its parameters: <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1).</p>
<footer><p>The documentation lies in the folder <code>docs</code> of the repository, beginning with
<code>docs/tutorial/first-text.md</code>. <code>make docs</code> shows it in a browser.</p></footer>"""
    return page("Offhook", content)


def _curl(path: str) -> str:
    return f'curl -u "$me" "$OFFHOOK_URL/offhook/v1/{path}"'


def _typed(*lines: str) -> str:
    text = escape("\n".join(lines), quote=False)
    return f"<pre>{text}</pre>"


def _folded(operations: Iterable[Operation]) -> str:
    """A fold for each product, with a line for each operation."""
    products: dict[str, list[str]] = {}
    for operation in operations:
        products.setdefault(_product(operation), []).append(_line(operation))
    return "".join(
        f"<details><summary>{escape(name.capitalize())} <small>{len(lines)}</small></summary>"
        f"<ul>{''.join(lines)}</ul></details>"
        for name, lines in products.items()
    )


def _line(operation: Operation) -> str:
    words = escape((getdoc(operation.function) or "").partition("\n")[0], quote=False)
    return (
        f"<li><code><b>{escape(operation.method)}</b> {escape(_path(operation))}</code>"
        f"<br>{_CODE.sub(_AS_CODE, words)}</li>"
    )


def _product(operation: Operation) -> str:
    """The slice that an operation is of."""
    found = _PRODUCT.match(operation.function.__module__)
    return found[1] if found else operation.resource.product


def _path(operation: Operation) -> str:
    product = operation.resource.product
    prefix = "" if product == "api" else f"/{product}"
    return f"{prefix}{operation.path}{operation.extension}"
