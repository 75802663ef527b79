"""Asking an app again what it was asked before: a callback or a webhook, signed anew, with changes if wanted.

What is sent is made from the record, with the token that is the account's now; so what was redacted in it cannot be
sent and must be given anew. The answer is recorded and shown, and has no consequences: the TwiML in it is not carried
out, a failure is no alert.
"""

from urllib.parse import parse_qsl

import msgspec

from offhook.exchanges import Exchange, Recorder, keep, redaction
from offhook.fetch import Fetcher
from offhook.kit.clock import Clock
from offhook.kit.sids import CALLBACK, new_sid
from offhook.products.monitor import errors
from offhook.storage import Unit
from offhook.webhooks import Asker, Question, Secrets, WebhookError

Parameters = tuple[tuple[str, str], ...]


class Changes(msgspec.Struct, frozen=True):
    """What is to be different this time; None stays as it was."""

    url: str | None = None
    method: str | None = None
    parameters: Parameters | None = None


class _Repeats(Recorder):
    """Records what is said in the unit of whoever asked for it, as a repetition of an exchange."""

    def __init__(self, unit: Unit, original: Exchange) -> None:
        self._unit = unit
        self._original = original
        self.last: Exchange | None = None

    def record(self, exchange: Exchange) -> None:
        """Keep `exchange` with the unit."""
        self.last = msgspec.structs.replace(exchange, resent_from=self._original.sid)
        keep(self._unit, self.last)


class Resending:
    """Sends recorded requests again."""

    def __init__(self, fetcher: Fetcher, secrets: Secrets, clock: Clock) -> None:
        self._fetcher = fetcher
        self._secrets = secrets
        self._clock = clock

    async def resend(self, unit: Unit, original: Exchange, changes: Changes) -> Exchange:
        """Send it again, keep what was said as part of `unit` and return it; of several hops or attempts, the last.

        Raises ApiError 20409 for a request that came in, or that cannot be made from what is known of it.
        """
        if original.direction != "out":
            raise errors.came_in(original.sid)
        question = _question(original, changes)
        repeats = _Repeats(unit, original)
        asker = Asker(self._fetcher, self._secrets, repeats, self._clock)
        try:
            await asker.ask(question)
        except WebhookError as problem:
            if repeats.last is None:
                raise errors.unsendable(str(problem)) from problem
        if repeats.last is None:
            raise AssertionError("a question is answered or fails, and either is recorded")
        return repeats.last


def _question(original: Exchange, changes: Changes) -> Question:
    method = changes.method or original.method
    url = changes.url or original.url
    if changes.parameters is not None:
        parameters = changes.parameters
        if changes.url is None and original.method == "GET":  # there they are part of the URL
            url = url.partition("?")[0]
    else:
        parameters = _parameters_of(original)
    if redaction.REDACTED in url:
        raise errors.redacted("the URL", "Url")
    return Question(
        account_sid=original.account_sid,
        resource_sid=original.resource_sid or "",
        kind=original.kind,
        url=url,
        method=method,
        parameters=parameters,
        token=new_sid(CALLBACK),
        follow=original.kind == "document",
    )


def _parameters_of(original: Exchange) -> Parameters:
    """The form that was posted; of a GET nothing, its parameters are in the URL. Raises ApiError 20409."""
    text = original.request_body
    if text == redaction.TAKEN_OUT:
        raise errors.redacted("the body", "Parameters")
    hidden = [name for name, value in parse_qsl(text, keep_blank_values=True) if redaction.REDACTED in value]
    if hidden:
        raise errors.redacted(", ".join(hidden), "Parameters")
    if redaction.is_cut(text):
        raise errors.incomplete()
    return tuple(parse_qsl(text, keep_blank_values=True))
