"""The service of this slice: what the API and other products may ask of messaging."""

from dataclasses import replace

from offhook.products.accounts import Accounts
from offhook.products.messaging import errors, history, listing, searching, store, traffic
from offhook.products.messaging.accepting import Accepting
from offhook.products.messaging.attaching import Attaching
from offhook.products.messaging.changing import Changing
from offhook.products.messaging.history import History
from offhook.products.messaging.message import Message
from offhook.products.messaging.private import Private
from offhook.products.messaging.receiving import Receiving
from offhook.products.messaging.searching import Wanted
from offhook.products.messaging.sending import Sending
from offhook.products.messaging.traffic import Traffic
from offhook.storage import Database, Page, PageRequest, Queue, Unit


class Messaging:
    """Accepts messages, finds messages; `sending` and `receiving` do the work behind it."""

    def __init__(
        self,
        database: Database,
        accounts: Accounts,
        accepting: Accepting,
        sending: Sending,
        receiving: Receiving,
        changing: Changing,
        attaching: Attaching,
    ) -> None:
        self._database = database
        self.accounts = accounts
        self._accepting = accepting
        self.changing = changing
        self.attaching = attaching
        self.sending = sending
        self.receiving = receiving

    @property
    def queues(self) -> list[Queue[Message]]:
        """The queues that a process works on which sends and answers."""
        return [self.sending.queue, self.receiving.queue]

    @property
    def private(self) -> Private:
        """The door for texts that are nobody's Message."""
        return self.sending.private

    async def accept(
        self,
        unit: Unit,
        account_sid: str,
        *,
        to: str,
        from_: str | None,
        body: str | None,
        status_callback: str | None = None,
        application_sid: str | None = None,
        validity: int | None = None,
        media_urls: tuple[str, ...] = (),
        tests: str | None = None,
    ) -> Message:
        """Check a message and add it to `unit`. Raises ApiError with Twilio's code.

        With test credentials (of the account `tests`; `account_sid` is the test SID) nothing is added.
        """
        draft = await self._accepting.check(
            tests or account_sid, to=to, from_=from_, body=body, media_urls=media_urls, is_test=tests is not None
        )
        if validity is not None and not 1 <= validity <= errors.LONGEST_VALIDITY:
            raise errors.validity_invalid(validity)
        if application_sid and not status_callback:
            status_callback = await self._accepting.callback_of(account_sid, application_sid)
        draft = replace(draft, status_callback=status_callback, validity=validity)
        if tests is not None:
            return self.sending.rehearse(account_sid, draft)
        return self.sending.accept(unit, account_sid, draft, otherwise=errors.opted_out(draft.to))

    async def fetch(self, account_sid: str, sid: str) -> Message | None:
        """The account's message with this SID."""
        return await store.by_sid(self._database, account_sid, sid)

    async def history(self, account_sid: str | None, sid: str) -> History | None:
        """What became of a message; of this account only, where one is given."""
        message = await store.anywhere(self._database, sid)
        if message is None or account_sid not in (None, message.account_sid):
            return None
        return await history.of(self._database, message)

    async def search(self, account_sid: str, request: PageRequest, wanted: Wanted) -> Page[Message]:
        """The account's messages for which all that is wanted is so, newest first."""
        return await searching.page(self._database, account_sid, request, wanted)

    async def traffic(self, account_sid: str | None, interval: int, now: int) -> Traffic:
        """How many messages there were; of this account only, where one is given."""
        return await traffic.traffic(self._database, account_sid, interval, now)

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
        return await listing.page(self._database, account_sid, request, from_=from_, to=to, since=since, until=until)
