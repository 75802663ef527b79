"""What documents and callbacks are told of a call.

https://www.twilio.com/docs/voice/twiml#request-parameters
https://www.twilio.com/docs/voice/api/call-resource#statuscallback
"""

from offhook.kit.clock import to_datetime
from offhook.kit.geography import place_of
from offhook.products.voice.call import FINAL, Call, CallEvent

Parameters = tuple[tuple[str, str], ...]
API_VERSION = "2010-04-01"
PROGRESS = "call-progress-events"
SECONDS_OF_MINUTE = 60


def of_call(call: Call) -> Parameters:
    """The parameters of every request about a call. Who calls is also `Caller`, who is called `Called`."""
    told = [
        ("CallSid", call.sid),
        ("AccountSid", call.account_sid),
        ("From", call.from_),
        ("To", call.to),
        ("Caller", call.from_),
        ("Called", call.to),
        ("CallStatus", call.status),
        ("ApiVersion", API_VERSION),
        ("Direction", call.direction),
    ]
    more = {
        "ParentCallSid": call.parent_call_sid,
        "ForwardedFrom": call.forwarded_from,
        "CallerName": call.caller_name,
        "AnsweredBy": call.answered_by,
    }
    told += [(name, value) for name, value in more.items() if value]
    return (*told, *_places(call))


def of_event(call: Call, event: CallEvent, number: int, now: int) -> Parameters:
    """The parameters of a status callback: the `number`-th of this call, counted from 0."""
    status = "initiated" if event == "initiated" else call.status
    told = tuple((name, status if name == "CallStatus" else value) for name, value in of_call(call))
    moment = to_datetime(now).strftime("%a, %d %b %Y %H:%M:%S +0000")
    told += (("Timestamp", moment), ("CallbackSource", PROGRESS), ("SequenceNumber", str(number)))
    if call.status in FINAL and (duration := call.duration) is not None:
        told += (("CallDuration", str(duration)), ("Duration", str(_minutes(duration))))
    return told


def _minutes(seconds: int) -> int:
    """Minutes begun."""
    return -(-seconds // SECONDS_OF_MINUTE)


def _places(call: Call) -> Parameters:
    found: list[tuple[str, str]] = []
    for names, address in ((("From", "Caller"), call.from_), (("To", "Called"), call.to)):
        place = place_of(address)
        parts = {"City": place.city, "State": place.state, "Zip": place.zip, "Country": place.country}
        found += [(name + part, value) for name in names for part, value in parts.items()]
    return tuple(found)
