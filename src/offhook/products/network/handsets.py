"""The people on the simulated network: whoever has a number that nobody owns, and every `client:` identity.

A phone's texts are a table, written before the network gives its receipt. Everybody's phone is seen by the first
account, which stands for the person who runs this network.
"""

import re
from typing import Any, Literal

import msgspec

from offhook.carriers import MOST_FILES, Holding, Media, MediaError, MediaFiles, check_total
from offhook.carriers.simulator import SimulatedNetwork, Text
from offhook.exchanges import events
from offhook.kit.clock import Clock
from offhook.kit.phone import is_alphanumeric_sender, is_client, is_short_code, normalise
from offhook.kit.sids import HANDSET_MESSAGE, MESSAGE, new_sid
from offhook.products.network import phones, store
from offhook.products.network.behaving import Behaving
from offhook.products.network.handset import Handset
from offhook.products.network.rule import Rule
from offhook.products.network.text import HandsetText
from offhook.storage import Database, Page, PageRequest, Step, Unit
from offhook.web import ApiError

DIGEST = re.compile(r"[0-9a-f]{64}")


class Phones:
    """Implements the simulator's `Handsets`: what the phones show."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def receive(self, unit: Unit, text: Text) -> Step:
        """Show `text` on the phone of its destination."""
        return self._add(unit, self.show(text, text.to, "inbound"))

    def sent(self, unit: Unit, text: Text) -> Step:
        """Show `text` on the phone of its sender."""
        return self._add(unit, self.show(text, text.from_, "outbound"))

    def _add(self, unit: Unit, shown: HandsetText) -> Step:
        whose, now, phone = shown.account_sid, shown.date_created, shown.address
        events.note(unit, "handset-message.created", account_sid=whose, sid=shown.sid, now=now, detail=phone)
        return store.add(unit, shown)

    def show(self, text: Text, address: str, direction: Literal["inbound", "outbound"]) -> HandsetText:
        """The line that a phone shows for `text`: on its sender's phone, the same line each time it is asked for."""
        own = text.attempt.removeprefix(MESSAGE)
        return HandsetText(
            seq=0,
            sid=new_sid(HANDSET_MESSAGE) if direction == "inbound" else HANDSET_MESSAGE + own,
            account_sid=text.account_sid,
            address=address,
            direction=direction,
            from_=text.from_,
            to=text.to,
            body=text.body,
            message_sid=text.message_sid,
            attempt=text.attempt,
            date_created=self._clock.now(),
            media=msgspec.json.encode(text.media).decode(),
        )


class Handsets:
    """The service of this slice: the person with the phone."""

    def __init__(
        self,
        database: Database,
        network: SimulatedNetwork,
        phones: Phones,
        behaving: Behaving,
        files: MediaFiles,
    ) -> None:
        self._database = database
        self._behaving = behaving
        self._files = files
        self._phones = phones
        self._network = network
        files.used_by(network.carries)
        files.used_by(self._shows)

    async def text(self, account_sid: str, address: str, to: str, body: str, media_urls: list[str]) -> HandsetText:
        """The person at `address` texts `to`. Raises ApiError for an address that is none, a file that is not there."""
        sender, recipient = known_address(address), known_recipient(to)
        behaviour = await self._behaving.of(sender)
        if behaviour.is_off:
            raise ApiError(20409, f"The phone {sender} is switched off", 409)
        if behaviour.line == "landline":
            raise ApiError(20409, f"The phone {sender} is a landline, which cannot text", 409)
        if len(media_urls) > MOST_FILES:
            raise ApiError(21623, f"Number of media files exceeds the allowed limit of {MOST_FILES}")
        async with self._files.holding() as holding:
            media = await self._fetched(media_urls, holding)
            text = await self._network.text(account_sid, sender, recipient, body, media)
        return self._phones.show(text, text.from_, "outbound")

    async def _fetched(self, urls: list[str], holding: Holding) -> tuple[Media, ...]:
        try:
            media = [await self._files.fetch(url, holding) for url in urls]
            check_total(media)
        except MediaError as problem:
            raise ApiError(21620, f"Invalid media URL: {problem}") from problem
        return tuple(media)

    async def _shows(self, digest: str) -> bool:
        return await store.shows(self._database, digest)

    async def file(self, digest: str) -> bytes | None:
        """The bytes of a picture that a phone shows."""
        return await self._files.content(digest) if DIGEST.fullmatch(digest) else None

    async def texts(self, address: str, request: PageRequest, *, oldest_first: bool) -> Page[HandsetText]:
        """What the phone at `address` shows."""
        return await store.page(self._database, known_address(address), request, oldest_first=oldest_first)

    async def page(self, request: PageRequest) -> Page[Handset]:
        """The phones that have texts, the one that was used last first, and then those that only behave."""
        found = await phones.page(self._database, request)
        shown = [Handset(await self._traits(phone.address), phone.date_last_text) for phone in found.rows]
        return Page(shown, request, found.next_token, found.previous_token)

    async def find(self, address: str) -> Handset:
        """The phone at `address`: there is one at every address."""
        pattern = known_pattern(address)
        return Handset(await self._traits(pattern), await store.last_text(self._database, pattern))

    async def behave(self, address: str, changes: dict[str, Any]) -> Handset:
        """Set some traits of a phone, or of all that begin alike."""
        rule = await self._behaving.change(known_pattern(address), changes, self._network)
        return Handset(rule, await store.last_text(self._database, rule.pattern))

    async def reset(self, address: str) -> bool:
        """Behave by default again."""
        return await self._behaving.reset(known_pattern(address), self._network)

    async def _traits(self, pattern: str) -> Rule:
        found = await self._behaving.rule(pattern)
        return msgspec.structs.replace(found, pattern=pattern) if found else Rule(0, pattern)


def known_recipient(text: str) -> str:
    """Whom a person can text: an address, or a short code. Raises ApiError 21211."""
    if is_alphanumeric_sender(text):
        raise ApiError(21211, f"Invalid 'To': {text} is a name, and nobody can text it")
    return text if is_short_code(text) else known_address(text)


def known_pattern(text: str) -> str:
    """An address, or a prefix of numbers with a star behind. Raises ApiError 21211."""
    prefix = text[:-1]
    if text.endswith("*") and (prefix in ("", "+") or (prefix[0] == "+" and prefix[1:].isdecimal())):
        return text
    return known_address(text)


def known_address(text: str) -> str:
    """A handset's address: E.164, or `client:name`. Raises ApiError 21211."""
    if is_client(text):
        return text
    number = normalise(text, "US")
    if number is None:
        raise ApiError(21211, f"Invalid handset address: {text} (an E.164 number, or client:name)")
    return number
