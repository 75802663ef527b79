"""What a number's webhook is told about a text, in full.

https://www.twilio.com/docs/messaging/guides/webhook-request#parameters-in-twilios-request-to-your-application
"""

from offhook.kit.geography import place_of
from offhook.products.messaging.message import Message
from offhook.products.messaging.sending import API_VERSION


def webhook_parameters(message: Message) -> tuple[tuple[str, str], ...]:
    """The parameters for an inbound message."""
    sender, recipient = place_of(message.from_), place_of(message.to)
    return (
        ("ToCountry", recipient.country),
        ("ToState", recipient.state),
        ("SmsMessageSid", message.sid),
        ("NumMedia", "0"),
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
    )
