"""Getting the documents of a call: asked for with what is known of the call, with the app's cookies, recorded.

What goes wrong becomes an alert, at once: a caller who hears an error must be able to find out why while they hear it.
Cookies last as long as the call (https://www.twilio.com/docs/voice/twiml#twilio-cookies).
"""

from dataclasses import replace

import msgspec

from offhook.fetch import FetchError, Jar, Response, without_userinfo
from offhook.kit.clock import Clock
from offhook.kit.sids import CALL, is_sid
from offhook.products.voice import history
from offhook.products.voice.call import Call
from offhook.products.voice.interpreter import DocumentError
from offhook.products.voice.interpreter.effects import Document, Given, Page, Parameters, Where
from offhook.products.voice.parameters import of_call
from offhook.protocols import twiml
from offhook.protocols.twiml import voice
from offhook.storage import Database, Unit
from offhook.webhooks import Alert, Alerts, Asker, Question, WebhookError, alert_of

XML = "application/xml"
SOUNDS = ("audio/",)


class Documents:
    """Gets documents; one for all calls."""

    def __init__(self, database: Database, asker: Asker, alerts: Alerts, clock: Clock) -> None:
        self._database = database
        self._asker = asker
        self._alerts = alerts
        self._clock = clock

    def of(self, call: Call) -> "CallDocuments":
        """The documents of one call."""
        return CallDocuments(self, call)

    async def ask(self, call: Call, page: Page, told: Parameters, jar: Jar, number: int) -> tuple[Question, Response]:
        """Ask an app. Raises WebhookError."""
        question = Question(
            account_sid=call.account_sid,
            resource_sid=call.sid,
            kind="document",
            url=page.url,
            method=page.method,
            parameters=told,
            token=f"{call.sid}-{number}",
            cookies=_cookies(jar, page.url, self._clock.now()),
            follow=True,
        )
        response = await self._asker.ask(question)
        jar.keep(response.url, response.header_values("set-cookie"), self._clock.now())
        return question, response

    async def alert(self, *alerts: Alert) -> None:
        """Write alerts; those about a call stand in its history, too."""
        unit = Unit()
        for alert in alerts:
            self._alerts.add(unit, alert)
            if is_sid(alert.resource_sid, CALL):
                kind, text = "Warning" if alert.log_level == "warning" else "Alert", f"{alert.error_code} {alert.text}"
                history.note_step(unit, alert.account_sid, alert.resource_sid, kind, text, self._clock.now())
        if unit:
            await self._database.commit(unit)


class CallDocuments:
    """The documents of one call, its cookies, and how many there were."""

    def __init__(self, documents: Documents, call: Call) -> None:
        self._documents = documents
        self._call = call
        self._jar = Jar()
        self._asked = 0

    async def read(self, where: Where, more: Parameters = ()) -> Document:
        """The document at `where`, told `more` than what is known of the call. Raises DocumentError."""
        if isinstance(where, Given):
            return Document(await self._given(where), where.base)
        try:
            question, response = await self._ask(where, more)
        except WebhookError as problem:
            await self._documents.alert(alert_of(problem))
            raise DocumentError(problem.code, str(problem), shown(where.url)) from problem
        script = await self._script(question, response)
        return Document(script, response.url, where.method)

    async def tell(self, page: Page, *, is_over: bool = False) -> None:
        """Ask, and do not do what is answered; a failure becomes an alert. A call that is over is told as completed."""
        try:
            await self._ask(page, (), is_over=is_over)
        except WebhookError as problem:
            await self._documents.alert(alert_of(problem))

    async def warn(self, code: int, message: str, url: str, *, is_error: bool = False) -> None:
        """Something in the document at `url` was not done."""
        call, level = self._call, "error" if is_error else "warning"
        await self._documents.alert(Alert(call.account_sid, code, message, call.sid, "", shown(url), log_level=level))

    async def _ask(self, page: Page, more: Parameters, *, is_over: bool = False) -> tuple[Question, Response]:
        self._asked += 1
        call = msgspec.structs.replace(self._call, status="completed") if is_over else self._call
        told = (*of_call(call), *more, *page.parameters)
        return await self._documents.ask(self._call, page, told, self._jar, self._asked)

    async def _script(self, question: Question, response: Response) -> voice.Script:
        content_type = response.header("content-type")
        if (content_type or "").lower().startswith(SOUNDS):
            return voice.Script((voice.Play(response.url),))
        try:
            script = _read(response.body, content_type)
        except twiml.TwimlError as problem:
            error = WebhookError(problem.code, _sentence(problem.message, problem.line), question, response)
            await self._documents.alert(alert_of(error))
            raise DocumentError(problem.code, problem.message, shown(question.url)) from problem
        await self._documents.alert(*(_warning(one, question, response) for one in script.warnings))
        return script

    async def _given(self, given: Given) -> voice.Script:
        try:
            script = _read(given.twiml.encode(), XML)
        except twiml.TwimlError as problem:
            await self.warn(problem.code, _sentence(problem.message, problem.line), given.base, is_error=True)
            raise DocumentError(problem.code, problem.message, given.base) from problem
        for one in script.warnings:
            await self.warn(one.code, _sentence(one.message, one.line), given.base)
        return script


def shown(url: str) -> str:
    """A URL as another server may see it: without what is only between us and the one that it names."""
    return without_userinfo(url).partition("#")[0]


def _read(body: bytes, content_type: str | None) -> voice.Script:
    return voice.read(twiml.parse(body, content_type))


def _cookies(jar: Jar, url: str, now: int) -> str | None:
    try:
        return jar.header_for(url, now)
    except FetchError:
        return None  # no URL: whoever asks finds out


def _sentence(message: str, line: int) -> str:
    return f"{message} (line {line})" if line else message


def _warning(one: twiml.TwimlWarning, question: Question, response: Response) -> Alert:
    alert = alert_of(WebhookError(one.code, _sentence(one.message, one.line), question, response))
    return replace(alert, log_level="warning")
