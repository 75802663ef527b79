"""The service of this slice: what the API and other products may ask of messaging."""

from dataclasses import replace

from offhook.products.messaging import errors, store
from offhook.products.messaging.accepting import Accepting
from offhook.products.messaging.attaching import Attaching
from offhook.products.messaging.changing import Changing
from offhook.products.messaging.message import Message
from offhook.products.messaging.receiving import Receiving
from offhook.products.messaging.sending import Sending
from offhook.protocols import gsm7
from offhook.storage import Database, Page, PageRequest, Queue, Unit


class Messaging:
    """Accepts messages, finds messages; `sending` and `receiving` do the work behind it."""

    def __init__(
        self,
        database: Database,
        accepting: Accepting,
        sending: Sending,
        receiving: Receiving,
        changing: Changing,
        attaching: Attaching,
        *,
        private_media: bool = False,
    ) -> None:
        self._database = database
        self._accepting = accepting
        self.changing = changing
        self.attaching = attaching
        self.private_media = private_media
        self.sending = sending
        self.receiving = receiving

    @property
    def queues(self) -> list[Queue[Message]]:
        """The queues that a process works on which sends and answers."""
        return [self.sending.queue, self.receiving.queue]

    async def accept(
        self,
        unit: Unit,
        account_sid: str,
        *,
        to: str,
        from_: str | None,
        body: str | None,
        smart_encoded: bool = False,
        status_callback: str | None = None,
        application_sid: str | None = None,
        validity: int | None = None,
        media_urls: tuple[str, ...] = (),
    ) -> Message:
        """Check a message and add it to `unit`. Raises ApiError with Twilio's code."""
        if body and smart_encoded:
            body = gsm7.smart_encode(body)
        draft = await self._accepting.check(account_sid, to=to, from_=from_, body=body, media_urls=media_urls)
        if validity is not None and not 1 <= validity <= errors.LONGEST_VALIDITY:
            raise errors.validity_invalid(validity)
        if application_sid and not status_callback:
            status_callback = await self._accepting.callback_of(account_sid, application_sid)
        draft = replace(draft, status_callback=status_callback, validity=validity)
        return self.sending.accept(unit, account_sid, draft, otherwise=errors.opted_out(draft.to))

    async def fetch(self, account_sid: str, sid: str) -> Message | None:
        """The account's message with this SID."""
        return await store.by_sid(self._database, account_sid, sid)

    async def page(
        self,
        account_sid: str,
        request: PageRequest,
        *,
        from_: str | None,
        to: str | None,
        since: int | None,
        until: int | None,
    ) -> Page[Message]:
        """The account's messages, newest first."""
        return await store.page(self._database, account_sid, request, from_=from_, to=to, since=since, until=until)
