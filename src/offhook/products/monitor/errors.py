"""What monitor refuses. The numbers are Twilio's where it has one for the case."""

from offhook.web import ApiError


def came_in(sid: str) -> ApiError:
    """20409: only what Offhook sent can be sent again."""
    return ApiError(
        20409, f"{sid} came in: only the app that sent it can send it again (with credentials that are not kept)", 409
    )


def redacted(what: str, parameter: str) -> ApiError:
    """20409: a secret was taken out of the record, so it cannot be sent again as it was."""
    return ApiError(20409, f"Not everything was kept of {what}: secrets are redacted; give '{parameter}' anew", 409)


def incomplete() -> ApiError:
    """20409: the body was too long to be kept."""
    return ApiError(20409, "The body was too long to be kept as a whole; give 'Parameters' anew", 409)


def unsendable(reason: str) -> ApiError:
    """20001: no request can be made of this."""
    return ApiError(20001, f"This cannot be sent: {reason}")
