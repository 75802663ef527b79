"""A login with a code by text, in the words of twilio-python 6 to 9. Prints what it saw as JSON.

Usage: verifying.py PHONE; the phone's owner reads the code off it.
"""

import json
import os
import sys
from urllib.parse import quote

import twilio
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

phone = sys.argv[1]
client = Client()
saw = {"version": twilio.__version__}


def refused(call, **arguments):
    """How the SDK says that the API refused: status and code."""
    try:
        call(**arguments)
    except TwilioRestException as refusal:
        return [refusal.status, refusal.code]
    return "it was accepted"


def read_off_the_phone():
    """The code that the phone shows."""
    url = f"{os.environ['OFFHOOK_URL']}/offhook/v1/Handsets/{quote(phone)}/LatestCode"
    return json.loads(client.request("GET", url).text)["code"]


made = client.verify.v2.services.create(friendly_name="Owl Bank", code_length=8)
service = client.verify.v2.services(made.sid)
saw["service"] = [made.sid[:2], made.friendly_name, made.code_length, made.dtmf_input_required]
begun = service.verifications.create(to=phone, channel="sms", locale="fr")
saw["begun"] = [begun.sid[:2], begun.status, begun.channel, begun.valid, begun.to == phone]
saw["again"] = service.verifications.create(to=phone, channel="sms").sid == begun.sid
saw["fetched"] = service.verifications(phone).fetch().sid == begun.sid
saw["wrong"] = service.verification_checks.create(to=phone, code="no2222").status
right = service.verification_checks.create(to=phone, code=read_off_the_phone())
saw["right"] = [right.status, right.valid, right.sid == begun.sid]
saw["gone"] = refused(service.verification_checks.create, to=phone, code="12345678")
saw["no number"] = refused(service.verifications.create, to="4155550100", channel="sms")
limit = service.rate_limits.create(unique_name="ip")
bucket = service.rate_limits(limit.sid).buckets.create(max=4, interval=60)
saw["limit"] = [limit.sid[:2], bucket.sid[:2], bucket.max, bucket.interval]
saw["services"] = [one.sid for one in client.verify.v2.services.list(limit=1)] == [made.sid]
saw["deleted"] = service.delete()
print(json.dumps(saw))
