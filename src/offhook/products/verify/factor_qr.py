"""The picture that an authenticator app is shown: an `otpauth://` URI as a QR code (ISO/IEC 18004)."""

import io

import segno

ERRORS = "m"  # how much of the picture may be covered: 15 %
MODULE = 8  # pixels
BORDER = 4  # modules: the quiet zone that the standard asks for


def png(uri: str) -> bytes:
    """A PNG file, black on white."""
    return _drawn(uri, "png")


def svg(uri: str) -> bytes:
    """An SVG document, black on white."""
    return _drawn(uri, "svg")


def _drawn(uri: str, kind: str) -> bytes:
    drawn = io.BytesIO()
    segno.make(uri, error=ERRORS, micro=False, boost_error=False).save(
        drawn, kind=kind, scale=MODULE, border=BORDER, light="#fff", dark="#000"
    )
    return drawn.getvalue()
