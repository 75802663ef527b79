"""Voicemail: callers speak after the beep, the owner gets the words as a text, and hears the messages by calling."""

import os

from flask import Flask, request
from twilio.rest import Client
from twilio.twiml.voice_response import VoiceResponse

app = Flask(__name__)
recordings: list[str] = []


def twiml(response: VoiceResponse):
    """The answer to a webhook."""
    return str(response), {"Content-Type": "text/xml"}


@app.post("/voice")
def answer():
    """The number's webhook: the owner hears the messages, everybody else leaves one."""
    response = VoiceResponse()
    if request.form["From"] == os.environ["OWNER"]:
        response.say(f"You have {len(recordings)} messages.")
        for recording in recordings:
            response.play(recording)
    else:
        response.say("Please leave a message after the beep.")
        response.record(max_length=60, action="/done", transcribe=True, transcribe_callback="/words")
        response.say("Nothing was recorded.")
    return twiml(response)


@app.post("/done")
def keep():
    """Somebody has spoken; also when they simply hung up, as most people do."""
    recordings.append(request.form["RecordingUrl"])
    response = VoiceResponse()
    response.say("Thank you. Goodbye.")
    return twiml(response)


@app.post("/words")
def note():
    """What was said, in words."""
    words = request.form["TranscriptionText"]
    message = f"{request.form['From']} said: {words}"
    Client().messages.create(from_=request.form["To"], to=os.environ["OWNER"], body=message)
    return "", 204


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", "5000")))
