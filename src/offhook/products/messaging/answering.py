"""Answering: the number's webhook is asked what to do with a text, and what it says is carried out.

Each document may send messages and redirect to another document; failures go to the fallback URL once, and become
alerts. Everything that the documents asked for is written in one unit with the note that the text was answered, so
after a crash the webhook may be asked twice but nobody gets two answers.

https://www.twilio.com/docs/messaging/guides/webhook-request
"""

from dataclasses import dataclass, field, replace

from offhook.kit.clock import Clock
from offhook.kit.phone import normalise
from offhook.products.messaging import store
from offhook.products.messaging.accepting import Draft
from offhook.products.messaging.attaching import Attaching
from offhook.products.messaging.cookies import Cookies
from offhook.products.messaging.media import MOST_FILES
from offhook.products.messaging.message import Message
from offhook.products.messaging.sending import Sending
from offhook.products.messaging.webhook import webhook_parameters
from offhook.products.numbers import Numbers, Webhook
from offhook.protocols import twiml
from offhook.protocols.twiml import messaging as documents
from offhook.protocols.twiml.urls import resolve
from offhook.storage import Database, Unit
from offhook.web.origin import Origin
from offhook.webhooks import Alert, Alerts, Asker, Question, WebhookError, alert_of

MOST_DOCUMENTS = 50  # of one text; Twilio's limit, error 14106
Parameters = tuple[tuple[str, str], ...]


