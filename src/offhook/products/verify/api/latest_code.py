"""/offhook/v1/Handsets/{address}/LatestCode: the code that a phone was sent last, in dev mode."""

import msgspec

from offhook.products.verify.verify import Verify
from offhook.web import VERSIONED, ApiError, Call, Resource


class LatestCodeView(msgspec.Struct):
    """A code in clear, and who has it."""

    to: str
    code: str


class Latest(msgspec.Struct):
    """What is shown."""

    to: str
    code: str

    def __repr__(self) -> str:
        """Without the code."""
        return f"<Latest {self.to}>"


def view(latest: Latest, _call: Call) -> LatestCodeView:
    """The code."""
    return LatestCodeView(latest.to, latest.code)


latest_code = Resource("offhook", "/v1/Handsets/{address}/LatestCode", VERSIONED, view, alone=True)


@latest_code.fetch
async def fetch(verify: Verify, call: Call, address: str) -> Latest | None:
    """The code that a phone, or a mailbox, was sent last, while it counts. Not in production."""
    if not call.identity.owns_all:
        raise ApiError(20403, "Handsets are seen by the first account only", 403)
    call.is_confidential = True
    code = await verify.verifications.latest_code(address)
    return None if code is None else Latest(address, code)
