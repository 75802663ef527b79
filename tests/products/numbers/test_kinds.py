"""Kinds and capabilities of numbers, those included that are nobody's."""

import pytest

from offhook.products.numbers import capabilities_of, kind_of


@pytest.mark.parametrize(
    ("e164", "kind"),
    [
        ("+14155550100", "local"),
        ("+15550001111", "local"),
        ("+18005550100", "toll-free"),
        ("+18335550100", "toll-free"),
        ("+18225550100", "local"),
        ("+442079460018", "local"),
        ("+447700900123", "mobile"),
        ("+448081570123", "toll-free"),
        ("+4915228817386", "mobile"),
        ("+33639981234", "mobile"),
        ("+33199001234", "local"),
        ("+61491570006", "mobile"),
        ("+525555555464", "local"),
    ],
)
def test_the_kind_of_a_number(e164, kind):
    assert kind_of(e164) == kind


def test_pictures_travel_in_north_america_and_with_australian_mobiles():
    assert [capabilities_of(n).mms for n in ("+14155550100", "+14165550100", "+18005550100", "+61491570006")] == [
        True
    ] * 4
    assert [capabilities_of(n).mms for n in ("+447700900123", "+442079460018", "+61255501234")] == [False] * 3


def test_toll_free_numbers_outside_north_america_are_for_calls_only():
    assert (capabilities_of("+448081570123").voice, capabilities_of("+448081570123").sms) == (True, False)
    assert capabilities_of("+18005550100").sms
    assert capabilities_of("+447700900123").sms


def test_nothing_carries_faxes():
    assert not any(capabilities_of(n).fax for n in ("+14155550100", "+18005550100", "+442079460018"))
