"""The QR code, read by somebody else's eyes (ZXing), from the PNG file and from the SVG drawing."""

import io
import re
from xml.etree import ElementTree

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from offhook.products.verify import factor_qr

SVG = "{http://www.w3.org/2000/svg}"
URIS = [
    "otpauth://totp/Owl%20Bank:Ann?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Owl%20Bank&algorithm=SHA1&digits=6&period=30",
    f"otpauth://totp/{'%C3%A4' * 32}:{'%F0%9F%A6%89' * 30}?secret={'A' * 103}&issuer={'%C3%A4' * 32}&algorithm=SHA512",
]


def read(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("uri", URIS)
def test_the_picture_says_the_uri(uri: str) -> None:
    picture = Image.open(io.BytesIO(factor_qr.png(uri)))
    assert (picture.format, picture.size[0]) == ("PNG", picture.size[1])
    assert read(picture) == [uri]


@pytest.mark.parametrize("uri", URIS)
def test_the_drawing_says_the_uri(uri: str) -> None:
    assert read(drawn(factor_qr.svg(uri))) == [uri]


def drawn(svg: bytes) -> Image.Image:
    """The drawing on paper: its one line goes from module to module, `m`oving and drawing `h`orizontally."""
    root = ElementTree.fromstring(svg)
    scale = 4
    side = int(root.attrib["width"]) // factor_qr.MODULE
    picture = Image.new("L", (side * scale, side * scale), 255)
    pen = ImageDraw.Draw(picture)
    line = next(path for path in root.iter(f"{SVG}path") if path.get("class") == "qrline")
    x = y = 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", line.attrib["d"]):
        values = [float(number) for number in numbers.split()]
        if command == "h":
            top = (y - 0.5) * scale
            pen.rectangle((x * scale, top, (x + values[0]) * scale - 1, top + scale - 1), fill=0)
            x += values[0]
        elif command == "M":
            x, y = values
        else:
            x, y = x + values[0], y + values[1]
    return picture
