"""Signing in with a code that a voice says: Lookup tells who has a landline and is to be called, not texted."""

import os
import secrets

from flask import Flask, request, session
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

app = Flask(__name__)
app.secret_key = os.environ.get("SECRET_KEY") or secrets.token_hex()


def service():
    """The Verify service, which was made once, by hand or by API."""
    return Client().verify.v2.services(os.environ["VERIFY_SERVICE_SID"])


def channel(phone: str) -> str:
    """How a phone is told a code."""
    found = Client().lookups.v2.phone_numbers(phone).fetch(fields="line_type_intelligence")
    return "call" if found.line_type_intelligence["type"] == "landline" else "sms"


@app.post("/login")
def begin():
    """Somebody types a phone number. Who asks again is told the same code again."""
    sent = service().verifications.create(to=request.form["phone"], channel=channel(request.form["phone"]))
    session["asked"] = sent.to
    return {"code sent to": sent.to, "by": sent.channel}


@app.post("/code")
def finish():
    """Somebody types the code that was said."""
    check = service().verification_checks.create(to=session["asked"], code=request.form["code"])
    if check.status != "approved":
        return {"error": "That is not the code."}, 401
    session["phone"] = session.pop("asked")
    return {"signed in as": session["phone"]}


@app.errorhandler(TwilioRestException)
def refuse(problem: TwilioRestException):
    """No such number (400), no code that counts any more (404), too many wrong ones (429)."""
    return {"error": problem.msg}, problem.status


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", "5000")))
