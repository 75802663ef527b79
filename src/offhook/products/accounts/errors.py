"""Twilio's errors of accounts and keys, with their texts.

https://www.twilio.com/docs/api/errors
"""

from offhook.web import ApiError
from offhook.web.errors import unauthorized

LONGEST_NAME = 64  # characters


def friendly_name(text: str, _name: str) -> str:
    """Check a name. Raises ApiError 20002."""
    if not 1 <= len(text) <= LONGEST_NAME:
        raise ApiError(20002, f"Invalid FriendlyName: it must be 1 to {LONGEST_NAME} characters long")
    return text


def status(text: str, _name: str) -> str:
    """Check an account's status. Raises ApiError 21475."""
    if text.lower() not in ("active", "suspended", "closed"):
        raise ApiError(21475, f"Unable to update Status, {text!r} is none of active, suspended, closed")
    return text.lower()


def not_active(account_sid: str) -> ApiError:
    """10001"""
    return ApiError(10001, f"Account {account_sid} is not active", 403)


def needs_main_key() -> ApiError:
    """20003, as for wrong credentials: a standard key may not manage accounts, keys and tokens."""
    return unauthorized("Authenticate: a standard API key may not manage accounts, keys and auth tokens")


def needs_parent() -> ApiError:
    """20003: a subaccount may not change its own status."""
    return unauthorized("Authenticate: the Status of a subaccount is changed with the credentials of its parent")


def no_nested_subaccounts() -> ApiError:
    """21101"""
    return ApiError(21101, "Subaccounts cannot contain subaccounts")


def parent_suspended() -> ApiError:
    """21476"""
    return ApiError(21476, "Unable to update Status for subaccount, parent account is suspended")


def parent_status() -> ApiError:
    """21477"""
    return ApiError(21477, "Unable to update Status for parent accounts, only subaccounts are suspended or closed")


def closed_for_good() -> ApiError:
    """21479"""
    return ApiError(21479, "Unable to update Status for subaccount, subaccount has been closed")


def keys_unrestricted() -> ApiError:
    """20501: ours, as long as policies are not enforced."""
    return ApiError(20501, "Offhook does not answer for restricted keys and policies yet: create a standard key", 501)
