"""What an app does with Lookup and with TOTP factors, in the words of twilio-python 6 to 9. Prints what it saw as JSON.

Usage: two_factor.py PHONE NOW, a phone to look up and what time it is there, in seconds since 1970.
"""

import json
import sys

import pyotp
import twilio
from twilio.rest import Client

phone, now = sys.argv[1], int(sys.argv[2])
client = Client()
saw = {"version": twilio.__version__}

# is it a phone that can be texted?
found = client.lookups.v1.phone_numbers(phone).fetch(type=["carrier", "caller-name"])
saw["looked up"] = [found.phone_number, found.country_code, found.carrier["type"], found.carrier["name"]]
saw["caller"] = found.caller_name["caller_name"]

# enrolling an authenticator app
made = client.verify.v2.services.create(friendly_name="Owl Bank")
service = client.verify.v2.services(made.sid)
user = service.entities("user-0001")
told = service.webhooks.create(friendly_name="App", event_types=["*"], webhook_url="https://app.example/told")
saw["webhook"] = [told.status, told.event_types]
factor = user.new_factors.create(friendly_name="Ann's phone", factor_type="totp")
app = pyotp.parse_uri(factor.binding["uri"])
saw["enrolled"] = [factor.status, factor.config, app.issuer, app.name]
saw["wrong"] = user.factors(factor.sid).update(auth_payload="00000000").status
saw["verified"] = user.factors(factor.sid).update(auth_payload=app.at(now)).status
saw["factors"] = [[one.sid == factor.sid, one.status] for one in user.factors.list()]

# signing in
saw["replayed"] = user.challenges.create(factor_sid=factor.sid, auth_payload=app.at(now)).status
challenge = user.challenges.create(factor_sid=factor.sid)
saw["asked"] = challenge.status
saw["signed in"] = user.challenges(challenge.sid).update(auth_payload=app.at(now + 30)).status
saw["challenges"] = sorted(one.status for one in user.challenges.list())
saw["gone"] = [user.factors(factor.sid).delete(), user.delete(), service.delete()]
print(json.dumps(saw))
