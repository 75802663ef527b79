"""A restaurant's phone menu. Callers press keys or say what they want; whoever does neither is asked again."""

import os

from flask import Flask, request
from twilio.twiml.voice_response import VoiceResponse

app = Flask(__name__)
bookings: list[tuple[str, str]] = []


def twiml(response: VoiceResponse):
    """The answer to a webhook."""
    return str(response), {"Content-Type": "text/xml"}


@app.post("/voice")
def menu():
    """The number's webhook: a call has come in, or comes back to the menu."""
    response = VoiceResponse()
    gather = response.gather(input="dtmf speech", num_digits=1, hints="hours, table", action="/choice")
    gather.say("This is Luigi's. For our opening hours, press 1. For a table, press 2.")
    response.say("I did not hear you.")
    response.redirect("/voice")
    return twiml(response)


@app.post("/choice")
def choose():
    """A key was pressed, or something said."""
    response = VoiceResponse()
    wish = request.form.get("Digits") or request.form["SpeechResult"].lower()
    if wish == "1" or "hours" in wish:
        response.say("We are open from noon to midnight.")
        response.redirect("/voice")
    elif wish == "2" or "table" in wish:
        gather = response.gather(input="speech", speech_timeout="auto", action="/booking")
        gather.say("What name is it for?")
        response.redirect("/voice")
    else:
        response.say("That is not on the menu.")
        response.redirect("/voice")
    return twiml(response)


@app.post("/booking")
def book():
    """The caller has said a name."""
    name = request.form["SpeechResult"]
    bookings.append((name, request.form["From"]))
    response = VoiceResponse()
    response.say(f"Thank you, {name}. See you tonight.")
    return twiml(response)


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", "5000")))
