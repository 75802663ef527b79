"""What kind of number a number is, local, mobile or toll-free, and what it can carry on the simulated network.

phonenumbers' metadata decides. Numbers that are nobody's (555, or the ranges kept free for films) are not in it; then
the digits that its example numbers begin with do. In North America mobile numbers look like any other: they are local.

Every number can be called, and can send and receive texts, except toll-free numbers outside North America, which are
for calls only. Pictures travel in North America, and with mobile numbers of Australia. Nothing carries faxes.
"""

from functools import lru_cache
from typing import Literal

import msgspec
import phonenumbers
from phonenumbers import PhoneNumberType

Kind = Literal["local", "mobile", "toll-free"]
NANP_TOLL_FREE = ("800", "833", "844", "855", "866", "877", "888")
SAME_BEGIN = 3  # digits of a national number that tell a toll-free one
_REMEMBERED = 16_384
_KINDS: dict[int, Kind] = {PhoneNumberType.MOBILE: "mobile", PhoneNumberType.TOLL_FREE: "toll-free"}


class Capabilities(msgspec.Struct, frozen=True):
    """What a number can carry."""

    voice: bool
    sms: bool
    mms: bool
    fax: bool = False


@lru_cache(_REMEMBERED)
def kind_of(e164: str) -> Kind:
    """The kind of an E.164 number."""
    if e164.startswith("+1"):
        return "toll-free" if e164[2:5] in NANP_TOLL_FREE else "local"
    number = phonenumbers.parse(e164)
    kind = phonenumbers.number_type(number)
    if kind == PhoneNumberType.UNKNOWN:
        return _by_first_digits(number)
    return _KINDS.get(kind, "local")


def capabilities_of(e164: str) -> Capabilities:
    """What an E.164 number can carry."""
    kind = kind_of(e164)
    texts = kind != "toll-free" or e164.startswith("+1")
    pictures = e164.startswith("+1") or (e164.startswith("+61") and kind == "mobile")
    return Capabilities(voice=True, sms=texts, mms=pictures)


def _by_first_digits(number: phonenumbers.PhoneNumber) -> Kind:
    region = phonenumbers.region_code_for_country_code(number.country_code or 0)
    digits = phonenumbers.national_significant_number(number)
    examples: tuple[tuple[int, Kind, int], ...] = (
        (PhoneNumberType.TOLL_FREE, "toll-free", SAME_BEGIN),
        (PhoneNumberType.MOBILE, "mobile", 1),
    )
    for kind, name, same in examples:
        example = phonenumbers.example_number_for_type(region, kind)
        if example is not None and phonenumbers.national_significant_number(example)[:same] == digits[:same]:
            return name
    return "local"
