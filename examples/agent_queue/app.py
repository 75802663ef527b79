"""A support line: callers wait in a queue with music and hear where they stand; agents call to take the next one."""

import os

from flask import Flask, request
from twilio.twiml.voice_response import Dial, VoiceResponse

MUSIC = "http://com.twilio.music.classical.s3.amazonaws.com/ith_chopin-15-2.mp3"
app = Flask(__name__)


def twiml(response: VoiceResponse):
    """The answer to a webhook."""
    return str(response), {"Content-Type": "text/xml"}


@app.post("/voice")
def answer():
    """The number's webhook: agents take a caller out of the queue, everybody else stands in it."""
    response = VoiceResponse()
    if request.form["From"] in os.environ["AGENTS"].split():
        dial = Dial()
        dial.queue("support", url="/connecting")
        response.append(dial)
    else:
        response.enqueue("support", wait_url="/wait", action="/afterwards")
    return twiml(response)


@app.post("/wait")
def wait():
    """What a caller hears in the queue, again and again."""
    response = VoiceResponse()
    response.say(f"You are number {request.form['QueuePosition']} in the queue.")
    response.play(MUSIC)
    return twiml(response)


@app.post("/connecting")
def connecting():
    """What a caller hears last, before the agent."""
    response = VoiceResponse()
    response.say(f"Thank you for waiting {request.form['QueueTime']} seconds.")
    return twiml(response)


@app.post("/afterwards")
def afterwards():
    """The caller has left the queue."""
    response = VoiceResponse()
    if request.form["QueueResult"] == "bridged":
        response.say("Thank you for calling.")
    return twiml(response)


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", "5000")))
