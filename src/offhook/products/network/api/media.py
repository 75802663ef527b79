"""/offhook/v1/Media/{digest}: the pictures that phones show, for the person who runs the network."""

import msgspec

from offhook.carriers import sniffed
from offhook.products.network.api.messages import check_owner
from offhook.products.network.handsets import Handsets
from offhook.web import VERSIONED, Call, Content, Resource


def view(_file: object, _call: Call) -> msgspec.Raw:
    """There is no record beside the file."""
    return msgspec.Raw(b"null")


media = Resource("offhook", "/v1/Media", VERSIONED, view)


@media.content
async def content(handsets: Handsets, call: Call, digest: str) -> Content | None:
    """Fetch a picture by its SHA-256."""
    check_owner(call)
    body = await handsets.file(digest)
    return None if body is None else Content(body, sniffed(body) or "application/octet-stream")
