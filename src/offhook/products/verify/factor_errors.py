"""Twilio's errors of entities, factors, challenges and their webhooks.

https://www.twilio.com/docs/verify/api/error-codes
"""

from offhook.web import ApiError, Missing

FACTOR_TYPE_REQUIRED = Missing(60369, "Factor type invalid or not provided")


def entity_exists(identity: str) -> ApiError:
    """60301"""
    return ApiError(60301, f"Entity already exists: {identity}", 409)


def invalid(name: str, reason: str) -> ApiError:
    """60306"""
    return ApiError(60306, f"Invalid request: {name}: {reason}")


def challenge_tried_too_often() -> ApiError:
    """60308"""
    return ApiError(60308, "Challenge verification attempts limit reached", 429)


def factor_tried_too_often() -> ApiError:
    """60310"""
    return ApiError(60310, "Factor verification attempts limit reached", 429)


def challenged_too_often() -> ApiError:
    """60312"""
    return ApiError(60312, "Challenge creation limit reached", 429)


def factor_unverified() -> ApiError:
    """60318"""
    return ApiError(60318, "Factor is unverified", 403)


def challenge_responded() -> ApiError:
    """60322"""
    return ApiError(60322, "Challenge already responded", 403)


def challenge_expired() -> ApiError:
    """60323"""
    return ApiError(60323, "Challenge expired", 403)


def factor_type_unknown(given: str) -> ApiError:
    """60369"""
    return ApiError(60369, f"Factor type invalid or not provided: {given}")


def factor_type_later(given: str) -> ApiError:
    """20501"""
    return ApiError(20501, f"Offhook has no factors of type {given} yet: use totp", 501)


def code_shown_no_more() -> ApiError:
    """20409"""
    return ApiError(20409, "The secret of a verified factor is not shown again", 409)
