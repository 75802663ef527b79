"""A conference line: it begins when the moderator comes, after music, and ends when the moderator goes."""

import os

from flask import Flask, request
from twilio.twiml.voice_response import Dial, VoiceResponse

app = Flask(__name__)


@app.post("/voice")
def join():
    """The number's webhook: everybody who calls comes to the same room."""
    is_moderator = request.form["From"] == os.environ["MODERATOR"]
    response = VoiceResponse()
    response.say("Welcome to the Monday call.")
    dial = Dial()
    dial.conference("Monday", start_conference_on_enter=is_moderator, end_conference_on_exit=is_moderator)
    response.append(dial)
    response.say("The call is over.")
    return str(response), {"Content-Type": "text/xml"}


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", "5000")))
