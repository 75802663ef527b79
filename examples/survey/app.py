"""A survey by text. Which question comes next is in a cookie: Twilio keeps one jar for each conversation."""

import os

from flask import Flask, make_response, request
from twilio.twiml.messaging_response import MessagingResponse

QUESTIONS = ["How was your stay, from 1 to 5?", "What should we do better?"]
app = Flask(__name__)
answers: dict[str, list[str]] = {}


@app.post("/sms")
def ask():
    """The number's webhook: whatever comes after a question is the answer to it."""
    asked = int(request.cookies.get("asked", "0"))
    given = answers.setdefault(request.form["From"], [])
    if asked:
        given.append(request.form["Body"])
    reply = MessagingResponse()
    reply.message(QUESTIONS[asked] if asked < len(QUESTIONS) else f"Thank you for {len(given)} answers!")
    response = make_response(str(reply), {"Content-Type": "text/xml"})
    response.set_cookie("asked", str((asked + 1) % (len(QUESTIONS) + 1)))
    return response


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", "5000")))
