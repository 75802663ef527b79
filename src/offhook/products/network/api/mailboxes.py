"""/offhook/v1/Mailboxes/{address}/Messages: the emails that a person on the simulated network got."""

import msgspec

from offhook.products.network.api.messages import check_owner
from offhook.products.network.mailboxes import Mailboxes, MailboxMessage
from offhook.storage import Page, PageRequest
from offhook.web import VERSIONED, Call, Resource, iso8601


class MailboxMessageView(msgspec.Struct, rename={"from_": "from"}):
    """An email in a mailbox."""

    sid: str
    from_: str
    from_name: str
    to: str
    subject: str
    body: str
    date_created: str | None


def view(shown: MailboxMessage, _call: Call) -> MailboxMessageView:
    """The email as its reader sees it."""
    return MailboxMessageView(
        sid=shown.sid,
        from_=shown.from_,
        from_name=shown.from_name,
        to=shown.address,
        subject=shown.subject,
        body=shown.body,
        date_created=iso8601(shown.date_created),
    )


mailboxes = Resource("offhook", "/v1/Mailboxes/{address}/Messages", VERSIONED, view, key="messages")


@mailboxes.list
async def list_(service: Mailboxes, call: Call, address: str, *, page: PageRequest) -> Page[MailboxMessage]:
    """What the mailbox shows, oldest first."""
    check_owner(call)
    call.is_confidential = True
    return await service.page(address, page)
