"""/2010-04-01/Accounts/{account_sid}/Conferences: who spoke with whom, and telling them something or to stop.

A conference is made by who dials it or invites somebody. https://www.twilio.com/docs/voice/api/conference-resource
"""

from typing import Annotated, Literal

import msgspec

from offhook.products.voice.api.calls import Method, document_url
from offhook.products.voice.conference import Conference, Status
from offhook.products.voice.interpreter.effects import Page as Document
from offhook.products.voice.service import Voice
from offhook.storage import Page, PageRequest
from offhook.web import API_2010, Call, Checked, Resource, Wire, rfc2822
from offhook.web.dates import day_or_time, period

PARTS = {"participants": "Participants", "recordings": "Recordings"}
Day = Annotated[str | None, Checked(day_or_time)]


class ConferenceView(msgspec.Struct):
    """Twilio's Conference."""

    account_sid: str
    date_created: str | None
    date_updated: str | None
    api_version: str
    friendly_name: str
    region: str
    sid: str
    status: str
    uri: str
    subresource_uris: dict[str, str]
    reason_conference_ended: str | None
    call_sid_ending_conference: str | None


def view(conference: Conference, _call: Call) -> ConferenceView:
    """The conference as its owner sees it."""
    uri = f"/2010-04-01/Accounts/{conference.account_sid}/Conferences/{conference.sid}"
    return ConferenceView(
        account_sid=conference.account_sid,
        date_created=rfc2822(conference.date_created),
        date_updated=rfc2822(conference.date_updated),
        api_version="2010-04-01",
        friendly_name=conference.friendly_name,
        region=conference.region,
        sid=conference.sid,
        status=conference.status,
        uri=f"{uri}.json",
        subresource_uris={name: f"{uri}/{part}.json" for name, part in PARTS.items()},
        reason_conference_ended=conference.reason_conference_ended,
        call_sid_ending_conference=conference.call_sid_ending_conference,
    )


conferences = Resource("api", "/2010-04-01/Accounts/{account_sid}/Conferences", API_2010, view, key="conferences")


@conferences.fetch
async def fetch(voice: Voice, call: Call, sid: str) -> Conference | None:
    """Fetch a conference."""
    call.resource_sid = sid
    return await voice.conferences.fetch(call.account_sid, sid)


@conferences.list
async def list_(
    voice: Voice,
    call: Call,
    *,
    page: PageRequest,
    date_created: Day = None,
    date_created_before: Annotated[str | None, Checked(day_or_time), Wire("DateCreated<")] = None,
    date_created_after: Annotated[str | None, Checked(day_or_time), Wire("DateCreated>")] = None,
    date_updated: Day = None,
    date_updated_before: Annotated[str | None, Checked(day_or_time), Wire("DateUpdated<")] = None,
    date_updated_after: Annotated[str | None, Checked(day_or_time), Wire("DateUpdated>")] = None,
    friendly_name: str | None = None,
    status: Status | None = None,
) -> Page[Conference]:
    """List conferences, newest first. Dates are days (UTC), or bounds with `<` and `>`, inclusive."""
    wanted = {"friendly_name": friendly_name, "status": status}
    return await voice.conferences.page(
        call.account_sid,
        page,
        equal={name: value for name, value in wanted.items() if value},
        created=period(date_created, date_created_before, date_created_after),
        updated=period(date_updated, date_updated_before, date_updated_after),
    )


@conferences.update
async def update(
    voice: Voice,
    call: Call,
    sid: str,
    *,
    status: Literal["completed"] | None = None,
    announce_url: Annotated[str | None, Checked(document_url)] = None,
    announce_method: Method = "POST",
) -> Conference | None:
    """Let everybody in a conference hear the document at `AnnounceUrl`, or end it with `Status`."""
    call.resource_sid = sid
    conference = await voice.conferences.fetch(call.account_sid, sid)
    if conference is None:
        return None
    if announce_url:
        voice.conferences.announce(conference, Document(announce_url, announce_method))
    if status is not None:
        await voice.conferences.end(conference)
    return await voice.conferences.fetch(call.account_sid, sid)
