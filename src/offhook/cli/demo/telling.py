"""Showing the story: at 80 columns, with or without colours, on a terminal or in a file.

The program's side of the conversation stands left, the phone's right, as on a phone.
"""

from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.syntax import Syntax
from rich.text import Text

from offhook.cli.demo.api import Json
from offhook.kit.phone import friendly

WIDTH, BUBBLE = 80, 68
TOLD = ("From", "FromCity", "FromState", "To", "Body", "MessageSid")


class Telling:
    """Prints each part of the story as it happens."""

    def __init__(self) -> None:
        console = Console(highlight=False)
        self._console = Console(highlight=False, width=min(console.width, WIDTH)) if console.width > WIDTH else console
        self._step = 0

    def title(self) -> None:
        """What this is."""
        self._console.print(Text("\nAn untouched Twilio app, a phone, and the network between them", "bold"))

    def step(self, what: str, **facts: str) -> None:
        """A numbered heading with facts below it."""
        self._step += 1
        self._console.print(Text.assemble("\n", (f"{self._step}  ", "bold cyan"), (what, "bold")))
        for name, value in facts.items():
            self.line(f"{name.replace('_', ' '):<12}", value)

    def line(self, name: str, value: str, style: str = "") -> None:
        """One fact. What is too long is left to the terminal to wrap, so that it can be copied whole."""
        self._console.print(Text.assemble("   ", (name, "dim"), (value, style)), soft_wrap=True)

    def source(self, program: Path) -> None:
        """The program itself, for it is short."""
        code = program.read_text().rstrip()
        shown = Syntax(code, "python", theme="ansi_dark", background_color="default").highlight(code)
        for line in shown.split("\n"):
            self._console.print(Text("   ") + line, soft_wrap=True)

    def bubble(self, who: str, message: Json) -> None:
        """One text: who sent it to whom, what it says, what became of it and when."""
        on_the_right = message["direction"] == "inbound"
        sent = parsedate_to_datetime(message["date_sent"] or message["date_created"])
        panel = Panel(
            Text(message["body"]),
            title=Text(f"{who}: {friendly(message['from'])} → {friendly(message['to'])}"),
            title_align="left",
            subtitle=Text(f"{message['status']} {sent:%H:%M:%S} · {message['sid']}", "dim"),
            subtitle_align="right",
            width=BUBBLE,
            border_style="green" if on_the_right else "blue",
        )
        indent = max(self._console.width - BUBBLE, 0) if on_the_right else 0
        self._console.print(Padding(panel, (0, 0, 0, indent), expand=False))

    def webhook(self, exchange: Json) -> None:
        """The request to the app and its answer."""
        told = dict(parse_qsl(exchange["request_body"] or urlsplit(exchange["url"]).query))
        headers = {name.lower(): value for name, value in exchange["request_headers"]}
        self.line("request     ", f"{exchange['method']} {exchange['url']}", "cyan")
        for name in TOLD:
            if told.get(name):
                self.line(f"  {name:<12}", told[name])
        self.line("  X-Twilio-Signature  ", headers["x-twilio-signature"])
        self.line("  ", f"and {len(told.keys() - set(TOLD))} more parameters", "dim")
        self.line("answer      ", f"{exchange['status']}, after {exchange['duration']:.0f} ms", "cyan")
        self.line("  ", exchange["response_body"].strip())

    def commands(self, heading: str, rows: list[tuple[str, str]]) -> None:
        """What to type, each with the reason to."""
        self._console.print(Text(f"\n{heading}", "bold"))
        for reason, command in rows:
            if reason:
                self.line("", f"# {reason}", "dim")
            for line in command.splitlines():
                self.line("", line, "green")
