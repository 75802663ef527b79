"""Words for tests of factors: a service, a user, an authenticator app, the codes that nobody's app shows."""

from typing import Any

import pyotp

from offhook.testing import Offhook

USER = "user-0001"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # of RFC 6238's examples


def new_service(offhook: Offhook, **settings: Any) -> Any:
    """A service, by which its resources are reached."""
    made = offhook.client().verify.v2.services.create(**{"friendly_name": "Owl Bank", **settings})
    return offhook.client().verify.v2.services(made.sid)


def user(offhook: Offhook, **settings: Any) -> Any:
    """A user of a new service."""
    return new_service(offhook, **settings).entities(USER)


def enrol(who: Any, **settings: Any) -> Any:
    """A new factor of a user, as it is shown once."""
    return who.new_factors.create(**{"friendly_name": "Ann's phone", "factor_type": "totp", **settings})


def enrolled(offhook: Offhook, who: Any, **settings: Any) -> Any:
    """A factor that was verified with its first code."""
    factor = enrol(who, **settings)
    assert who.factors(factor.sid).update(auth_payload=offhook.totp(factor)).status == "verified"
    return factor


def code_at(offhook: Offhook, factor: Any, seconds: float = 0) -> str:
    """The code of so many seconds from now, by pyotp, which reads the URI itself (and makes six digits or more)."""
    digits = factor.config["code_length"]
    uri = factor.binding["uri"].replace(f"digits={digits}", f"digits={max(digits, 6)}")
    return pyotp.parse_uri(uri).at(int(offhook.clock.now().timestamp() + seconds))[-digits:]


def wrong_code(offhook: Offhook, factor: Any) -> str:
    """A code that is not of the hour around this moment."""
    period = factor.config["time_step"]
    near = {code_at(offhook, factor, period * step) for step in range(-60, 60)}
    digits = factor.config["code_length"]
    return next(code for code in (f"{number:0{digits}}" for number in range(10**digits)) if code not in near)
