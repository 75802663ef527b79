"""Every error a caller of the API can see: Twilio's number, the HTTP status and a sentence.

The body is Twilio's: `{"code", "message", "more_info", "status"}`. (A body that also had `type` and `title` would be
taken for another kind of error by the newest SDKs, so there is none.)
https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions
"""

from typing import Any

from offhook.storage import StorageError

MORE_INFO = "https://www.twilio.com/docs/errors/{code}"


class ApiError(Exception):
    """What the caller did wrong, or what we cannot do; `code` is Twilio's, `status` is HTTP's."""

    def __init__(self, code: int, message: str, status: int = 400, *, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.headers = headers or {}

    def body(self, origin: str | None = None) -> dict[str, Any]:
        """Twilio's error object, for a caller who reached us at `origin` (None: at one of Twilio's hosts)."""
        return {
            "code": self.code,
            "message": self.message,
            "more_info": more_info(self.code, origin),
            "status": self.status,
        }


def more_info(code: int, origin: str | None = None) -> str:
    """Where a number is explained: by the Offhook at `origin`; on Twilio's page for who believes to talk to Twilio."""
    return f"{origin}/errors/{code}" if origin else MORE_INFO.format(code=code)


def not_found(path: str) -> ApiError:
    """20404: there is nothing at `path`, or nothing that this caller may see."""
    return ApiError(20404, f"The requested resource {path} was not found", 404)


def unauthorized(message: str = "Authenticate", *, challenge: bool = True) -> ApiError:
    """20003, with the challenge that old clients wait for before they send credentials (RFC 7235 §4.1).

    Not for a page in a browser, which would open a dialog.
    """
    return ApiError(20003, message, 401, headers={"WWW-Authenticate": 'Basic realm="Twilio API"'} if challenge else {})


def not_for_test_credentials() -> ApiError:
    """20008: test credentials may ask for few things only, and this is none of them."""
    return ApiError(20008, "Resource not accessible with Test Account Credentials", 403)


def method_not_allowed(allowed: list[str]) -> ApiError:
    """20004: the resource exists, but not with this HTTP method. Whatever can be got also has a HEAD."""
    names = {*allowed, "HEAD"} if "GET" in allowed else set(allowed)
    return ApiError(20004, "Method not allowed", 405, headers={"Allow": ", ".join(sorted(names))})


def not_acceptable(content_type: str) -> ApiError:
    """20406: the path's extension says one format, the `Accept` header refuses it."""
    return ApiError(20406, f"The answer is {content_type.partition(';')[0]}, which the Accept header refuses", 406)


def invalid_parameter(name: str, reason: str) -> ApiError:
    """20001: the value of a parameter makes no sense."""
    return ApiError(20001, f"Invalid parameter '{name}': {reason}")


def malformed(reason: str) -> ApiError:
    """20001: the request itself makes no sense."""
    return ApiError(20001, reason)


def too_large(limit: int) -> ApiError:
    """The request's body is larger than we read."""
    return ApiError(20001, f"The request body is larger than {limit} bytes", 413)


def of_storage(problem: StorageError) -> ApiError:
    """The database failed: 507 when it is full, 503 when it may work again in a moment, 500 for a bug of ours."""
    if problem.kind == "full":
        return ApiError(20507, "No space left to store this request; nothing was accepted", 507)
    if problem.kind == "unavailable":
        retry = {"Retry-After": "1"}
        return ApiError(20503, "The database does not answer; nothing was accepted, try again", 503, headers=retry)
    return internal()


def internal() -> ApiError:
    """20500: a bug of ours; the log says more."""
    return ApiError(20500, "An internal server error has occurred", 500)
