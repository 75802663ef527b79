"""Numbers change hands inside a family of accounts only, and only by its head."""

import pytest

from offhook.products.accounts import Account
from offhook.web import ApiError, Identity
from tests.products.numbers.rooms import ALICE, BOB, done_in

NUMBER = "+14155550100"
CAROL, DAVE, STRANGER = (f"AC{letter * 32}" for letter in "cde")


class Accounts:
    """Alice has Bob, Carol and the suspended Dave; the stranger is her own."""

    def __init__(self):
        self._owners = {ALICE: ALICE, BOB: ALICE, CAROL: ALICE, DAVE: ALICE, STRANGER: STRANGER}

    async def fetch(self, sid):
        if sid not in self._owners:
            return None
        status = "suspended" if sid == DAVE else "active"
        known = {"seq": 1, "sid": sid, "owner_account_sid": self._owners[sid], "status": status, "adopted": False}
        blank = {name: None for name in Account.__struct_fields__ if name not in known}
        return Account(**known, **blank)


def given(caller, target, *, owner=ALICE, changes=None):
    async def work(numbers):
        application = await numbers.application(owner)
        settings = {"sms_application_sid": application.sid, "address_sid": "AD" + "1" * 32, "sms_url": "http://own"}
        number = await numbers.buy(owner, NUMBER, settings)
        identity = Identity(caller, caller)
        moved = await numbers.transfer(identity, owner, number.sid, target, changes or {})
        assert (await numbers.fetch(owner, number.sid) is None) == (owner != target)
        return number, moved

    return work


def test_the_parent_gives_a_number_to_its_subaccount_which_keeps_its_sid_and_urls(tmp_path):
    before, after = done_in(tmp_path, given(ALICE, BOB), Accounts())
    assert (after.sid, after.account_sid, after.phone_number) == (before.sid, BOB, NUMBER)
    assert after.sms_url == "http://own"


def test_what_belongs_to_the_old_account_stays_there(tmp_path):
    _, after = done_in(tmp_path, given(ALICE, BOB), Accounts())
    assert (after.sms_application_sid, after.address_sid) == (None, None)


def test_the_parent_takes_it_back_and_moves_it_between_subaccounts(tmp_path):
    _, moved = done_in(tmp_path, given(ALICE, CAROL, owner=BOB), Accounts())
    assert moved.account_sid == CAROL

    async def back(numbers):
        return await numbers.transfer(Identity(ALICE, ALICE), CAROL, moved.sid, ALICE, {})

    assert done_in(tmp_path, back, Accounts()).account_sid == ALICE


def test_other_changes_are_made_with_it(tmp_path):
    _, after = done_in(tmp_path, given(ALICE, BOB, changes={"friendly_name": "Bob's", "sms_url": None}), Accounts())
    assert (after.friendly_name, after.sms_url) == ("Bob's", None)


def test_its_own_account_is_no_transfer(tmp_path):
    _, after = done_in(tmp_path, given(BOB, BOB, owner=BOB, changes={"friendly_name": "same"}), Accounts())
    assert (after.account_sid, after.friendly_name) == (BOB, "same")
    assert after.sms_application_sid is not None


@pytest.mark.parametrize(
    ("caller", "target", "owner", "code"),
    [
        (ALICE, "bob", ALICE, 21470),
        (ALICE, "AC" + "9" * 32, ALICE, 21471),
        (ALICE, DAVE, ALICE, 21472),
        (ALICE, STRANGER, ALICE, 21473),
        (BOB, ALICE, BOB, 21474),
        (BOB, CAROL, BOB, 21474),
    ],
)
def test_who_may_not_is_told_why(tmp_path, caller, target, owner, code):
    with pytest.raises(ApiError) as refused:
        done_in(tmp_path, given(caller, target, owner=owner), Accounts())
    assert refused.value.code == code


def test_the_old_accounts_application_cannot_be_taken_along(tmp_path):
    async def work(numbers):
        application = await numbers.application(ALICE)
        number = await numbers.buy(ALICE, NUMBER, {})
        changes = {"sms_application_sid": application.sid}
        await numbers.transfer(Identity(ALICE, ALICE), ALICE, number.sid, BOB, changes)

    with pytest.raises(ApiError) as refused:
        done_in(tmp_path, work, Accounts())
    assert refused.value.code == 21420