@dataclass
class _Session:
    """One text being answered: what was decided so far."""

    message: Message
    parameters: Parameters
    cookies: Cookies
    replies: list[tuple[documents.Message, str]] = field(default_factory=list)  # with the document's URL
    alerts: list[Alert] = field(default_factory=list)
    documents: int = 0
    webhook: Webhook | None = None


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
        sending: Sending,
        attaching: Attaching,
        origin: Origin,
        asker: Asker,
        alerts: Alerts,
        clock: Clock,
    ) -> None:
        self._database = database
        self._clock = clock
        self._numbers = numbers
        self._sending = sending
        self._attaching = attaching
        self._origin = origin
        self._asker = asker
        self._alerts = alerts

    async def answer(self, message: Message) -> None:
        """Ask the number's webhook, carry out its answer, note that it is done."""
        number = await self._numbers.at(message.to)
        cookies = await Cookies.load(self._database, message, self._clock)
        files = await self._attaching.of(message)
        session = _Session(message, webhook_parameters(message, files, self._origin), cookies)
        if number is not None:
            session.webhook = await self._numbers.webhook_for_texts(number)
            await self._converse(session, session.webhook)
        await self._carry_out(session)

    async def _converse(self, session: _Session, webhook: Webhook) -> None:
        if not webhook.url:
            return
        failure = await self._follow(session, webhook.url, webhook.method, session.parameters)
        if failure is not None and webhook.fallback_url:
            why: Parameters = (("ErrorCode", str(failure.code)), ("ErrorUrl", failure.url))
            parameters = (*session.parameters, *why)
            await self._follow(session, webhook.fallback_url, webhook.fallback_method, parameters)

    async def _follow(self, session: _Session, url: str, method: str, parameters: Parameters) -> _Failure | None:
        """Ask `url`, and the documents it redirects to, until one ends the conversation or fails."""
        while True:
            session.documents += 1
            question = self._question(session, url, method, parameters)
            try:
                if session.documents > MOST_DOCUMENTS:
                    raise WebhookError(14106, f"more than {MOST_DOCUMENTS} documents for one message", question)
                reply, url_asked = await self._ask(session, question)
                following = self._take(session, reply, url_asked)
                if following is None:
                    return None
                url, method = resolve(url_asked, following.url), following.method
            except WebhookError as problem:
                session.alerts.append(alert_of(problem))
                return _Failure(problem.code, question.url)
            except twiml.TwimlError as problem:
                text = f"{problem.message} (line {problem.line})" if problem.line else problem.message
                session.alerts.append(alert_of(WebhookError(problem.code, text, question)))
                return _Failure(problem.code, question.url)

    async def _ask(self, session: _Session, question: Question) -> tuple[documents.Reply, str]:
        """The document at a URL. Raises WebhookError when it cannot be had, or read, with what was answered."""
        response = await self._asker.ask(question)
        session.cookies.keep(response)
        try:
            reply = documents.read(twiml.parse(response.body, response.header("content-type")))
        except twiml.TwimlError as problem:
            text = f"{problem.message} (line {problem.line})" if problem.line else problem.message
            raise WebhookError(problem.code, text, question, response) from problem
        for warning in reply.warnings:
            alert = alert_of(WebhookError(warning.code, f"{warning.message} (line {warning.line})", question, response))
            session.alerts.append(_as_warning(alert))
        return reply, response.url

    def _take(self, session: _Session, reply: documents.Reply, url: str) -> documents.Redirect | None:
        for step in reply.steps:
            if isinstance(step, documents.Redirect):
                return step
            session.replies.append((step, url))
        return None

    async def _carry_out(self, session: _Session) -> None:
        message = session.message
        unit = Unit()
        finished = store.finish(unit, message)
        for reply, url in session.replies:
            draft = await self._draft(session, reply, url)
            if draft is not None:
                self._sending.accept(unit, message.account_sid, draft, direction="outbound-reply", after=finished)
        for alert in session.alerts:
            self._alerts.add(unit, alert)
        session.cookies.save(unit)
        await self._database.commit(unit)

    async def _draft(self, session: _Session, reply: documents.Message, url: str) -> Draft | None:
        """The message that a reply asks for; None, with an alert, when it cannot be sent."""
        message = session.message
        to = normalise(reply.to, "US") if reply.to else message.from_
        from_ = normalise(reply.from_, "US") if reply.from_ else message.to
        if reply.action:
            session.alerts.append(self._refusal(message, 12200, "Offhook does not call a <Message>'s action yet"))
        if to is None:
            session.alerts.append(self._refusal(message, 14101, f"{reply.to!r} is not a phone number: no message sent"))
        if from_ is None:
            session.alerts.append(self._refusal(message, 14102, f"{reply.from_!r} is not a phone number: none sent"))
        media = self._media(session, reply, url)
        if to is None or from_ is None or not (reply.body or media):
            return None
        if await store.has_opted_out(self._database, from_, to):
            session.alerts.append(self._refusal(message, 21610, f"{to} replied STOP: no message sent"))
            return None
        return Draft(from_, to, reply.body or "", self._callback(session, reply, url), media_urls=media)

    def _callback(self, session: _Session, reply: documents.Message, url: str) -> str | None:
        """The absolute URL that hears what becomes of a reply, or None."""
        if not reply.status_callback:
            return session.webhook.status_callback if session.webhook else None
        try:
            return resolve(url, reply.status_callback)
        except twiml.TwimlError as problem:
            session.alerts.append(self._refusal(session.message, problem.code, problem.message))
            return None

    def _media(self, session: _Session, reply: documents.Message, url: str) -> tuple[str, ...]:
        """The absolute URLs of a reply's files; what is no URL, or too many, is left out with an alert."""
        found = []
        for reference in reply.media[:MOST_FILES]:
            try:
                found.append(resolve(url, reference))
            except twiml.TwimlError as problem:
                session.alerts.append(self._refusal(session.message, 21620, problem.message))
        if len(reply.media) > MOST_FILES:
            text = f"<Message> has more than {MOST_FILES} <Media>: the others were left out"
            session.alerts.append(self._refusal(session.message, 21623, text))
        return tuple(found)

    def _refusal(self, message: Message, code: int, text: str) -> Alert:
        return Alert(message.account_sid, code, text, message.sid, log_level="warning")

    def _question(self, session: _Session, url: str, method: str, parameters: Parameters) -> Question:
        message = session.message
        return Question(
            account_sid=message.account_sid,
            resource_sid=message.sid,
            kind="document",
            url=url,
            method=method,
            parameters=parameters,
            token=message.sid,
            cookies=session.cookies.header_for(url),
            follow=True,
        )


def _as_warning(alert: Alert) -> Alert:
    return replace(alert, log_level="warning")
