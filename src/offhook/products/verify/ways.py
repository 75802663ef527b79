"""The ways a code goes out: as a text, said in a call, in an email."""

from collections.abc import Sequence

from offhook.carriers import Mail, MailCarrier, OutboundMessage
from offhook.products.messaging import Private
from offhook.products.verify import attempt_store as store
from offhook.products.verify import wording
from offhook.products.verify.attempt import Attempt, Manner
from offhook.products.verify.delivering import Delivering
from offhook.products.voice import Recital, Reciting
from offhook.storage import Database, Unit


class ByText:
    """Texts through messaging's private door: no Message, nothing but what the phone shows."""

    def __init__(self, private: Private, sender: str) -> None:
        self._private = private
        self._sender = sender

    async def send(self, attempt: Attempt, manner: Manner, code: str) -> None:
        """Text a code. Raises CarrierError."""
        text = OutboundMessage(
            account_sid=attempt.account_sid,
            sid=attempt.sid,
            attempt=f"{attempt.sid}-{attempt.tries}",
            from_=self._sender,
            to=attempt.to,
            body=wording.text(manner, code),
        )
        await self._private.send(text)


class ByCall:
    """Calls that say the code, digit by digit."""

    def __init__(self, database: Database, reciting: Reciting, delivering: Delivering, caller: str) -> None:
        self._database = database
        self._reciting = reciting
        self._delivering = delivering
        self._caller = caller

    async def send(self, attempt: Attempt, manner: Manner, code: str) -> None:
        """Begin a call; the attempt is delivered when the code was said."""
        language = wording.languages()[manner.locale]
        recital = Recital(
            wording.spoken(manner, code),
            press=language.press if manner.asks_first else "",
            again=language.again,
            voice=manner.voice,
            language=language.speech,
        )

        async def told(is_told: bool) -> None:
            await self._delivering.settle(attempt.sid, "delivered" if is_told else "undelivered")

        unit = Unit()
        whose, to, digits = attempt.account_sid, attempt.to, manner.send_digits
        sid = self._reciting.call(unit, whose, self._caller, to, recital, told, send_digits=digits)
        store.called(unit, attempt.sid, sid)
        await self._database.commit(unit)


class ByMail:
    """Emails, through every carrier that there is."""

    def __init__(self, carriers: Sequence[MailCarrier], sender: str) -> None:
        self._carriers = carriers
        self._sender = sender

    async def send(self, attempt: Attempt, manner: Manner, code: str) -> None:
        """Mail a code. Raises CarrierError."""
        subject = wording.languages()[manner.locale].subject
        mail = Mail(
            account_sid=attempt.account_sid,
            attempt=f"{attempt.sid}-{attempt.tries}",
            from_=manner.mail_from or self._sender,
            to=attempt.to,
            subject=wording.filled(subject, manner, code),
            text=wording.text(manner, code),
            from_name=manner.mail_from_name or manner.friendly_name,
        )
        for carrier in self._carriers:
            await carrier.send(mail)
