"""Twilio's errors of phone numbers, applications, caller IDs and short codes, with their texts.

https://www.twilio.com/docs/api/errors
"""

from offhook.web import ApiError


def number_invalid(text: str) -> ApiError:
    """21421: what was to be bought is no phone number."""
    return ApiError(21421, f"PhoneNumber {text} is not a valid phone number")


def number_required() -> ApiError:
    """20001: neither a number nor an area was named."""
    return ApiError(20001, "One of 'PhoneNumber' and 'AreaCode' is required.")


def number_taken(e164: str) -> ApiError:
    """21422: somebody owns it."""
    return ApiError(21422, f"PhoneNumber {e164} is not available")


def area_code_invalid(area_code: str) -> ApiError:
    """21451: an area code that nobody has."""
    return ApiError(21451, f"AreaCode {area_code} is not an area code of the US or Canada")


def area_sold_out(area_code: str) -> ApiError:
    """21452: nothing is free there."""
    return ApiError(21452, f"No phone numbers found in area code {area_code}")


def area_code_unsupported() -> ApiError:
    """21457: only IncomingPhoneNumbers itself chooses a number by its area."""
    return ApiError(21457, "AreaCode is not supported here; give a PhoneNumber, or create it at IncomingPhoneNumbers")


def kind_mismatch(e164: str, kind: str) -> ApiError:
    """21458: a local number bought as a mobile one, and the like."""
    return ApiError(21458, f"PhoneNumber {e164} is not a {kind} number")


def texts_unsupported(e164: str) -> ApiError:
    """21407: SMS settings for a number that carries no texts."""
    return ApiError(21407, f"PhoneNumber {e164} does not support SMS: its SMS settings cannot be set")


def application_inaccessible(sid: str) -> ApiError:
    """21420: the account has no such application."""
    return ApiError(21420, f"ApplicationSid {sid} is not accessible")


def near_number_invalid(text: str) -> ApiError:
    """21401: a search near something that is no number."""
    return ApiError(21401, f"{text!r} is not a valid phone number")


def url_invalid(name: str, url: str) -> ApiError:
    """21402"""
    return ApiError(21402, f"{name} {url!r} is not a valid URL; give it in full, with http:// or https://")


def method_invalid(name: str, method: str) -> ApiError:
    """21403"""
    return ApiError(21403, f"{name} {method!r} is neither GET nor POST")


def name_too_long(name: str, longest: int) -> ApiError:
    """21511: ours, Twilio has no number of its own for it."""
    return ApiError(21511, f"{name} is longer than {longest} characters")


def account_sid_invalid(text: str) -> ApiError:
    """21470: a number cannot be transferred to what is no account."""
    return ApiError(21470, f"AccountSid {text!r} is not valid")


def account_unknown(sid: str) -> ApiError:
    """21471"""
    return ApiError(21471, f"Account {sid} does not exist")


def account_inactive(sid: str) -> ApiError:
    """21472"""
    return ApiError(21472, f"Account {sid} is not active")


def account_unrelated(sid: str) -> ApiError:
    """21473: the other account belongs to somebody else."""
    return ApiError(21473, f"Account {sid} is not related to the owner of the phone number")


def parent_required() -> ApiError:
    """21474: a subaccount cannot give its numbers away."""
    return ApiError(21474, "Only the parent account can transfer phone numbers between its accounts")


def validation_unsupported() -> ApiError:
    """20501: it needs a call."""
    return ApiError(20501, "Offhook makes no calls yet, so it cannot validate a caller ID: declare it instead", 501)


def caller_id_known(e164: str) -> ApiError:
    """21450"""
    return ApiError(21450, f"Phone number {e164} is already validated on your account")


def twiml_invalid(reason: str, line: int) -> ApiError:
    """20001: what is to be kept is no document."""
    return ApiError(20001, f"Invalid parameter 'Twiml': {reason}{f' (line {line})' if line else ''}")
