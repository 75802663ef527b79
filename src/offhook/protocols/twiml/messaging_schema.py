"""The verbs and nouns of a messaging document (Twilio, "TwiML for Programmable Messaging").

`<Sms>` is what `<Message>` was called before it could carry media; old applications still answer with it.
"""

from .schema import Rule

_METHOD = frozenset({"GET", "POST"})
_MESSAGE_ATTRIBUTES = {"to": None, "from": None, "action": None, "method": _METHOD, "statusCallback": None}

MESSAGING = {
    "Response": Rule(children={"Message": "Message", "Sms": "Sms", "Redirect": "Redirect"}),
    "Message": Rule(
        attributes=_MESSAGE_ATTRIBUTES,
        children={"Body": "Body", "Media": "Media"},
        text=True,
    ),
    "Sms": Rule(attributes=_MESSAGE_ATTRIBUTES, text=True),
    "Redirect": Rule(attributes={"method": _METHOD}, text=True),
    "Body": Rule(text=True),
    "Media": Rule(text=True),
}
