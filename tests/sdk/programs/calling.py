"""What an app does with Twilio's REST API, in the words of twilio-python 6 to 9. Prints what it saw as JSON.

Usage: calling.py PHONE NUMBER, a phone to text and a number to buy; both are this run's own.
"""

import json
import sys
import time

import twilio
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

phone, number = sys.argv[1:]
client = Client()
saw = {"version": twilio.__version__}


def refused(work):
    """How the SDK says that the API refused: status and code."""
    try:
        work()
    except TwilioRestException as problem:
        return [problem.status, problem.code]
    return "it was accepted"


# a number of one's own
bought = client.incoming_phone_numbers.create(phone_number=number, friendly_name="Front desk")
client.incoming_phone_numbers(bought.sid).update(sms_url="https://app.example/sms", sms_method="GET")
found = client.incoming_phone_numbers.list(phone_number=number)
saw["numbers"] = [[n.phone_number, n.friendly_name, n.sms_url, n.sms_method, n.capabilities["sms"]] for n in found]
offered = client.available_phone_numbers("US").local.list(area_code=415, limit=2)
saw["offered"] = [n.phone_number[:5] for n in offered]

# texts
sent = [client.messages.create(to=phone, from_=number, body=f"Text {n}") for n in range(5)]
first = sent[0]
saw["created"] = [first.sid[:2], len(first.sid), first.status, first.direction, first.num_segments, first.error_code]
fetched = client.messages(first.sid).fetch()
saw["fetched"] = [fetched.sid == first.sid, fetched.body, fetched.to, fetched.from_, fetched.date_created.tzname()]
saw["listed"] = [m.body for m in client.messages.list(to=phone, page_size=2)]
saw["limited"] = [m.body for m in client.messages.stream(to=phone, limit=3, page_size=2)]
page = client.messages.page(to=phone, page_size=4)
following = page.next_page()
saw["pages"] = [len(list(page)), len(list(following)), following.next_page() is None]
while client.messages(first.sid).fetch().status != "delivered":  # only what has arrived may be redacted
    time.sleep(0.05)
saw["redacted"] = client.messages(first.sid).update(body="").body
saw["deleted"] = [client.messages(first.sid).delete(), refused(client.messages(first.sid).fetch)]
saw["no such number"] = refused(lambda: client.messages.create(to="+1", from_=number, body="Hello"))
saw["no body"] = refused(lambda: client.messages.create(to=phone, from_=number))

# accounts and keys
saw["account"] = client.api.accounts(client.account_sid).fetch().status
child = client.api.accounts.create(friendly_name="A customer")
theirs = Client(child.sid, child.auth_token)
saw["subaccount"] = [child.owner_account_sid == client.account_sid, theirs.messages.list(to=phone)]
given = client.api.accounts(child.sid).incoming_phone_numbers.create(area_code="206")
saw["number of the subaccount"] = [n.sid == given.sid for n in theirs.incoming_phone_numbers.list()]
key = client.new_keys.create(friendly_name="A key")
with_key = Client(key.sid, key.secret, client.account_sid)
saw["with a key"] = with_key.messages(sent[1].sid).fetch().body
saw["wrong key"] = refused(Client(key.sid, "wrong", client.account_sid).messages(sent[1].sid).fetch)
saw["key gone"] = client.keys(key.sid).delete()
saw["closed"] = client.api.accounts(child.sid).update(status="closed").status

# lists of the other kind, with whole URLs from page to page, also in another part of the world
saw["alerts"] = [a.error_code for a in client.monitor.v1.alerts.list(page_size=1)]
near = Client(region="ie1", edge="dublin")
saw["alerts nearby"] = [a.error_code for a in near.monitor.v1.alerts.list(page_size=1)]

# what Offhook has not got, and giving the number back
saw["not there"] = refused(client.pricing.v1.voice.countries("US").fetch)
saw["released"] = client.incoming_phone_numbers(bought.sid).delete()

print(json.dumps(saw))
