"""/offhook/v1/Resets: everything as it was at the start, or in a snapshot."""

import msgspec

from offhook.products.network.api.messages import check_owner
from offhook.products.network.snapshots import GoingBack
from offhook.web import VERSIONED, Call, Resource


class Reset(msgspec.Struct, frozen=True):
    """What everything was made to be: as in this snapshot, or (None) as at the first start."""

    snapshot: str | None


def view(reset: Reset, _call: Call) -> Reset:
    """As it is."""
    return reset


resets = Resource("offhook", "/v1/Resets", VERSIONED, view, key="resets")


@resets.create
async def create(going_back: GoingBack, call: Call, *, snapshot: str | None = None) -> Reset | None:
    """Make everything as it was in `Snapshot`, or without one as it was at the first start.

    URL, ports and the first account's credentials stay.
    """
    check_owner(call)
    if snapshot is None:
        await going_back.start_over()
    elif await going_back.go_back(snapshot) is None:
        return None
    return Reset(snapshot)
