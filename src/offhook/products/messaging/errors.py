"""Twilio's errors of messaging, with their texts.

https://www.twilio.com/docs/api/errors
"""

from offhook.web import ApiError

TO_REQUIRED = (21604, "A 'To' phone number is required.")
MOST_CHARACTERS = 1600


def from_required() -> ApiError:
    """21603"""
    return ApiError(21603, "A 'From' phone number is required.")


def body_required() -> ApiError:
    """21602"""
    return ApiError(21602, "Message body is required.")


def body_too_long() -> ApiError:
    """21617"""
    return ApiError(21617, f"The concatenated message body exceeds the {MOST_CHARACTERS} character limit")


def to_invalid(to: str) -> ApiError:
    """21211"""
    return ApiError(21211, f"Invalid 'To' Phone Number: {to}")


def from_invalid(from_: str) -> ApiError:
    """21212"""
    return ApiError(
        21212, f"The 'From' number {from_} is not a valid phone number, shortcode, or alphanumeric sender ID."
    )


def from_not_owned(from_: str) -> ApiError:
    """21606"""
    message = "is not a valid, SMS-capable inbound phone number or short code for your account."
    return ApiError(21606, f"The 'From' phone number provided ({from_}) {message}")


def callback_invalid(url: str) -> ApiError:
    """21609"""
    return ApiError(21609, f"The 'StatusCallback' URL {url} is not a valid URL.")


def service_unknown(sid: str) -> ApiError:
    """21701"""
    return ApiError(21701, f"The Messaging Service {sid} does not exist", 404)


def media_unsupported() -> ApiError:
    """20501: ours, until pictures are carried."""
    return ApiError(20501, "Offhook does not carry media yet: send a Body without MediaUrl.", 501)
