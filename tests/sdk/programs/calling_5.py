"""The same as calling.py in the words of twilio-python 5, of 2016."""

import json
import os
import sys
import time

import twilio
from twilio.rest import TwilioRestClient
from twilio.rest.exceptions import TwilioRestException
from twilio.rest.lookups import TwilioLookupsClient
from twilio.rest.monitor import TwilioMonitorClient
from twilio.rest.pricing import TwilioPricingClient

phone, number = sys.argv[1:]
credentials = os.environ["TWILIO_ACCOUNT_SID"], os.environ["TWILIO_AUTH_TOKEN"]
client = TwilioRestClient(*credentials)
saw = {"version": twilio.__version__}


def refused(work, *arguments, **named):
    """How the SDK says that the API refused: status and code."""
    try:
        work(*arguments, **named)
    except TwilioRestException as problem:
        return [problem.status, problem.code]
    return "it was accepted"


# a number of one's own
bought = client.phone_numbers.purchase(phone_number=number, friendly_name="Front desk")
client.phone_numbers.update(bought.sid, sms_url="https://app.example/sms", sms_method="GET")
found = client.phone_numbers.list(phone_number=number)
saw["numbers"] = [[n.phone_number, n.friendly_name, n.sms_url, n.sms_method, n.capabilities["sms"]] for n in found]
offered = client.phone_numbers.search(area_code=415, page_size=2)
saw["offered"] = [n.phone_number[:5] for n in offered]

# texts
sent = [client.messages.create(to=phone, from_=number, body=f"Text {n}") for n in range(5)]
first = sent[0]
saw["created"] = [first.sid[:2], len(first.sid), first.status, first.direction, first.num_segments, first.error_code]
fetched = client.messages.get(first.sid)
saw["fetched"] = [fetched.sid == first.sid, fetched.body, fetched.to, fetched.from_, fetched.date_created.year > 2000]
saw["listed"] = [m.body for m in client.messages.list(to=phone)]
saw["limited"] = [m.body for m in client.messages.list(to=phone, page_size=3)]
saw["pages"] = [len(client.messages.list(to=phone, page_size=4, page=page)) for page in range(3)]
following = client.messages.iter(to=phone, page_size=2)
saw["followed"] = [next(following).body for _ in range(5)]
while client.messages.get(first.sid).status != "delivered":  # only what has arrived may be redacted
    time.sleep(0.05)
saw["redacted"] = client.messages.redact(first.sid).body
saw["deleted"] = [client.messages.delete(first.sid), refused(client.messages.get, first.sid)]
saw["no such number"] = refused(client.messages.create, to="+1", from_=number, body="Hello")
saw["no body"] = refused(client.messages.create, to=phone, from_=number)

# texts as they were before there were pictures
old = client.sms.messages.create(to=phone, from_=number, body="Old text")
saw["old"] = [old.sid[:2], old.status, old.direction, client.sms.messages.get(old.sid).body]
saw["old listed"] = [m.body for m in client.sms.messages.list(to=phone)][:2]
saw["old refused"] = refused(client.sms.messages.create, to="+1", from_=number, body="Hello")

# accounts and keys
saw["account"] = client.accounts.get(credentials[0]).status
child = client.accounts.create(friendly_name="A customer")
theirs = TwilioRestClient(child.sid, child.auth_token)
saw["subaccount"] = [child.owner_account_sid == credentials[0], theirs.messages.list(to=phone)]
given = client.accounts.get(child.sid).incoming_phone_numbers.purchase(area_code="206")
saw["number of the subaccount"] = [n.sid == given.sid for n in theirs.phone_numbers.list()]
key = client.keys.create(friendly_name="A key")
saw["key"] = [k.friendly_name for k in client.keys.list() if k.sid == key.sid]
saw["key gone"] = client.keys.delete(key.sid)
saw["closed"] = client.accounts.update(child.sid, status="closed").status

# lists of the other kind
monitor = TwilioMonitorClient(*credentials)
saw["alerts"] = [a.error_code for a in monitor.alerts.list(page_size=2)]
alerts = monitor.alerts.iter(page_size=1)
saw["alerts followed"] = [next(alerts).error_code for _ in range(2)]

# what Offhook has not got, and giving the number back
saw["looked up"] = TwilioLookupsClient(*credentials).phone_numbers.get(phone).national_format
saw["not there"] = refused(TwilioPricingClient(*credentials).voice.countries.get, "US")
saw["released"] = client.phone_numbers.delete(bought.sid)

print(json.dumps(saw))
