"""/offhook/v1/VerifyBlocks: prefixes of numbers that were pumped, and ending their blocks."""

import msgspec

from offhook.products.verify.block import Block
from offhook.products.verify.verify import Verify
from offhook.storage import Page, PageRequest
from offhook.web import VERSIONED, Call, Resource, iso8601


class BlockView(msgspec.Struct):
    """A prefix; with the guard `monitor` nothing is refused. `until` is when the block ends, or ended."""

    sid: str
    account_sid: str
    prefix: str
    guard: str
    is_in_force: bool
    refused: int
    date_created: str | None
    until: str | None


def view(block: Block, call: Call) -> BlockView:
    """The block as its owner sees it."""
    return BlockView(
        sid=block.sid,
        account_sid=block.account_sid,
        prefix=block.prefix,
        guard=block.guard,
        is_in_force=block.until > call.now,
        refused=block.refused,
        date_created=iso8601(block.date_created),
        until=iso8601(block.until),
    )


blocks = Resource("offhook", "/v1/VerifyBlocks", VERSIONED, view, key="blocks")


@blocks.list
async def list_(verify: Verify, call: Call, *, page: PageRequest) -> Page[Block]:
    """List blocks, those that are over too, newest first."""
    return await verify.guarding.page(call.account_sid, page)


@blocks.delete
async def delete(verify: Verify, call: Call, sid: str) -> bool:
    """End a block; what was unverified until then is forgiven."""
    call.resource_sid = sid
    return await verify.guarding.lift(call.account_sid, sid)
