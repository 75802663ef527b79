"""The factor: something that a user has, here an authenticator app that shares a secret with us.

It begins `unverified`; the first right code makes it `verified`, and then codes can be asked for by challenges. Of an
unverified one five codes are looked at. `last_step` is the latest step of which a code was taken: none counts twice,
nor one before it (RFC 6238 §5.2).
https://www.twilio.com/docs/verify/api/factor
"""

from typing import Literal

import msgspec

from offhook.products.verify.totp import TotpSettings

FACTOR = "YF"
TOTP = "totp"
LATER = ("push", "passkeys")  # types that Twilio has and Offhook has not
MOST_ATTEMPTS = 5
Status = Literal["unverified", "verified"]


class Factor(msgspec.Struct):
    """One factor as it is stored, its secret sealed; times in UTC microseconds, `metadata` a JSON text."""

    seq: int
    sid: str
    account_sid: str
    service_sid: str
    entity_sid: str
    identity: str
    friendly_name: str
    status: Status
    secret: str
    alg: str
    skew: int
    code_length: int
    time_step: int
    metadata: str | None
    attempts: int
    last_step: int | None
    date_created: int
    date_updated: int

    def __repr__(self) -> str:
        """Without the secret."""
        return f"<Factor {self.sid}>"

    @property
    def settings(self) -> TotpSettings:
        """How its codes are made."""
        return msgspec.convert(self, TotpSettings, from_attributes=True)


class Enrolment(msgspec.Struct):
    """A new factor, and what its authenticator app is told; nobody is told a second time."""

    factor: Factor
    secret: str
    uri: str

    def __repr__(self) -> str:
        """Without the secret."""
        return f"<Enrolment {self.factor.sid}>"
