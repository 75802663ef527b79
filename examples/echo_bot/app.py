"""A bot that answers every text with its own words.

It is written as for Twilio and knows nothing of Offhook: Flask, Twilio's library, and a check that it is really
Twilio who calls.
"""

import os

from flask import Flask, abort, request
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse

app = Flask(__name__)


@app.post("/sms")
def answer():
    """The number's webhook: the text comes as a form, the answer goes back as TwiML."""
    validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])
    if not validator.validate(request.url, request.form, request.headers.get("X-Twilio-Signature", "")):
        abort(403)
    reply = MessagingResponse()
    reply.message(f"You said: {request.form['Body']}")
    return str(reply), {"Content-Type": "text/xml"}


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", "5000")))
