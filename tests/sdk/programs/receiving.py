"""An app that is texted: it answers with TwiML, checks every signature, and is told what became of a text of its own.

It runs with any twilio-python: receiving.py PHONE NUMBER. It prints `ready` once it has the number and has texted the
phone, and at the end of its standard input what it was asked, whether it believed it, and whether it would have
believed the same with one word changed.
"""

import json
import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

import twilio

phone, number = sys.argv[1:]
sid, token = os.environ["TWILIO_ACCOUNT_SID"], os.environ["TWILIO_AUTH_TOKEN"]

if twilio.__version__.startswith("5."):
    from twilio.rest import TwilioRestClient
    from twilio.twiml import Response
    from twilio.util import RequestValidator

    client = TwilioRestClient(sid, token)
    buy = client.phone_numbers.purchase
else:
    from twilio.request_validator import RequestValidator
    from twilio.rest import Client
    from twilio.twiml.messaging_response import MessagingResponse as Response

    client = Client(sid, token)
    buy = client.incoming_phone_numbers.create

heard = []


class App(BaseHTTPRequestHandler):
    def do_GET(self):
        self.hear({})

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.hear(dict(parse_qsl(body, keep_blank_values=True)))

    def hear(self, form):
        told = form or dict(parse_qsl(urlsplit(self.path).query))
        signature = self.headers["X-Twilio-Signature"]
        validate = RequestValidator(token).validate
        changed = {**form, "Body": "something else"} if form else form
        heard.append(
            {
                "path": urlsplit(self.path).path,
                "body": told.get("Body"),
                "status": told["MessageStatus"] if "MessageStatus" in told else told["SmsStatus"],
                "believed": validate(url + self.path, form, signature),
                "fooled": validate(url + self.path + ("" if form else "x"), changed, signature),
            }
        )
        answer = Response()
        if self.path.startswith("/sms"):
            answer.message(f"You said <{told['Body']}> & more")
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.end_headers()
        self.wfile.write(str(answer).encode())

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), App)
url = f"http://127.0.0.1:{server.server_port}"
Thread(target=server.serve_forever, daemon=True).start()

buy(phone_number=number, sms_url=url + "/sms?shop=7&note=a%20b", sms_method=os.environ.get("SMS_METHOD", "POST"))
client.messages.create(to=phone, from_=number, body="Hello", status_callback=url + "/status")
print("ready", flush=True)
sys.stdin.read()
print(json.dumps(heard))
