"""`<Sms>`: a text that a call sends. Messaging sends it; voice knows only this port.

https://www.twilio.com/docs/voice/twiml/sms
"""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from offhook.products.voice.interpreter import effects
from offhook.products.voice.live import LiveCall


class NotSentError(Exception):
    """A text cannot be sent; `code` is Twilio's."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class Texts(Protocol):
    """Who sends texts; a role passes messaging in."""

    async def send(self, account_sid: str, from_: str, to: str, body: str, callback: str | None) -> str:
        """Send a text; returns its SID. Raises NotSentError."""
        ...


class Texting:
    """Sends the texts of calls; implements `Rooms` for live calls."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def handlers(self) -> dict[type, Callable[[LiveCall, Any], Awaitable[Any]]]:
        """What is done for each effect."""
        return {effects.Send: self._send}

    async def over(self, live: LiveCall) -> None:
        """Nothing is kept of a call here."""

    async def _send(self, live: LiveCall, effect: effects.Send) -> str | None:
        verb, call = effect.verb, live.call
        ours, theirs = (call.to, call.from_) if call.direction == "inbound" else (call.from_, call.to)
        from_, to = verb.from_ or ours, verb.to or theirs
        try:
            return await self._texts.send(call.account_sid, from_, to, verb.body, effect.callback)
        except NotSentError as problem:
            await live.documents.warn(problem.code, f"<Sms>: {problem} (line {verb.line})", live.session.url)
            return None
