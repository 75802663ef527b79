"""TwiML bins of all accounts."""

from offhook.kit.clock import Clock
from offhook.kit.sids import TWIML_BIN, new_sid
from offhook.products.numbers import errors, store
from offhook.products.numbers.twiml_bin import TwimlBin
from offhook.protocols import twiml
from offhook.storage import Database, Page, PageRequest, Unit

XML = "application/xml"


class TwimlBins:
    """Keeps bins."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def add(self, account_sid: str, friendly_name: str, document: str) -> TwimlBin:
        """Keep a document. Raises ApiError for one that is none."""
        check(document)
        now = self._clock.now()
        kept = TwimlBin(0, new_sid(TWIML_BIN), account_sid, friendly_name, document, now, now)
        unit = Unit()
        store.kept_bins.add(unit, kept)
        await self._database.commit(unit)
        return kept

    async def fetch(self, account_sid: str, sid: str) -> TwimlBin | None:
        """The account's bin with this SID."""
        return await store.kept_bins.by_sid(self._database, account_sid, sid)

    async def anywhere(self, sid: str) -> TwimlBin | None:
        """The bin with this SID, whosever it is: for whoever knows its URL."""
        return await store.bin_anywhere(self._database, sid)

    async def change(
        self, account_sid: str, sid: str, friendly_name: str | None, document: str | None
    ) -> TwimlBin | None:
        """Set name or document; None when the account has no such bin. Raises ApiError for what is no document."""
        if document is not None:
            check(document)
        given = {"friendly_name": friendly_name, "twiml": document}
        changes = {name: value for name, value in given.items() if value is not None}
        if changes:
            unit = Unit()
            store.kept_bins.change(unit, account_sid, sid, changes, self._clock.now())
            await self._database.commit(unit)
        return await self.fetch(account_sid, sid)

    async def remove(self, account_sid: str, sid: str) -> bool:
        """Forget a bin; False when the account has no such one."""
        unit = Unit()
        step = store.kept_bins.remove(unit, account_sid, sid)
        await self._database.commit(unit)
        return step.changed > 0

    async def page(self, account_sid: str, request: PageRequest) -> Page[TwimlBin]:
        """The account's bins, newest first."""
        return await store.kept_bins.page(self._database, account_sid, request)


def check(document: str) -> None:
    """Raises ApiError 20001 for what is no TwiML; places in braces may stand in text and in attributes."""
    try:
        twiml.parse(document.encode(), XML)
    except twiml.TwimlError as problem:
        raise errors.twiml_invalid(problem.message, problem.line) from problem
