"""What an app asks Lookup v2 about a number, in the words of twilio-python 8 and 9. Prints what it saw as JSON.

Usage: looking_up.py PHONE, a landline of Hooli's that belongs to ANN LEE.
"""

import json
import sys

import twilio
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

phone = sys.argv[1]
lookups = Client().lookups.v2
saw = {"version": twilio.__version__}

found = lookups.phone_numbers(phone).fetch()
saw["valid"] = [found.phone_number, found.valid, found.validation_errors]
saw["where"] = [found.country_code, found.calling_country_code]
saw["not asked for"] = [found.line_type_intelligence, found.caller_name]
saw["national"] = lookups.phone_numbers(found.national_format).fetch(country_code="US").phone_number
found = lookups.phone_numbers(phone).fetch(fields="line_type_intelligence,caller_name")
line, caller = found.line_type_intelligence, found.caller_name
saw["line"] = [line["type"], line["carrier_name"], line["error_code"]]
saw["caller"] = [caller["caller_name"], caller["caller_type"], caller["error_code"]]
short = lookups.phone_numbers("+1973264").fetch()
saw["too short"] = [short.valid, short.validation_errors]
try:
    lookups.phone_numbers(phone).fetch(fields="shoe_size")
except TwilioRestException as refusal:
    saw["nonsense"] = [refusal.status, refusal.code]
print(json.dumps(saw))
