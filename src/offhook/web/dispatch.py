"""The trip of a request: find the operation, know the caller, read the parameters, do it, commit, answer.

An ASGI application. Whatever goes wrong ends as one `ApiError` with Twilio's body, and one line in the log; every
request is recorded as an exchange with its account, the resource it touched, and the parameters that the operation does
not know. Only what somebody at our own screen reads is not: it would bury what they want to see.
"""

import time
from dataclasses import dataclass, field

import structlog
from starlette.types import Receive, Scope, Send

from offhook.exchanges import Exchange, Recorder, redaction
from offhook.kit.clock import Clock
from offhook.kit.sids import EXCHANGE, REQUEST, new_sid
from offhook.storage import Database, StorageError
from offhook.web import errors, formats, operations
from offhook.web.answering import Answer, answer_to, error_answer
from offhook.web.auth import Authenticator, Identity
from offhook.web.call import Call
from offhook.web.content import Content
from offhook.web.errors import ApiError
from offhook.web.formats import Format
from offhook.web.limiting import Limit
from offhook.web.origin import Origin
from offhook.web.request import Disconnected, Request
from offhook.web.resource import Operation, Verb
from offhook.web.routing import ACCOUNT, Address, Match, Router
from offhook.web.streaming import Stream

ANY_FORMAT: frozenset[Verb] = frozenset({"delete", "content"})  # these answer with nothing, or with what there is
log = structlog.get_logger("offhook.web")


@dataclass(slots=True)
class _Trip:
    """What is known of one request so far; the record of exchanges is made from it."""

    request: Request
    started: int
    real_start: float
    receive: Receive
    format: Format = formats.JSON
    account_sid: str = ""
    resource_sid: str | None = None
    error: ApiError | None = None
    is_kept: bool = True  # as an exchange
    notes: list[str] = field(default_factory=list)


