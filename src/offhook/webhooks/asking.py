"""Calling an app, as Twilio does: signed, bounded in time, retried as the URL's fragment says, recorded.

The contract is Twilio's: 5 s to connect, 15 s in all, one retry when the connection failed; `#ct=…&rt=…&tt=…&rc=…&rp=…`
in the URL changes that. Redirects are followed for documents (10 at most), each hop signed for its own URL. The token
`I-Twilio-Idempotency-Token` stays the same over the retries of one question.
https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
"""

import time
from dataclasses import dataclass, replace
from urllib.parse import urlencode, urljoin

from offhook.exchanges import Exchange, Recorder, redaction
from offhook.fetch import Fetcher, FetchError, Limits, Request, Response, answer_challenge, as_sent, split_fragment
from offhook.kit.clock import Clock
from offhook.kit.sids import EXCHANGE, new_sid
from offhook.webhooks.ports import Secrets
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

    def __init__(self, fetcher: Fetcher, secrets: Secrets, recorder: Recorder, clock: Clock) -> None:
        self._fetcher = fetcher
        self._secrets = secrets
        self._recorder = recorder
        self._clock = clock

    async def ask(self, question: Question) -> Response:
        """The app's answer, of a status below 400. Raises WebhookError when there is none after the retries."""
        try:
            url, limits = split_fragment(question.url)
        except FetchError as problem:
            raise _failure(problem, question) from problem
        question = replace(question, url=url)
        deadline = time.monotonic() + limits.total
        for retries_left in range(limits.retries, -1, -1):
            try:
                return await self._follow(question, limits)
            except WebhookError as problem:
                limits = replace(limits, total=deadline - time.monotonic())
                if not retries_left or limits.total <= 0 or not _worth_retrying(problem, limits):
                    raise
        raise AssertionError("the last attempt returns or raises")

    async def _follow(self, question: Question, limits: Limits) -> Response:
        for _ in range(MOST_REDIRECTS + 1):
            response = await self._attempt(question, limits)
            location = response.header("location")
            if not (question.follow and response.status in REDIRECTS and location):
                return response
            question = _redirected(question, urljoin(question.url, location), response.status)
        raise WebhookError(11215, f"more than {MOST_REDIRECTS} redirects", question, response)

    async def _attempt(self, question: Question, limits: Limits) -> Response:
        request = await self._request(question, limits)
        started, real_start = self._clock.now(), time.monotonic()
        try:
            response = await self._fetcher.send(request)
            if (authorized := answer_challenge(request, response)) is not None:
                response = await self._fetcher.send(authorized)
        except FetchError as problem:
            failure = _failure(problem, question)
            self._record(question, request, None, failure, started, real_start)
            raise failure from problem
        refused = None
        if response.status >= 400:
            message = f"{redaction.url(question.url)} answered {response.status}"
            refused = WebhookError(HTTP_RETRIEVAL_FAILURE, message, question, response)
        self._record(question, request, response, refused, started, real_start)
        if refused is not None:
            raise refused
        return response

    async def _request(self, question: Question, limits: Limits) -> Request:
        auth_token = await self._secrets.auth_token(question.account_sid)
        url = question.url
        headers = [("Accept", "*/*"), ("I-Twilio-Idempotency-Token", question.token)]
        if question.method == "GET":
            url = _with_query(url, question.parameters)
            body, signed = b"", NO_PARAMETERS
        else:
            body, signed = urlencode(question.parameters).encode(), question.parameters
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
    return f"{url}{'&' if '?' in url else '?'}{urlencode(parameters)}"


def _redirected(question: Question, url: str, status: int) -> Question:
    """The next hop. Like browsers and Twilio, 301 to 303 turn a POST into a GET without its form (RFC 9110 §15.4)."""
    url = url.partition("#")[0]
    if status in (307, 308):
        return replace(question, url=url)
    return replace(question, url=url, method="GET", parameters=())


def _failure(problem: FetchError, question: Question) -> WebhookError:
    return WebhookError(CODES.get(problem.kind, HTTP_RETRIEVAL_FAILURE), str(problem), question)


def _worth_retrying(problem: WebhookError, limits: Limits) -> bool:
    if "all" in limits.retry_on:
        return True
    if problem.response is not None:
        return f"{problem.response.status // 100}xx" in limits.retry_on
    cause = problem.__cause__
    return isinstance(cause, FetchError) and cause.retry_class in limits.retry_on
