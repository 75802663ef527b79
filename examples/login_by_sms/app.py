"""Signing in with a code by text: whoever reads the phone gets in. Verify makes, sends and checks the code."""

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


@app.post("/login")
def begin():
    """Somebody types a phone number."""
    sent = service().verifications.create(to=request.form["phone"], channel="sms")
    session["asked"] = sent.to
    return {"code sent to": sent.to}


@app.post("/code")
def finish():
    """Somebody types the code. The number is the one that was asked about, and not what a form says."""
    check = service().verification_checks.create(to=session["asked"], code=request.form["code"])
    if check.status != "approved":
        return {"error": "That is not the code."}, 401
    session["phone"] = session.pop("asked")
    return {"signed in as": session["phone"]}


@app.get("/me")
def me():
    """A page for those who are signed in."""
    return {"phone": session["phone"]} if "phone" in session else ({"error": "Sign in first."}, 401)


@app.errorhandler(TwilioRestException)
def refuse(problem: TwilioRestException):
    """No such number (400), no code that counts any more (404), too many wrong ones (429)."""
    return {"error": problem.msg}, problem.status


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", "5000")))
