"""/offhook/v1/Factors/{sid}/QrCode.png and .svg: what an authenticator app scans. Twilio has no such picture.

Only while the factor is unverified: afterwards the secret is somebody's, and nobody sees it again.
"""

import msgspec

from offhook.products.verify.factors import Factors
from offhook.web import VERSIONED, Call, Content, Resource

NEVER_KEPT = {"Cache-Control": "no-store"}


def view(_picture: object, _call: Call) -> msgspec.Raw:
    """There is no record beside the picture."""
    return msgspec.Raw(b"null")


png = Resource("offhook", "/v1/Factors/{sid}/QrCode.png", VERSIONED, view, alone=True)
svg = Resource("offhook", "/v1/Factors/{sid}/QrCode.svg", VERSIONED, view, alone=True)


@png.content
async def fetch_png(service: Factors, call: Call, sid: str) -> Content | None:
    """Fetch the QR code of an unverified factor as a picture."""
    picture = await service.qr_code(call.account_sid, sid, "png")
    return None if picture is None else Content(picture, "image/png", NEVER_KEPT)


@svg.content
async def fetch_svg(service: Factors, call: Call, sid: str) -> Content | None:
    """Fetch the QR code of an unverified factor as a drawing."""
    drawing = await service.qr_code(call.account_sid, sid, "svg")
    return None if drawing is None else Content(drawing, "image/svg+xml", NEVER_KEPT)
