"""/offhook/v1/TwimlBins: documents that are kept here; /twiml/{sid}: such a document, to whoever knows its URL.

https://www.twilio.com/docs/serverless/twiml-bins
"""

from typing import Annotated

import msgspec

from offhook.products.numbers.twiml_bin import TwimlBin
from offhook.products.numbers.twiml_bins import TwimlBins
from offhook.storage import Page, PageRequest
from offhook.web import API_2010, VERSIONED, Call, Content, Missing, Resource, iso8601


class TwimlBinView(msgspec.Struct):
    """A bin; `document_url` is what numbers and calls are given as their URL."""

    sid: str
    account_sid: str
    friendly_name: str
    twiml: str
    date_created: str | None
    date_updated: str | None
    document_url: str
    url: str


def view(kept: TwimlBin, call: Call) -> TwimlBinView:
    """The bin as its owner sees it."""
    return TwimlBinView(
        sid=kept.sid,
        account_sid=kept.account_sid,
        friendly_name=kept.friendly_name,
        twiml=kept.twiml,
        date_created=iso8601(kept.date_created),
        date_updated=iso8601(kept.date_updated),
        document_url=f"{call.origin or 'https://handler.twilio.com'}{kept.path}",
        url=f"{call.base_url}/v1/TwimlBins/{kept.sid}",
    )


twiml_bins = Resource("offhook", "/v1/TwimlBins", VERSIONED, view, key="twiml_bins")
hosted = Resource("api", "/twiml", API_2010, view, key="documents", public_content=True)


@twiml_bins.create
async def create(
    bins: TwimlBins,
    call: Call,
    *,
    twiml: Annotated[str, Missing(20001, "A 'Twiml' is required.")],
    friendly_name: str = "",
) -> TwimlBin:
    """Keep a document. What stands in `{{double braces}}` is filled with the request's parameters."""
    return await bins.add(call.account_sid, friendly_name, twiml)


@twiml_bins.list
async def list_(bins: TwimlBins, call: Call, *, page: PageRequest) -> Page[TwimlBin]:
    """List bins, newest first."""
    return await bins.page(call.account_sid, page)


@twiml_bins.fetch
async def fetch(bins: TwimlBins, call: Call, sid: str) -> TwimlBin | None:
    """Fetch a bin."""
    return await bins.fetch(call.account_sid, sid)


@twiml_bins.update
async def update(
    bins: TwimlBins, call: Call, sid: str, *, friendly_name: str | None = None, twiml: str | None = None
) -> TwimlBin | None:
    """Set name or document."""
    return await bins.change(call.account_sid, sid, friendly_name, twiml)


@twiml_bins.delete
async def delete(bins: TwimlBins, call: Call, sid: str) -> bool:
    """Delete a bin."""
    return await bins.remove(call.account_sid, sid)


@hosted.content
async def content(bins: TwimlBins, _call: Call, sid: str) -> Content | None:
    """The document of a bin as it is kept. Calls and texts that have its URL get it filled."""
    kept = await bins.anywhere(sid)
    return None if kept is None else Content(kept.twiml.encode(), "application/xml")
