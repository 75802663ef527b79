"""Answering: the number's webhook is asked what to do with a text, and what it says is carried out.

Each document may send messages and lead to another document, by `<Redirect>` or by a message's `action`; failures go
to the fallback URL once, and become alerts. What the documents asked for is written in one unit with the note that the
text was answered (see `replying`), so after a crash the webhook may be asked twice but nobody gets two answers.

https://www.twilio.com/docs/messaging/guides/webhook-request
https://www.twilio.com/docs/messaging/twiml/message#action
"""

from dataclasses import dataclass, replace

from offhook.fetch import without_userinfo
from offhook.kit.clock import Clock
from offhook.products.messaging.attaching import Attaching
from offhook.products.messaging.cookies import Cookies
from offhook.products.messaging.message import Message
from offhook.products.messaging.replying import Reply, Replying
from offhook.products.messaging.webhook import Parameters, action_parameters, webhook_parameters
from offhook.products.numbers import Numbers, Webhook
from offhook.protocols import twiml
from offhook.protocols.twiml import messaging as documents
from offhook.protocols.twiml.urls import resolve
from offhook.runtime import Turns
from offhook.storage import Database
from offhook.web.origin import Origin
from offhook.webhooks import Alert, Asker, Question, WebhookError, alert_of

MOST_DOCUMENTS = 50  # of one text; Twilio's limit, error 14106


@dataclass
class _Session:
    """One text being answered."""

    message: Message
    parameters: Parameters
    cookies: Cookies
    reply: Reply
    documents: int = 0


@dataclass(frozen=True, slots=True)
class _Step:
    """A document to ask for."""

    url: str
    method: str
    parameters: Parameters


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why a document could not be carried out, for the fallback URL."""

    code: int
    url: str


class Answering:
    """Asks webhooks about inbound messages; `answer` is for the queue."""

    def __init__(
        self,
        database: Database,
        numbers: Numbers,
        replying: Replying,
        attaching: Attaching,
        origin: Origin,
        asker: Asker,
        clock: Clock,
    ) -> None:
        self._database = database
        self._clock = clock
        self._turns = Turns()
        self._numbers = numbers
        self._replying = replying
        self._attaching = attaching
        self._origin = origin
        self._asker = asker

    async def answer(self, message: Message) -> None:
        """Answer in turn: what one person says to a number is answered in the order it was said."""
        async with self._turns.of((message.account_sid, message.to, message.from_)):
            await self._answer_in_turn(message)

    async def _answer_in_turn(self, message: Message) -> None:
        """Ask the number's webhook, carry out its answer, note that it is done."""
        number = await self._numbers.at(message.to)
        cookies = await Cookies.load(self._database, message, self._clock)
        files = await self._attaching.of(message)
        session = _Session(message, webhook_parameters(message, files, self._origin), cookies, Reply(message))
        if number is not None and number.account_sid == message.account_sid:
            await self._converse(session, await self._numbers.webhook_for_texts(number))
        await self._replying.finish(session.reply, cookies)

    async def _converse(self, session: _Session, webhook: Webhook) -> None:
        if not webhook.url:
            return
        session.reply.status_callback = webhook.status_callback
        failure = await self._follow(session, _Step(webhook.url, webhook.method, session.parameters))
        if failure is not None and webhook.fallback_url:
            why: Parameters = (("ErrorCode", str(failure.code)), ("ErrorUrl", failure.url))
            parameters = (*session.parameters, *why)
            await self._follow(session, _Step(webhook.fallback_url, webhook.fallback_method, parameters))

    async def _follow(self, session: _Session, step: _Step) -> _Failure | None:
        """Ask for a document, and those it leads to, until one ends the conversation or fails."""
        following: _Step | None = step
        while following is not None:
            session.documents += 1
            question = self._question(session, following)
            try:
                if session.documents > MOST_DOCUMENTS:
                    raise WebhookError(14106, f"more than {MOST_DOCUMENTS} documents for one message", question)
                following = await self._do(session, *await self._ask(session, question))
            except WebhookError as problem:
                session.reply.alerts.append(alert_of(problem))
                return _Failure(problem.code, _shown(question.url))
            except twiml.TwimlError as problem:
                session.reply.alerts.append(alert_of(WebhookError(problem.code, _sentence(problem), question)))
                return _Failure(problem.code, _shown(question.url))
        return None

    async def _ask(self, session: _Session, question: Question) -> tuple[documents.Reply, str]:
        """The document at a URL. Raises WebhookError when it cannot be had, or read, with what was answered."""
        response = await self._asker.ask(question)
        session.cookies.keep(response)
        try:
            document = documents.read(twiml.parse(response.body, response.header("content-type")))
        except twiml.TwimlError as problem:
            raise WebhookError(problem.code, _sentence(problem), question, response) from problem
        for warning in document.warnings:
            alert = alert_of(WebhookError(warning.code, f"{warning.message} (line {warning.line})", question, response))
            session.reply.alerts.append(_as_warning(alert))
        return document, response.url

    async def _do(self, session: _Session, document: documents.Reply, url: str) -> _Step | None:
        """Carry out a document that came from `url`; what stands behind a redirect or an action is never reached."""
        for step in document.steps:
            if isinstance(step, documents.Redirect):
                return _Step(resolve(url, step.url), step.method, session.parameters)
            action = resolve(url, step.action) if step.action else None
            can_be_sent = await self._replying.add(session.reply, step, url)
            if action is not None:
                sid = await self._replying.queue(session.reply) if can_be_sent else None
                return _Step(action, step.method, action_parameters(session.parameters, sid))
        return None

    def _question(self, session: _Session, step: _Step) -> Question:
        message = session.message
        return Question(
            account_sid=message.account_sid,
            resource_sid=message.sid,
            kind="document",
            url=step.url,
            method=step.method,
            parameters=step.parameters,
            token=f"{message.sid}-{session.documents}",  # another question, another token; the same after a crash
            cookies=session.cookies.header_for(step.url),
            follow=True,
        )


def _shown(url: str) -> str:
    """A URL as another server may see it: without what is only between us and the one that it names."""
    return without_userinfo(url).partition("#")[0]


def _sentence(problem: twiml.TwimlError) -> str:
    return f"{problem.message} (line {problem.line})" if problem.line else problem.message


def _as_warning(alert: Alert) -> Alert:
    return replace(alert, log_level="warning")
