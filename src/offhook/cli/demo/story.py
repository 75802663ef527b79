"""What the demo is about: a program texts a phone, the phone answers, and the app that owns the number replies.

Each step waits for what the API says became of it, and keeps that for the telling.
"""

from collections.abc import Callable
from itertools import dropwhile
from pathlib import Path
from urllib.parse import quote

from offhook.cli.demo.api import Api, Json, wait_for
from offhook.cli.demo.staging import run_to_its_end
from offhook.cli.failing import CommandError

NUMBER = "+12023358536"  # as in the guides' program
PHONE = "+19732644152"
PHONE_PATH = f"/offhook/v1/Handsets/{quote(PHONE, safe='+')}/Messages"
ANSWER = "Hello! Who is this?"


class Story:
    """The steps, in their order; each returns what the API shows."""

    def __init__(self, api: Api) -> None:
        self.api = api

    def buy_number(self, webhook: str) -> Json:
        """Buy NUMBER and let `webhook` answer its texts."""
        path = f"{self.api.account}/IncomingPhoneNumbers.json"
        return self.api.post(path, PhoneNumber=NUMBER, SmsUrl=webhook)

    def text_the_phone(self, program: Path, folder: Path) -> Json:
        """Run the program; the Message whose SID it printed, once it is delivered and on the phone."""
        sid = run_to_its_end(program, folder)
        shown = wait_for("the program's text arriving on the phone", self._on_phone(lambda text: _is(text, sid)))
        exchange = wait_for("the record of the program's request", self._exchange(sid, Direction="in", Kind="api"))
        path = f"/2010-04-01/Accounts/{exchange['account_sid']}/Messages/{sid}.json"
        message = wait_for("the program's text being delivered", lambda: _delivered(self.api.get(path)))
        if shown["body"] != message["body"]:
            raise CommandError(f"the phone shows {shown['body']!r}, the program sent {message['body']!r}")
        return message | {"request": exchange}

    def answer_from_the_phone(self) -> Json:
        """The person with the phone texts back; the Message that NUMBER received."""
        shown = self.api.post(PHONE_PATH, To=NUMBER, Body=ANSWER)
        return self.api.get(f"{self.api.account}/Messages/{shown['message_sid']}.json")

    def webhook_of(self, received: Json) -> Json:
        """The exchange in which the app was asked what to do with a message it received."""
        return self._await("the webhook being called", self._exchange(received["sid"], Direction="out"))

    def reply_to(self, received: Json) -> Json:
        """The app's reply, once it is delivered and on the phone."""
        shown = self._await("the app's reply arriving on the phone", self._next_on_phone(received["sid"]))
        path = f"{self.api.account}/Messages/{shown['message_sid']}.json"
        return wait_for("the app's reply being delivered", lambda: _delivered(self.api.get(path)))

    def phone(self) -> list[Json]:
        """What the phone shows, oldest first."""
        texts: list[Json] = self.api.get(PHONE_PATH)["messages"]
        return texts

    def _await(self, what: str, look: Callable[[], Json | None]) -> Json:
        """Wait for something that the app has a part in; a failure tells the alerts as well."""
        try:
            return wait_for(what, look)
        except CommandError as problem:
            alerts = self.api.get("/monitor/v1/Alerts")["alerts"]
            told = "".join(f"\nalert {alert['error_code']}: {alert['alert_text']}" for alert in alerts)
            raise CommandError(f"{problem}{told}") from None

    def _on_phone(self, wanted: Callable[[Json], bool]) -> Callable[[], Json | None]:
        return lambda: next((text for text in self.phone() if wanted(text)), None)

    def _next_on_phone(self, sid: str) -> Callable[[], Json | None]:
        """The first text that came to the phone after the one with this SID left it."""

        def look() -> Json | None:
            later = dropwhile(lambda text: text["message_sid"] != sid, self.phone())
            return next((text for text in later if text["direction"] == "inbound"), None)

        return look

    def _exchange(self, sid: str, **query: str) -> Callable[[], Json | None]:
        def look() -> Json | None:
            exchanges = self.api.get("/offhook/v1/Exchanges", ResourceSid=sid, **query)["exchanges"]
            return exchanges[-1] if exchanges else None

        return look


def _is(text: Json, sid: str) -> bool:
    return bool(text["message_sid"] == sid)


def _delivered(message: Json) -> Json | None:
    if message["status"] in ("failed", "undelivered", "canceled"):
        raise CommandError(f"message {message['sid']} is {message['status']}, error {message['error_code']}")
    return message if message["status"] == "delivered" else None
