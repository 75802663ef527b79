"""Telling a person what happened in a test: who said what to whom, how the app was asked and what it answered."""

from collections.abc import Collection, Iterable
from textwrap import indent
from urllib.parse import urlsplit, urlunsplit

from offhook.testing.call import Call
from offhook.testing.records import Alert, Exchange, Text

MOST_LINES = 20  # of an answer's body
PLACE = ("City", "State", "Zip", "Country")
LEFT_OUT = frozenset(  # the same on every line, or of no interest to whoever looks for a fault
    {"AccountSid", "ApiVersion", "SmsSid", "SmsMessageSid", "SmsStatus", "NumMedia", "NumSegments"}
    | {side + part for side in ("From", "To") for part in PLACE}
)


def conversation(address: str, texts: Iterable[Text]) -> str:
    """The texts of one phone, a line each."""
    lines = [_line(text) for text in texts]
    return "\n".join([f"What the phone {address} shows:", *(lines or ["  nothing"])])


def calls(address: str, made: Iterable[Call]) -> str:
    """The calls of one phone with all that was to be heard in them; empty when there were none."""
    told = [_call(call) for call in made]
    return "\n".join([f"The calls of the phone {address}:", *told]) if told else ""


def webhooks(exchanges: Iterable[Exchange]) -> str:
    """How the app was asked and what it answered."""
    told = [_exchange(exchange) for exchange in exchanges]
    return "\n".join(["What Offhook asked the app:", *(told or ["  nothing: no webhook was called"])])


def refusals(exchanges: Collection[Exchange]) -> str:
    """Calls of the API that were refused, or not understood in every part; empty when there are none."""
    lines = [
        f"  {exchange.method} {urlsplit(exchange.url).path}: {exchange.status} {exchange.error_code} {exchange.error}"
        for exchange in exchanges
        if exchange.error is not None
    ]
    notes = [f"  {note}" for exchange in exchanges for note in exchange.notes]
    return (
        "\n".join(["Calls of the API that were refused, or ignored in part:", *lines, *notes]) if lines or notes else ""
    )


def troubles(alerts: Iterable[Alert], failures: Iterable[str]) -> str:
    """What went wrong, in Offhook's words and in the app's; empty when nothing did."""
    lines = [f"  {alert.error_code} {alert.text}" for alert in alerts]
    parts = ["\n".join(["Alerts:", *lines])] if lines else []
    parts += [f"The app failed:\n{indent(failure.rstrip(), '  ')}" for failure in failures]
    return "\n\n".join(parts)


def _line(text: Text) -> str:
    time = text.date_created.strftime("%H:%M:%S")
    way = f"<- {text.from_}" if text.direction == "inbound" else f"-> {text.to}"
    files = "".join(f" [{file.content_type}, {file.size} bytes]" for file in text.media)
    return f"  {time} {way}  {text.body!r}{files}"


def _call(call: Call) -> str:
    way = f"<- {call.from_}" if call.direction == "inbound" else f"-> {call.to}"
    lines = [f"    {line.at:8.3f} s  {line.kind:7}  {line.text!r}" for line in call.transcript]
    return "\n".join([f"  {way}  {call.status}", *(lines or ["    nothing is to be heard"])])


def _exchange(exchange: Exchange) -> str:
    parts = urlsplit(exchange.url)
    shown = {name: value for name, value in exchange.parameters.items() if value and name not in LEFT_OUT}
    asked = f"  {exchange.method} {urlunsplit(parts._replace(query=''))} ({exchange.kind})"
    parameters = indent(" ".join(f"{name}={value!r}" for name, value in sorted(shown.items())), "      ")
    return "\n".join(part for part in (asked, parameters, _answer(exchange)) if part.strip())


def _answer(exchange: Exchange) -> str:
    if exchange.status is None:
        return f"    no answer: {exchange.error}"
    lines = exchange.response_body.strip().splitlines()
    if len(lines) > MOST_LINES:
        lines = [*lines[:MOST_LINES], "..."]
    kind = exchange.response_headers.get("content-type", "")
    return "\n".join([f"    {exchange.status} {kind}", *(f"      {line}" for line in lines)])
