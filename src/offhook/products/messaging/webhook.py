"""What a number's webhook is told about a text, in full, and what a reply's `action` is told besides.

https://www.twilio.com/docs/messaging/guides/webhook-request#parameters-in-twilios-request-to-your-application
"""

from offhook.kit.geography import place_of
from offhook.products.messaging.media import MediaFile
from offhook.products.messaging.message import Message
from offhook.products.messaging.sending import API_VERSION
from offhook.web.origin import Origin

Parameters = tuple[tuple[str, str], ...]
INVALID = "invalid"


def webhook_parameters(message: Message, files: list[MediaFile], origin: Origin) -> Parameters:
    """The parameters for an inbound message; its files are fetched at `origin`."""
    sender, recipient = place_of(message.from_), place_of(message.to)
    return (
        ("ToCountry", recipient.country),
        ("ToState", recipient.state),
        ("SmsMessageSid", message.sid),
        ("NumMedia", str(message.num_media)),
        ("ToCity", recipient.city),
        ("FromZip", sender.zip),
        ("SmsSid", message.sid),
        ("FromState", sender.state),
        ("SmsStatus", "received"),
        ("FromCity", sender.city),
        ("Body", message.body),
        ("FromCountry", sender.country),
        ("To", message.to),
        ("ToZip", recipient.zip),
        ("NumSegments", str(message.num_segments)),
        ("MessageSid", message.sid),
        ("AccountSid", message.account_sid),
        ("From", message.from_),
        ("ApiVersion", API_VERSION),
        *(pair for at, file in enumerate(files) for pair in _of_file(at, file, origin)),
    )


def action_parameters(parameters: Parameters, sid: str | None) -> Parameters:
    """What a document's `action` is told: the same about the text, and the SID of the message that it sent.

    Without a SID the message could not be sent. `SmsMessageSid` is still the text that is answered.
    https://www.twilio.com/docs/messaging/twiml/message#action
    """
    status = "queued" if sid else INVALID
    told = {"MessageStatus": status, "SmsStatus": status, **({"MessageSid": sid, "SmsSid": sid} if sid else {})}
    about_text = [pair for pair in parameters if pair[0] not in ("MessageSid", "SmsSid", "SmsStatus")]
    return (*about_text, *told.items())


def _of_file(at: int, file: MediaFile, origin: Origin) -> Parameters:
    return ((f"MediaContentType{at}", file.content_type), (f"MediaUrl{at}", origin.url(file.path)))
