"""STOP, START and HELP: words that a person may text to any number, and that the number obeys by itself.

A message that consists of one such word (in any case) opts the person out of that number's messages, or in again, or
asks for help. The number answers, the app's webhook is told as of any text, and until the person opts in again every
message to them from that number is refused with 21610, by a guard in the very INSERT that would accept it. Short codes
do none of this: what they do about STOP is their app's business. A name that texts a number is no person, and cannot be
answered.

https://help.twilio.com/articles/223134027 (Twilio's default handling of opt-out keywords)
"""

from typing import Literal

from offhook.kit.phone import is_alphanumeric_sender, is_short_code
from offhook.products.messaging import store
from offhook.products.messaging.accepting import Draft
from offhook.products.messaging.message import Message
from offhook.products.messaging.sending import Sending
from offhook.storage import Step, Unit

Wish = Literal["stop", "start", "help"]

WORDS: dict[str, Wish] = {
    **dict.fromkeys(("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"), "stop"),
    **dict.fromkeys(("START", "YES", "UNSTOP"), "start"),
    **dict.fromkeys(("HELP", "INFO"), "help"),
}
ANSWERS: dict[Wish, str] = {
    "stop": "You have opted out and will get no more messages from this number. Reply START to get them again.",
    "start": "You will get messages from this number again. Reply STOP to opt out, HELP for help.",
    "help": "Reply STOP to get no more messages from this number. Msg&Data Rates May Apply.",
}


def wish_of(body: str) -> Wish | None:
    """What a text asks the number itself for, or None."""
    return WORDS.get(body.strip().upper())


class OptingOut:
    """Obeys people's wishes."""

    def __init__(self, sending: Sending) -> None:
        self._sending = sending

    def obey(self, unit: Unit, message: Message) -> None:
        """If an inbound message is such a word, add to `unit` what follows from it; said twice, it changes nothing."""
        alone = is_short_code(message.to) or is_alphanumeric_sender(message.from_)
        wish = None if alone else wish_of(message.body)
        if wish == "stop":
            is_news = store.opt_out(unit, message.account_sid, message.to, message.from_, message.date_created)
            self._answer(unit, message, wish, after=is_news, guarded=False)
        elif wish == "start":
            self._answer(unit, message, wish, after=store.opt_in(unit, message.to, message.from_))
        elif wish == "help":
            self._answer(unit, message, wish)

    def _answer(
        self, unit: Unit, message: Message, wish: Wish, *, after: Step | None = None, guarded: bool = True
    ) -> None:
        draft = Draft(from_=message.to, to=message.from_, body=ANSWERS[wish], in_reply_to=message.sid)
        self._sending.accept(unit, message.account_sid, draft, direction="outbound-reply", after=after, guarded=guarded)
