"""/offhook/v1/Snapshots: names for moments to go back to."""

from typing import Annotated

import msgspec

from offhook.products.network.api.messages import check_owner
from offhook.products.network.snapshots import GoingBack
from offhook.storage import Page, PageRequest, Snapshot
from offhook.web import VERSIONED, Call, Missing, Resource, iso8601


class SnapshotView(msgspec.Struct):
    """A snapshot; the date is what Offhook's clock showed, and shows again after going back."""

    name: str
    date_created: str | None


def view(snapshot: Snapshot, _call: Call) -> SnapshotView:
    """The snapshot as its maker sees it."""
    return SnapshotView(snapshot.name, iso8601(snapshot.date_created))


snapshots = Resource("offhook", "/v1/Snapshots", VERSIONED, view, key="snapshots")


@snapshots.create
async def create(
    going_back: GoingBack, call: Call, *, name: Annotated[str, Missing(20001, "A 'Name' is required.")]
) -> Snapshot:
    """Keep everything as it is under `Name`, instead of what was kept under it before."""
    check_owner(call)
    return await going_back.save(name)


@snapshots.list
async def list_(going_back: GoingBack, call: Call, *, page: PageRequest) -> Page[Snapshot]:
    """Every snapshot, by name."""
    check_owner(call)
    return Page(await going_back.all(), page, None, None)


@snapshots.fetch
async def fetch(going_back: GoingBack, call: Call, name: str) -> Snapshot | None:
    """One snapshot."""
    check_owner(call)
    return await going_back.find(name)


@snapshots.delete
async def delete(going_back: GoingBack, call: Call, name: str) -> bool:
    """Forget a snapshot."""
    check_owner(call)
    return await going_back.delete(name)
