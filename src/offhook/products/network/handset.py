"""A handset as its owner knows it: how it behaves, and when it was last used."""

import msgspec

from offhook.products.network.rule import Rule


class Handset(msgspec.Struct, frozen=True):
    """A phone, or every phone whose number begins alike. Its last text was at `date_last_text`, UTC microseconds."""

    traits: Rule
    date_last_text: int | None
