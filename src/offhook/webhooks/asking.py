"""Calling an app, as Twilio does: signed, bounded in time, retried as the URL's fragment says, recorded.

The contract is Twilio's: 5 s to connect, 15 s in all, one retry when the connection failed; `#ct=…&rt=…&tt=…&rc=…&rp=…`
in the URL changes that. Redirects are followed for documents (10 at most), each hop signed for its own URL. The token
`I-Twilio-Idempotency-Token` stays the same over the retries of one question.
https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
"""

import time
from dataclasses import dataclass, replace

from offhook.exchanges import Exchange, Recorder, redaction
from offhook.fetch import (
    MOST_ANSWERS,
    Fetcher,
    FetchError,
    Limits,
    Request,
    Response,
    answer_challenge,
    as_sent,
    split_fragment,
)
from offhook.fetch.urls import joined, same_origin, without_userinfo
from offhook.kit.clock import Clock
from offhook.kit.sids import EXCHANGE, new_sid
from offhook.webhooks.form import encode_form
from offhook.webhooks.ports import Hosting, Secrets
from offhook.webhooks.signing import sign

Parameters = tuple[tuple[str, str], ...]
FORM = "application/x-www-form-urlencoded; charset=UTF-8"
MOST_REDIRECTS = 10
NO_PARAMETERS: Parameters = ()
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask an app or to tell it. `url` may carry Twilio's connection overrides in its fragment."""

    account_sid: str
    resource_sid: str
    kind: str  # "callback" or "document", for the record of exchanges
    url: str
    method: str
    parameters: Parameters
    token: str  # the same over retries
    cookies: str | None = None
    follow: bool = False  # follow redirects


