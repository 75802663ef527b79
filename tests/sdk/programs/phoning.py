"""What an app does with calls, in the words of twilio-python 6 to 9. Prints what it saw as JSON.

Usage: phoning.py PHONE NUMBER, a phone to call, which answers at once, and a number to buy; both are this run's own.
"""

import json
import sys
import time

import twilio
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client
from twilio.twiml.voice_response import VoiceResponse

phone, number = sys.argv[1:]
client = Client()
saw = {"version": twilio.__version__}
twiml = VoiceResponse()
twiml.say("Hello")
twiml.pause(length=600)


def refused(work):
    """How the SDK says that the API refused: status and code."""
    try:
        work()
    except TwilioRestException as problem:
        return [problem.status, problem.code]
    return "it was accepted"


def reached(sid, status):
    """The call once it has this status."""
    while (call := client.calls(sid).fetch()).status != status:
        time.sleep(0.05)
    return call


bought = client.incoming_phone_numbers.create(phone_number=number)
made = client.calls.create(to=phone, from_=number, twiml=str(twiml))
saw["created"] = [made.sid[:2], made.status, made.direction, made.to, made.start_time]
answered = reached(made.sid, "in-progress")
saw["answered"] = [answered.start_time is not None, answered.end_time, answered.phone_number_sid == bought.sid]
recording = client.calls(made.sid).recordings.create()
saw["recording"] = [recording.status, recording.source]
client.calls(made.sid).update(twiml='<Response><Pause length="600"/></Response>')
saw["stopped"] = client.calls(made.sid).recordings("Twilio.CURRENT").update(status="stopped").status
client.calls(made.sid).update(status="completed")
over = reached(made.sid, "completed")
saw["over"] = [over.end_time is not None, int(over.duration) >= 0]
saw["listed"] = [call.sid == made.sid for call in client.calls.list(to=phone, status="completed")]
saw["recordings"] = [one.sid == recording.sid for one in client.recordings.list(call_sid=made.sid)]
saw["late"] = refused(lambda: client.calls(made.sid).update(twiml="<Response/>"))
saw["nonsense"] = refused(lambda: client.calls.create(to="+1", from_=number, twiml="<Response/>"))
saw["deleted"] = [client.calls(made.sid).delete(), refused(client.calls(made.sid).fetch)]
print(json.dumps(saw))
