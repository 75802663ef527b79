"""Twilio's errors of voice, with their texts.

https://www.twilio.com/docs/api/errors
"""

from offhook.web import ApiError

TO_REQUIRED = (21201, "No 'To' number is specified")
FROM_REQUIRED = (21213, "No 'From' number is specified")
LONGEST_TWIML = 4000
QUEUE_EXISTS = 22003


def to_invalid(to: str) -> ApiError:
    """21211"""
    return ApiError(21211, f"The phone number you are attempting to call, {to}, is not valid.")


def from_invalid(from_: str) -> ApiError:
    """21212"""
    return ApiError(21212, f"The source phone number provided, {from_}, is not valid.")


def from_not_verified(from_: str) -> ApiError:
    """21210"""
    return ApiError(
        21210,
        f"The source phone number provided, {from_}, is not yet verified for your account. You may only make calls"
        " from phone numbers that you've verified or purchased.",
    )


def instructions_required() -> ApiError:
    """21205"""
    return ApiError(21205, "Url parameter is required: one of 'Url', 'Twiml' and 'ApplicationSid' says what happens.")


def url_invalid(url: str) -> ApiError:
    """21205"""
    return ApiError(21205, f"Url is not a valid URL: {url}")


def fallback_invalid(url: str) -> ApiError:
    """21205"""
    return ApiError(21205, f"FallbackUrl is not a valid URL: {url}")


def callback_invalid(url: str) -> ApiError:
    """21609"""
    return ApiError(21609, f"StatusCallback is not a valid URL: {url}")


def twiml_too_long() -> ApiError:
    """32018"""
    return ApiError(32018, f"Twiml size exceeded maximum allowed value of {LONGEST_TWIML} characters")


def application_unknown(sid: str) -> ApiError:
    """21218"""
    return ApiError(21218, f"Invalid ApplicationSid: {sid}")


def not_in_progress(sid: str) -> ApiError:
    """21220"""
    return ApiError(21220, f"Call {sid} is not in-progress. Cannot redirect.")


def not_recordable(sid: str) -> ApiError:
    """21220: only a call that somebody has answered can be recorded."""
    return ApiError(21220, f"Call {sid} is not in-progress. Cannot record.")


def status_invalid() -> ApiError:
    """21218 is for applications; this is 20001, as for other values that make no sense."""
    return ApiError(20001, "'Status' must be 'completed' or 'canceled'")


def digits_invalid(digits: str) -> ApiError:
    """21206"""
    return ApiError(21206, f"SendDigits may have 0 to 9, *, #, w and W, 32 at most: {digits}")


def is_under_way(sid: str) -> ApiError:
    """20009: what lasts cannot be deleted."""
    return ApiError(20009, f"Call {sid} is not over yet: it cannot be deleted", 409)


def not_recording(sid: str) -> ApiError:
    """21220: what is over can be neither paused nor stopped."""
    return ApiError(21220, f"Recording {sid} is not in progress")


def queue_exists(name: str) -> ApiError:
    """22003"""
    return ApiError(QUEUE_EXISTS, f"A queue with the name {name} already exists")


def queue_not_empty(sid: str) -> ApiError:
    """20409: ours, Twilio has no number of its own for it."""
    return ApiError(20409, f"Somebody stands in queue {sid}: it can be deleted once it is empty", 409)


def label_invalid(label: str) -> ApiError:
    """16024"""
    return ApiError(
        16024,
        f"Invalid participant label {label}, must not exceed 128 characters, must not be a CallSid, must not contain"
        " '/'",
    )


def label_taken(label: str) -> ApiError:
    """16026"""
    return ApiError(16026, f"Participant label {label} is in use by another participant")


def conference_name_too_long(most: int) -> ApiError:
    """20001: the path names the conference."""
    return ApiError(20001, f"The name of a conference has {most} characters at most")


def conference_over(sid: str) -> ApiError:
    """20409: ours, Twilio has no number of its own for it."""
    return ApiError(20409, f"Conference {sid} is over: nobody is in it", 409)


def not_in_conference(call_sid: str) -> ApiError:
    """20409: ours, Twilio has no number of its own for it."""
    return ApiError(20409, f"Call {call_sid} is not in the conference yet", 409)


def cannot_coach(call_sid: str) -> ApiError:
    """20001"""
    return ApiError(20001, f"'CallSidToCoach': nobody else in the conference has the call {call_sid}")


def number_invalid(to: str) -> ApiError:
    """21217"""
    return ApiError(21217, f"The phone number {to} does not appear to be valid.")


def not_routable(to: str) -> ApiError:
    """21214"""
    return ApiError(21214, f"The phone number {to} cannot be reached from here.")


def country_not_permitted(to: str) -> ApiError:
    """21215"""
    return ApiError(21215, f"Account not authorized to call {to}.")


def number_blocked(to: str) -> ApiError:
    """21216"""
    return ApiError(21216, f"Account not allowed to call {to}.")