class WebhookError(Exception):
    """An app could not be asked, or answered with an error. `code` is Twilio's, for the alert."""

    def __init__(self, code: int, message: str, question: Question, response: Response | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.question = question
        self.response = response


CODES = {
    "bad_url": 11100,
    "dns": 11210,
    "connect": 11205,
    "connect_timeout": 11205,
    "read_timeout": 11205,
    "tls": 11220,
    "too_many_redirects": 11215,
    "bad_overrides": 11243,
    "too_large": 11750,
}
HTTP_RETRIEVAL_FAILURE = 11200


class Asker:
    """Asks questions. One for the whole process."""

    def __init__(
        self, fetcher: Fetcher, secrets: Secrets, recorder: Recorder, clock: Clock, hosting: Hosting | None = None
    ) -> None:
        self._fetcher = fetcher
        self._hosting = hosting
        self._secrets = secrets
        self._recorder = recorder
        self._clock = clock

    async def ask(self, question: Question) -> Response:
        """The app's answer, of a status below 400. Raises WebhookError when there is none after the retries."""
        try:
            url, limits = split_fragment(question.url)
        except FetchError as problem:
            raise _failure(problem, question) from problem
        if url != question.url:
            question = replace(question, url=url)
        deadline = time.monotonic() + limits.total
        for retries_left in range(limits.retries, -1, -1):
            try:
                return await self._follow(question, limits, deadline)
            except WebhookError as problem:
                if not retries_left or time.monotonic() >= deadline or not _worth_retrying(problem, limits):
                    raise
        raise AssertionError("the last attempt returns or raises")

    async def _follow(self, question: Question, limits: Limits, deadline: float) -> Response:
        for _ in range(MOST_REDIRECTS + 1):
            response = await self._attempt(question, limits, deadline)
            location = response.header("location")
            if not (question.follow and response.status in REDIRECTS and location):
                return response
            question = _redirected(question, location, response)
        raise WebhookError(11215, f"more than {MOST_REDIRECTS} redirects", question, response)

    async def _attempt(self, question: Question, limits: Limits, deadline: float) -> Response:
        """One signed request, repeated with the URL's credentials when the app asks for them (401)."""
        try:
            request = await self._request(question, _within(limits, deadline))
        except FetchError as problem:
            raise _failure(problem, question) from problem
        for answers_left in range(MOST_ANSWERS, -1, -1):
            response, again = await self._send(question, request, may_answer=answers_left > 0)
            if again is None:
                break
            request = replace(again, limits=_within(limits, deadline))
        if response.status >= 400:
            raise _refusal(question, response)
        return response

    async def _send(self, question: Question, request: Request, *, may_answer: bool) -> tuple[Response, Request | None]:
        """The response, and the request to send next where it is a challenge that we may answer."""
        started, real_start = self._clock.now(), time.monotonic()
        try:
            response = await self._hosted(question) or await self._fetcher.send(request)
        except FetchError as problem:
            failure = _failure(problem, question)
            self._record(question, request, None, failure, started, real_start)
            raise failure from problem
        again = answer_challenge(request, response) if may_answer else None
        failed = None if response.status < 400 or again is not None else _refusal(question, response)
        self._record(question, request, response, failed, started, real_start)
        return response, again

    async def _hosted(self, question: Question) -> Response | None:
        """The answer, where we give it ourselves."""
        if self._hosting is None:
            return None
        try:
            document = await self._hosting.answer(question.account_sid, question.url, question.parameters)
        except LookupError as problem:
            return Response(404, (("content-type", "text/plain"),), str(problem).encode(), question.url, 0.0)
        if document is None:
            return None
        return Response(200, (("content-type", "text/xml"),), document.encode(), question.url, 0.0)

    async def _request(self, question: Question, limits: Limits) -> Request:
        """The question as an HTTP request. Raises FetchError("bad_url"), WebhookError when its account is gone."""
        try:
            auth_token = await self._secrets.auth_token(question.account_sid)
        except LookupError as problem:
            text = f"nothing can be signed for {question.account_sid}: there is no such account"
            raise WebhookError(HTTP_RETRIEVAL_FAILURE, text, question) from problem
        url = question.url
        headers = [("Accept", "*/*"), ("I-Twilio-Idempotency-Token", question.token)]
        if question.method == "GET":
            url = _with_query(url, question.parameters)
            body, signed = b"", NO_PARAMETERS
        else:
            body, signed = encode_form(question.parameters).encode(), question.parameters
            headers.append(("Content-Type", FORM))
        headers.append(("X-Twilio-Signature", sign(auth_token, as_sent(url), signed)))
        if question.cookies:
            headers.append(("Cookie", question.cookies))
        return Request(question.method, url, tuple(headers), body, limits)

    def _record(
        self,
        question: Question,
        request: Request,
        response: Response | None,
        failure: WebhookError | None,
        started: int,
        real_start: float,
    ) -> None:
        exchange = Exchange(
            sid=new_sid(EXCHANGE),
            account_sid=question.account_sid,
            direction="out",
            kind=question.kind,
            method=request.method,
            url=redaction.url(request.url),
            request_headers=redaction.headers(request.headers),
            request_body=redaction.body(request.body),
            status=response.status if response else None,
            response_headers=redaction.headers(response.headers) if response else (),
            response_body=redaction.body(response.body) if response else "",
            started=started,
            elapsed=round((time.monotonic() - real_start) * 1_000_000),
            resource_sid=question.resource_sid,
            error_code=failure.code if failure else None,
            error=str(failure) if failure else None,
        )
        self._recorder.record(exchange)


def _with_query(url: str, parameters: Parameters) -> str:
    if not parameters:
        return url
    return f"{url}{'&' if '?' in url else '?'}{encode_form(parameters)}"


def _within(limits: Limits, deadline: float) -> Limits:
    """The same limits, less the time that is used up: retries, redirects and challenges share the total."""
    left = max(deadline - time.monotonic(), 0.001)
    return limits if limits.total - left < 0.001 else replace(limits, total=left)


def _redirected(question: Question, location: str, response: Response) -> Question:
    """The next hop. Raises WebhookError for a Location that is no URL.

    Like browsers and Twilio, 301 to 303 turn a POST into a GET without its form (RFC 9110 §15.4); a GET has said what
    it had to say in its first URL. Credentials and cookies stay with the origin that they are for.
    """
    try:
        url = joined(question.url, location).partition("#")[0]
        stays = same_origin(question.url, url)
    except FetchError as problem:
        raise _failure(problem, question, response) from problem
    cookies = question.cookies if stays else None
    url = url if stays else without_userinfo(url)
    if response.status in (307, 308) and question.method != "GET":
        return replace(question, url=url, cookies=cookies)
    return replace(question, url=url, method="GET", parameters=(), cookies=cookies)


def _failure(problem: FetchError, question: Question, response: Response | None = None) -> WebhookError:
    code = CODES.get(problem.kind, HTTP_RETRIEVAL_FAILURE)
    return WebhookError(code, redaction.sentence(str(problem)), question, response)


def _refusal(question: Question, response: Response) -> WebhookError:
    message = f"{redaction.url(question.url)} answered {response.status}"
    return WebhookError(HTTP_RETRIEVAL_FAILURE, message, question, response)


def _worth_retrying(problem: WebhookError, limits: Limits) -> bool:
    cause = problem.__cause__
    if isinstance(cause, FetchError):
        return cause.retry_class is not None and bool({"all", cause.retry_class} & limits.retry_on)
    if problem.response is None or problem.response.status < 400:
        return False
    return bool({"all", f"{problem.response.status // 100}xx"} & limits.retry_on)
