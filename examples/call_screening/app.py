"""Call screening: the owner's phone rings, the owner hears who calls and presses 1 to take the call, or does not."""

import os

from flask import Flask, request
from twilio.twiml.voice_response import Dial, VoiceResponse

app = Flask(__name__)


def twiml(response: VoiceResponse):
    """The answer to a webhook."""
    return str(response), {"Content-Type": "text/xml"}


@app.post("/voice")
def connect():
    """The number's webhook: the owner is called. The caller hears ringing until the owner has decided."""
    response = VoiceResponse()
    dial = Dial(timeout=20, action="/afterwards", answer_on_bridge=True)
    dial.number(os.environ["OWNER"], url="/screen")
    response.append(dial)
    return twiml(response)


@app.post("/screen")
def screen():
    """What the owner hears, and the caller does not. At the end of a document the two are connected."""
    response = VoiceResponse()
    gather = response.gather(num_digits=1, action="/decide")
    gather.say(f"A call from {' '.join(request.form['From'])}. Press 1 to accept.")
    response.hangup()
    return twiml(response)


@app.post("/decide")
def decide():
    """The owner has pressed a key."""
    response = VoiceResponse()
    if request.form["Digits"] != "1":
        response.hangup()
    return twiml(response)


@app.post("/afterwards")
def afterwards():
    """They have spoken, or the owner did not want to or was not there."""
    response = VoiceResponse()
    if request.form["DialBridged"] == "false":
        response.say("Nobody can take your call now. Please try again later.")
    return twiml(response)


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", "5000")))
