"""What a test gets to see, as plain values: texts, lines of calls, numbers, exchanges, alerts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

Kind = Literal["say", "play", "beep", "music", "silence", "digits", "speech", "person"]


def moment(text: str) -> datetime:
    """An aware datetime from ISO 8601."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


@dataclass(frozen=True)
class Picture:
    """A picture or another file in a text; `size` in bytes. `Handset.open(picture)` gives the bytes."""

    content_type: str
    size: int
    url: str


@dataclass(frozen=True)
class Text:
    """A text as a phone shows it. `direction` is the phone's view: `inbound` came to the phone."""

    direction: Literal["inbound", "outbound"]
    from_: str
    to: str
    body: str
    message_sid: str | None
    date_created: datetime
    media: tuple[Picture, ...] = ()

    @classmethod
    def of(cls, shown: Mapping[str, Any]) -> "Text":
        """Read the API's form."""
        return cls(
            direction=shown["direction"],
            from_=shown["from"],
            to=shown["to"],
            body=shown["body"],
            message_sid=shown["message_sid"],
            date_created=moment(shown["date_created"]),
            media=tuple(Picture(**file) for file in shown["media"]),
        )


@dataclass(frozen=True)
class Line:
    """Something that is to be heard in a call, from `at` on, in seconds since the call was made.

    `text` is the words, the keys, the seconds of silence or the URL of a file. `speech` is what this person says,
    `person` what another one does, `say` what an app lets be said.
    """

    at: float
    kind: Kind
    text: str


@dataclass(frozen=True)
class Number:
    """A phone number of the app's account; `str()` of it is the number in E.164."""

    phone_number: str
    sid: str
    sms_url: str

    def __str__(self) -> str:
        return self.phone_number


@dataclass(frozen=True)
class Exchange:
    """A request and its answer. `direction` is Offhook's view: `in` is a call of the API, `out` went to the app.

    `status` is None and `error` a sentence when no answer came. Secrets were redacted when it was recorded.
    """

    sid: str
    direction: Literal["in", "out"]
    kind: Literal["api", "callback", "document"]
    method: str
    url: str
    request_headers: Mapping[str, str]
    request_body: str
    status: int | None
    response_headers: Mapping[str, str]
    response_body: str
    resource_sid: str | None
    error_code: int | None
    error: str | None
    notes: tuple[str, ...]
    parameters: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, shown: Mapping[str, Any]) -> "Exchange":
        """Read the API's form. Header names are in lower case; `parameters` are the form's, or a GET's query."""
        values = {name: shown[name] for name in cls.__dataclass_fields__ if name in shown}
        for name in ("request_headers", "response_headers"):
            values[name] = {header.lower(): value for header, value in shown[name]}
        form = shown["request_body"] if shown["method"] == "POST" else urlsplit(shown["url"]).query
        values["parameters"] = dict(parse_qsl(form, keep_blank_values=True))
        values["notes"] = tuple(shown["notes"])
        return cls(**values)


@dataclass(frozen=True)
class Alert:
    """Something that went wrong between Offhook and the app, with Twilio's error code."""

    sid: str
    error_code: int
    log_level: str
    text: str
    resource_sid: str
    request_method: str | None
    request_url: str
    response_body: str

    @classmethod
    def of(cls, shown: Mapping[str, Any]) -> "Alert":
        """Read the API's form."""
        values = {name: shown[name] for name in cls.__dataclass_fields__ if name in shown}
        return cls(**{**values, "error_code": int(shown["error_code"]), "text": shown["alert_text"]})
