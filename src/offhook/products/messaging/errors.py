"""Twilio's errors of messaging, with their texts.

https://www.twilio.com/docs/api/errors
"""

from offhook.carriers import UNDELIVERED_CODES
from offhook.web import ApiError

TO_REQUIRED = (21604, "A 'To' phone number is required.")
MOST_CHARACTERS = 1600
LONGEST_VALIDITY = 36_000  # seconds

FAILURES = {  # what a message says of its `error_code`
    **UNDELIVERED_CODES,
    11200: "A media file could not be fetched",
    12300: "A media file is of a type that messages do not carry",
    30036: "Validity period expired before the message could be sent",
    63034: "Media exceeds size limit",
}


def from_required() -> ApiError:
    """21603"""
    return ApiError(21603, "A 'From' phone number is required.")


def to_is_from(number: str) -> ApiError:
    """21266"""
    return ApiError(21266, f"'To' and 'From' number cannot be the same: {number}")


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


def not_routable(from_: str, to: str) -> ApiError:
    """21612: no carrier there takes a text from such a sender."""
    return ApiError(21612, f"The message from {from_} to {to} cannot be routed: names cannot text this country")


def from_not_owned(from_: str) -> ApiError:
    """21606"""
    message = "is not a valid, SMS-capable inbound phone number or short code for your account."
    return ApiError(21606, f"The 'From' phone number provided ({from_}) {message}")


def callback_invalid(url: str) -> ApiError:
    """21609"""
    return ApiError(21609, f"The 'StatusCallback' URL {url} is not a valid URL.")


def service_unknown(sid: str) -> ApiError:
    """21705"""
    return ApiError(21705, f"The Messaging Service {sid} does not exist or is not yours")


def opted_out(to: str) -> ApiError:
    """21610"""
    return ApiError(21610, f"Attempt to send to unsubscribed recipient {to}: they replied STOP")


def region_not_permitted(to: str) -> ApiError:
    """21408"""
    message = "Permission to send an SMS has not been enabled for the region indicated by the 'To' number"
    return ApiError(21408, f"{message}: {to}.")


def not_mobile(to: str) -> ApiError:
    """21614"""
    return ApiError(21614, f"To number: {to}, is not a mobile number")


def validity_invalid(seconds: int) -> ApiError:
    """90007"""
    return ApiError(90007, f"ValidityPeriod {seconds} is not from 1 to {LONGEST_VALIDITY} seconds")


def not_final(sid: str) -> ApiError:
    """20009"""
    return ApiError(20009, f"{sid} is still on its way: that can be done once it is delivered or has failed", 409)


def too_late(sid: str) -> ApiError:
    """30409"""
    return ApiError(30409, f"{sid} cannot be canceled: it is not waiting to be sent", 409)


def media_invalid(url: str) -> ApiError:
    """21620"""
    return ApiError(21620, f"Invalid media URL: {url}")


def too_many_files(most: int) -> ApiError:
    """21623"""
    return ApiError(21623, f"Number of media files exceeds the allowed limit of {most}")


def application_unknown(sid: str) -> ApiError:
    """21420"""
    return ApiError(21420, f"The application {sid} does not exist or is not yours")


def check_service(messaging_service_sid: str | None, *, scheduled: bool, content_sid: str | None) -> None:
    """What a Messaging Service would have to do, of which there is none yet. Raises ApiError."""
    if messaging_service_sid:
        raise service_unknown(messaging_service_sid)
    if scheduled:
        raise ApiError(35118, "MessagingServiceSid is required to schedule a message")
    if content_sid:
        raise ApiError(20501, "Offhook does not send content templates yet: send a Body without ContentSid.", 501)
