"""Tells customers that their order is ready, and knows who could not be told."""

import os

from flask import Flask, jsonify, request, url_for
from twilio.rest import Client

app = Flask(__name__)
orders: dict[str, str] = {}


@app.post("/orders/<name>/ready")
def notify(name: str):
    """The kitchen calls this: `phone` gets a text, and Twilio says at `/orders/<name>/status` what became of it."""
    message = Client().messages.create(
        to=request.form["phone"],
        from_=os.environ["SHOP_NUMBER"],
        body=f"{name}, your order is ready!",
        status_callback=url_for("note", name=name, _external=True),
    )
    orders.setdefault(name, message.status)
    return jsonify(orders)


@app.post("/orders/<name>/status")
def note(name: str):
    """Twilio calls this, once for each status."""
    orders[name] = " ".join([request.form["MessageStatus"], request.form.get("ErrorCode", "")]).strip()
    return "", 204


@app.get("/orders")
def show():
    """The kitchen looks at this."""
    return jsonify(orders)


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", "5000")))
