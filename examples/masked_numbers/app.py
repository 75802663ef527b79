"""A driver and a rider call and text each other through one number, and neither learns the other's."""

import os

from flask import Flask, request
from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import VoiceResponse

app = Flask(__name__)
rides: dict[str, str] = {}  # who speaks with whom


@app.post("/rides")
def begin():
    """A ride begins: from now on these two reach each other."""
    driver, rider = request.form["driver"], request.form["rider"]
    rides.update({driver: rider, rider: driver})
    return "", 204


@app.post("/voice")
def connect():
    """The number's webhook for calls: the other one is called, and sees this number."""
    response = VoiceResponse()
    if request.form["From"] in rides:
        response.dial(rides[request.form["From"]], caller_id=request.form["To"])
    else:
        response.say("You have no ride.")
    return str(response), {"Content-Type": "text/xml"}


@app.post("/sms")
def forward():
    """The number's webhook for texts: the words go on, the sender does not."""
    response = MessagingResponse()
    if request.form["From"] in rides:
        response.message(request.form["Body"], to=rides[request.form["From"]])
    return str(response), {"Content-Type": "text/xml"}


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", "5000")))
