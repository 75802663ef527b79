"""Text it a colour, `#ff8800`, and a picture of that colour comes back. Send it a picture, and it says what it got."""

import os
import re
import struct
import zlib

import requests
from flask import Flask, request, url_for
from twilio.twiml.messaging_response import MessagingResponse

SIDE = 64  # pixels
app = Flask(__name__)


@app.post("/sms")
def answer():
    """The number's webhook: pictures come as `MediaUrl0`, and go out as `<Media>`."""
    reply = MessagingResponse()
    colour = re.search("#([0-9a-f]{6})", request.form["Body"].lower())
    if request.form["NumMedia"] != "0":
        picture = requests.get(request.form["MediaUrl0"], timeout=10).content
        reply.message(f"Thanks for the {request.form['MediaContentType0']} of {len(picture)} bytes!")
    elif colour:
        reply.message(f"This is #{colour[1]}").media(url_for("draw", colour=colour[1], _external=True))
    else:
        reply.message("Text me a colour, such as #ff8800")
    return str(reply), {"Content-Type": "text/xml"}


@app.get("/<colour>.png")
def draw(colour: str):
    """A square of one colour, https://www.w3.org/TR/png-3/"""
    line = b"\0" + bytes.fromhex(colour) * SIDE
    head = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(line * SIDE)), (b"IEND", b"")]
    parts = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts), {"Content-Type": "image/png"}


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", "5000")))