class Dispatcher:
    """Serves the operations of a `Router`."""

    def __init__(
        self,
        router: Router,
        authenticator: Authenticator,
        database: Database,
        recorder: Recorder,
        clock: Clock,
        *,
        strict: bool = False,
        most_at_once: int = 0,
        origin: Origin | None = None,
    ) -> None:
        self._router = router
        self._authenticator = authenticator
        self._database = database
        self._recorder = recorder
        self._clock = clock
        self._strict = strict
        self._limit = Limit(most_at_once)
        self._origin = origin or Origin()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry for HTTP requests."""
        trip = _Trip(Request.of(scope), self._clock.now(), time.monotonic(), receive)
        try:
            answer = await self._answer(trip, receive)
        except Disconnected:
            return
        sid = new_sid(EXCHANGE)
        answer.headers["Twilio-Request-Id"] = REQUEST + sid[len(EXCHANGE) :]  # so that the one leads to the other
        try:
            await answer.send(send)
        finally:
            if trip.is_kept:
                self._recorder.record(self._exchange(trip, answer, sid))

    async def _answer(self, trip: _Trip, receive: Receive) -> Answer:
        try:
            return await self._do(trip, receive)
        except ApiError as problem:
            trip.error = problem
            _note_refused(trip.request, problem)
        except StorageError as problem:
            log.error("storage_failed", url=redaction.url(trip.request.url), kind=problem.kind, problem=str(problem))
            trip.error = errors.of_storage(problem)
        except Disconnected:
            raise
        except Exception:
            log.exception("operation_failed", method=trip.request.method, url=redaction.url(trip.request.url))
            trip.error = errors.internal()
        return error_answer(trip.error, trip.format, self._origin.for_answers(trip.request))

    async def _do(self, trip: _Trip, receive: Receive) -> Answer:
        request = trip.request
        address = self._router.locate(request.host, request.path)
        accept = request.headers.get("accept")
        trip.format = formats.asked_for(address.path, address.extension, accept)
        await request.read(receive)
        match = self._router.find(address)
        operation = match.operation(request.method) if match else None
        identity = await self._identify(request, match if operation and operation.public else None)
        trip.account_sid = identity.tests or identity.account_sid
        trip.is_kept = not (identity.in_person and request.method in ("GET", "HEAD"))
        if match is None or operation is None:
            ours = match.operations if match else ()
            is_test = identity.tests is not None
            raise operations.refusal(address.product, request.method, address.path, ours, is_test=is_test)
        if identity.tests is not None:
            self._rehearse(trip, operation)
        account_sid, values = await self._account(identity, match, address)
        trip.account_sid = identity.tests or account_sid
        if operation.verb not in ANY_FORMAT and not trip.format.is_accepted(accept):
            raise errors.not_acceptable(trip.format.content_type)
        call = Call(
            identity,
            account_sid,
            address.path,
            self._base_url(request, address),
            trip.started,
            headers=request.headers,
            source_ip=request.client,
            origin=self._origin.for_answers(request),
        )
        with self._limit.one_more(identity.account_sid):
            return await self._run(trip, operation, call, values)

    async def _run(self, trip: _Trip, operation: Operation, call: Call, values: list[str]) -> Answer:
        form = trip.request.form()
        if unknown := [*operation.binder.unknown(form), *trip.request.misplaced()]:
            self._note_unknown(trip, operation, unknown)
        arguments = operation.binder.bind(form)
        try:
            result = await operation.function(operation.service, call, *values, **arguments)
            if isinstance(result, Stream):
                return result.answer(trip.receive, head_only=trip.request.method == "HEAD")
            if isinstance(result, Content):
                return await self._content(trip, call, result)
            # Before the commit: what cannot be shown is not kept either.
            answer = answer_to(operation, call, form, result, trip.format)
            await self._commit(call)
        finally:
            trip.resource_sid = call.resource_sid
        return answer

    async def _content(self, trip: _Trip, call: Call, content: Content) -> Answer:
        answer = await content.answer(head_only=trip.request.method == "HEAD")
        if answer is None:
            raise errors.not_found(call.path)
        await self._commit(call)
        return answer

    async def _commit(self, call: Call) -> None:
        """Nothing of what test credentials ask for is kept, whatever an operation made of it."""
        if call.unit and call.identity.tests is None:
            await self._database.commit(call.unit)

    async def _identify(self, request: Request, public: Match | None) -> Identity:
        """Who calls. What is at `public` is for strangers too: they are nobody, for the account in the path, if any."""
        owner = public.account_sid if public else None
        identity = await self._authenticator.identify(request)
        if identity is None:
            if public is None or "authorization" in request.headers:
                raise errors.unauthorized(challenge=not request.is_of_a_page)
            return Identity(owner or "", "", anonymous=True)
        if owner is None or await self._authenticator.may_act_on(identity, owner):
            return identity
        return Identity(owner, "", anonymous=True)

    async def _account(self, identity: Identity, match: Match, address: Address) -> tuple[str, list[str]]:
        """The account that the call is about, and the path's other parameters."""
        account_sid = identity.account_sid
        values = []
        for name, value in match.values:
            if name == ACCOUNT:
                account_sid = value
            else:
                values.append(value)
        if account_sid != identity.account_sid and not await self._authenticator.may_act_on(identity, account_sid):
            raise errors.not_found(address.path)
        return account_sid, values

    def _base_url(self, request: Request, address: Address) -> str:
        origin = self._origin.for_answers(request) or f"{request.scheme}://{request.host}"
        return f"{origin}{address.prefix}"

    def _rehearse(self, trip: _Trip, operation: Operation) -> None:
        """Raises ApiError 20008 for what test credentials may not ask."""
        if not operation.rehearsed:
            raise errors.not_for_test_credentials()
        trip.notes.append("test credentials: it was checked and answered, and nothing was done")

    def _note_unknown(self, trip: _Trip, operation: Operation, unknown: list[str]) -> None:
        """An unknown parameter is never silently swallowed."""
        names = ", ".join(sorted(unknown))
        if self._strict:
            raise errors.invalid_parameter(names, f"{operation.name} has no such parameter there")
        trip.notes.append(f"ignored parameters that {operation.name} does not read: {names}")
        log.warning("unknown_parameters", operation=operation.name, parameters=names)

    def _exchange(self, trip: _Trip, answer: Answer, sid: str) -> Exchange:
        request = trip.request
        return Exchange(
            sid=sid,
            account_sid=trip.account_sid,
            direction="in",
            kind="api",
            method=request.method,
            url=redaction.url(request.url),
            request_headers=redaction.headers(request.headers.items()),
            request_body=redaction.body(request.body),
            status=answer.status,
            response_headers=redaction.headers(answer.headers.items()),
            response_body=answer.kept(answer.body),
            started=trip.started,
            elapsed=round((time.monotonic() - trip.real_start) * 1_000_000),
            resource_sid=trip.resource_sid,
            error_code=trip.error.code if trip.error else None,
            error=trip.error.message if trip.error else None,
            notes=tuple(trip.notes),
        )


def _note_refused(request: Request, problem: ApiError) -> None:
    """What was refused is told once, without what was in the query, the headers or the body."""
    path = redaction.url(request.path)
    log.info("request_refused", code=problem.code, status=problem.status, method=request.method, path=path)
