"""What Twilio checks before it accepts a message: is there a recipient, a sender that is yours, something to say?

In dev mode a sender that nobody owns is adopted by the account that uses it, and a sender of the same family (an
adopted account and the first one) is as good as one's own: hard-coded placeholders simply work, with a notice.
"""

from dataclasses import dataclass

import structlog

from offhook.carriers import MOST_FILES, Lines
from offhook.kit.phone import country_of, is_alphanumeric_sender, is_fixed_line, is_short_code, normalise
from offhook.products.accounts import Accounts
from offhook.products.messaging import errors, magic, store
from offhook.products.numbers import Numbers, capabilities_of
from offhook.storage import Database
from offhook.web import ApiError
from offhook.web.urls import is_web_url

log = structlog.get_logger("offhook.messaging")
LANDLINES_TRIED = frozenset({"US", "CA", "GB"})  # where the network is asked, since some of its carriers read texts out

WITHOUT_NAMES = frozenset({"US", "CA"})  # countries that alphanumeric senders cannot text


@dataclass(frozen=True, slots=True)
class Draft:
    """A message that may be sent; numbers are E.164."""

    from_: str
    to: str
    body: str
    status_callback: str | None = None
    validity: int | None = None  # seconds that it may wait to be sent
    media_urls: tuple[str, ...] = ()
    in_reply_to: str | None = None  # the SID of the text that it answers


class Accepting:
    """Checks messages before they are accepted."""

    def __init__(self, database: Database, accounts: Accounts, numbers: Numbers, lines: Lines, *, adopts: bool) -> None:
        self._database = database
        self._lines = lines
        self._accounts = accounts
        self._numbers = numbers
        self._adopts = adopts

    async def check(
        self,
        account_sid: str,
        *,
        to: str,
        from_: str | None,
        body: str | None,
        media_urls: tuple[str, ...] = (),
        is_test: bool = False,
    ) -> Draft:
        """The message as it will be sent; for one that is asked for with test credentials, as it would be.

        `account_sid` is the account that they belong to. Raises ApiError with Twilio's code.
        """
        await self._accounts.check_active(account_sid)
        recipient = normalise(to, "US")
        if recipient is None:
            raise errors.to_invalid(to)
        if (self._adopts or is_test) and (refusal := magic.refuse_recipient(recipient)):
            raise refusal
        await self.check_destination(account_sid, recipient)
        if not from_:
            raise errors.from_required()
        if not body and not media_urls:
            raise errors.body_required()
        if len(body or "") > errors.MOST_CHARACTERS:
            raise errors.body_too_long()
        check_media(media_urls)
        sender = magic.sender_for_tests(from_) if is_test else await self.sender(account_sid, from_)
        check_route(sender, recipient)
        if sender == recipient != magic.ALWAYS_VALID:
            raise errors.to_is_from(sender)
        return Draft(sender, recipient, body or "", media_urls=media_urls)

    async def check_destination(self, account_sid: str, to: str) -> None:
        """Raises ApiError 21408 for a country that the account may not text, 21614 for a landline.

        Both are about numbers; a short code or a `client:` is neither in a country nor a landline.
        https://help.twilio.com/articles/223133647 (What happens when I attempt to send messages to a landline?)
        """
        if not to.startswith("+"):
            return
        country = country_of(to)
        if not await self._accounts.geo_permissions.permits(account_sid, country):
            raise errors.region_not_permitted(to)
        if country not in LANDLINES_TRIED and await self._is_landline(account_sid, to):
            raise errors.not_mobile(to)

    async def sender(self, account_sid: str, from_: str) -> str:
        """The address that the account may send from as `from_`. Raises ApiError with Twilio's code.

        A name (an alphanumeric sender) is nobody's, and any account may use it.
        https://www.twilio.com/docs/glossary/what-alphanumeric-sender-id
        """
        if is_alphanumeric_sender(from_):
            return from_
        sender = from_ if is_short_code(from_) else normalise(from_, "US")
        if sender is None:
            raise errors.from_invalid(from_)
        if self._adopts and (refusal := magic.refuse_sender(sender)):
            raise refusal
        number = await self._numbers.at(sender)
        if number is not None and number.account_sid == account_sid:
            return sender
        if not self._adopts:
            raise errors.from_not_owned(sender)
        if number is not None:
            log.warning("sender_shared", phone_number=sender, owner=number.account_sid, used_by=account_sid)
        elif sender != magic.ALWAYS_VALID:
            await self._adopt(account_sid, sender)
        return sender

    async def callback_of(self, account_sid: str, application_sid: str) -> str | None:
        """Who hears what becomes of an application's messages. Raises ApiError 21420."""
        application = await self._numbers.applications.fetch(account_sid, application_sid)
        if application is None:
            raise errors.application_unknown(application_sid)
        return application.message_status_callback or application.sms_status_callback

    async def _is_landline(self, account_sid: str, to: str) -> bool:
        """Whether the network says so; where it does not know, the numbering plan, unless experience speaks against it.

        A number of this Offhook that takes texts is none, and neither is one that has texted the account.
        """
        line = await self._lines.line_of(to)
        if line == "mobile" or (line is None and not is_fixed_line(to)):
            return False
        if capabilities_of(to).sms and await self._numbers.at(to) is not None:
            return False
        return line == "landline" or not await store.has_heard_from(self._database, account_sid, to)

    async def _adopt(self, account_sid: str, sender: str) -> None:
        try:
            if is_short_code(sender):
                await self._numbers.short_codes.adopt(account_sid, sender)
            else:
                await self._numbers.adopt(account_sid, sender)
        except ApiError as problem:
            if problem.code != 21422:  # somebody else was quicker: then it is owned, which is all we wanted
                raise


def check_route(from_: str, to: str) -> None:
    """Raises ApiError 21612 for a name that would text a country whose carriers let no names through."""
    if is_alphanumeric_sender(from_) and country_of(to) in WITHOUT_NAMES:
        raise errors.not_routable(from_, to)


def check_media(urls: tuple[str, ...]) -> None:
    """Raises ApiError 21623 for too many files, 21620 for what is no URL."""
    if len(urls) > MOST_FILES:
        raise errors.too_many_files(MOST_FILES)
    for url in urls:
        if not is_web_url(url):
            raise errors.media_invalid(url)
