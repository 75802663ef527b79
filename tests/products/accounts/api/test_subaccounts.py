"""/2010-04-01/Accounts over HTTP, with the official SDK."""

from urllib.parse import parse_qsl

import pytest
from twilio.base.exceptions import TwilioException
from twilio.request_validator import RequestValidator

from offhook.testing.serving import serve
from tests.products.accounts.clients import api_of, client_of, documented, refusal, with_key


def test_a_subaccount_calls_with_the_token_it_was_made_with(offhook):
    made = offhook.client().api.accounts.create(friendly_name="Lin's shop")
    theirs = client_of(offhook, made.sid, made.auth_token)
    found = theirs.api.accounts(made.sid).fetch()
    assert (found.friendly_name, found.status, found.type) == ("Lin's shop", "active", "Full")
    assert (found.owner_account_sid, found.auth_token) == (offhook.account_sid, made.auth_token)


def test_every_documented_field_is_answered(offhook):
    made = offhook.client().api.accounts.create()
    shown = api_of(offhook).get(f"/2010-04-01/Accounts/{made.sid}.json")
    assert set(shown) == documented(made)
    assert shown["uri"] == f"/2010-04-01/Accounts/{made.sid}.json"
    assert shown["subresource_uris"]["short_codes"] == f"/2010-04-01/Accounts/{made.sid}/SMS/ShortCodes.json"
    assert None not in shown.values()
    assert made.date_created is not None


def test_a_list_shows_the_caller_and_its_subaccounts_newest_first(offhook):
    accounts = offhook.client().api.accounts
    lin, kim = accounts.create(friendly_name="Lin"), accounts.create(friendly_name="Kim")
    accounts(kim.sid).update(status="suspended")
    assert [found.sid for found in accounts.list()] == [kim.sid, lin.sid, offhook.account_sid]
    assert [found.sid for found in accounts.list(friendly_name="Lin")] == [lin.sid]
    assert [found.sid for found in accounts.list(status="suspended")] == [kim.sid]
    assert [found.auth_token for found in accounts.list(friendly_name="Kim")] == [kim.auth_token]
    theirs = client_of(offhook, lin.sid, lin.auth_token)
    assert [found.sid for found in theirs.api.accounts.list()] == [lin.sid]


def test_pages_of_accounts_hold_each_once(offhook):
    accounts = offhook.client().api.accounts
    made = {accounts.create(friendly_name=str(number)).sid for number in range(5)}
    listed = [found.sid for found in accounts.list(page_size=2)]
    assert sorted(listed) == sorted({*made, offhook.account_sid})


def test_the_parent_acts_on_a_subaccount_by_its_path(offhook):
    made = offhook.client().api.accounts.create()
    parent = client_of(offhook, offhook.account_sid, offhook.auth_token, made.sid)
    bought = parent.incoming_phone_numbers.create(area_code="415")
    theirs = client_of(offhook, made.sid, made.auth_token)
    assert [number.sid for number in theirs.incoming_phone_numbers.list()] == [bought.sid]
    assert offhook.client().incoming_phone_numbers.list() == []


def test_a_subaccount_sees_neither_parent_nor_sibling(offhook):
    accounts = offhook.client().api.accounts
    lin, kim = accounts.create(), accounts.create()
    theirs = client_of(offhook, lin.sid, lin.auth_token).api.accounts
    for other in (kim.sid, offhook.account_sid, "AC" + "0" * 32):
        assert refusal(theirs(other).fetch)[:2] == (404, 20404)
        assert refusal(theirs(other).update, friendly_name="mine")[:2] == (404, 20404)
        assert refusal(theirs(other).messages.list)[:2] == (404, 20404)


def test_a_suspended_account_looks_like_an_unknown_one(offhook):
    made = offhook.client().api.accounts.create()
    offhook.client().api.accounts(made.sid).update(status="suspended")
    refusals = {
        refusal(client_of(offhook, sid, token).messages.list)
        for sid, token in ((made.sid, made.auth_token), (made.sid, "wrong"), ("SK" + "0" * 32, "x"))
    }
    assert len(refusals) == 1
    assert refusals.pop()[:2] == (401, 20003)


def test_a_suspended_account_can_be_made_active_again(offhook):
    accounts = offhook.client().api.accounts
    made = accounts.create()
    theirs = client_of(offhook, made.sid, made.auth_token)
    assert theirs.messages.list() == []
    assert accounts(made.sid).update(status="suspended").status == "suspended"
    assert refusal(theirs.messages.list)[0] == 401
    assert accounts(made.sid).update(status="active").status == "active"
    assert theirs.messages.list() == []


def test_a_closed_account_stays_closed_and_can_be_looked_at(offhook):
    accounts = offhook.client().api.accounts
    made = accounts.create()
    assert accounts(made.sid).update(status="closed").status == "closed"
    for status in ("active", "suspended", "closed"):
        assert refusal(accounts(made.sid).update, status=status)[:2] == (400, 21479)
    assert accounts(made.sid).fetch().status == "closed"
    assert accounts(made.sid).update(friendly_name="gone").friendly_name == "gone"
    assert accounts(made.sid).fetch().status == "closed"


def test_the_first_account_can_be_renamed_but_not_suspended_or_closed(offhook):
    mine = offhook.client().api.accounts(offhook.account_sid)
    for status in ("suspended", "closed", "active"):
        assert refusal(mine.update, status=status)[:2] == (400, 21477)
    assert mine.update(friendly_name="Home").friendly_name == "Home"
    assert mine.fetch().friendly_name == "Home"


def test_a_subaccount_does_not_change_its_own_status(offhook):
    made = offhook.client().api.accounts.create()
    theirs = client_of(offhook, made.sid, made.auth_token)
    assert refusal(theirs.api.accounts(made.sid).update, status="closed")[:2] == (401, 20003)
    assert theirs.api.accounts(made.sid).update(friendly_name="New").friendly_name == "New"


def test_a_subaccount_makes_no_accounts(offhook):
    made = offhook.client().api.accounts.create()
    theirs = client_of(offhook, made.sid, made.auth_token)
    assert refusal(theirs.api.accounts.create)[:2] == (400, 21101)


def test_an_adopted_program_makes_accounts_of_its_own(offhook):
    theirs = client_of(offhook, "AC" + "5" * 32, "their own token")
    made = theirs.api.accounts.create(friendly_name="customer")
    assert made.owner_account_sid == "AC" + "5" * 32
    assert {found.sid for found in theirs.api.accounts.list()} == {"AC" + "5" * 32, made.sid}
    assert made.sid in {found.sid for found in offhook.client().api.accounts.list()}
    assert refusal(theirs.api.accounts("AC" + "5" * 32).update, status="closed")[:2] == (400, 21477)


def test_under_a_suspended_parent_nothing_is_made_active(offhook):
    theirs = client_of(offhook, "AC" + "5" * 32, "their own token")
    made = theirs.api.accounts.create()
    accounts = offhook.client().api.accounts
    accounts("AC" + "5" * 32).update(status="suspended")
    assert refusal(accounts(made.sid).update, status="active")[:2] == (400, 21476)


@pytest.mark.parametrize(
    ("given", "code"),
    [({"status": "sleeping"}, 21475), ({"friendly_name": "x" * 65}, 20002), ({"friendly_name": ""}, 20002)],
)
def test_what_makes_no_sense_is_refused(offhook, given, code):
    made = offhook.client().api.accounts.create()
    assert refusal(offhook.client().api.accounts(made.sid).update, **given)[:2] == (400, code)
    assert offhook.client().api.accounts(made.sid).fetch().friendly_name == made.friendly_name


def test_a_standard_key_may_not_touch_accounts(offhook):
    made = offhook.client().api.accounts.create()
    standard, _ = with_key(offhook)
    accounts = standard.api.accounts
    calls = [accounts.create, accounts.list, accounts(offhook.account_sid).fetch]
    calls += [lambda: accounts(offhook.account_sid).update(friendly_name="x")]
    assert {refusal(call)[:2] for call in calls} == {(401, 20003)}
    assert refusal(accounts(made.sid).fetch)[:2] == (404, 20404)


def test_a_main_key_may_manage_accounts(offhook):
    main, _ = with_key(offhook, "main")
    made = main.api.accounts.create(friendly_name="by key")
    assert main.api.accounts(made.sid).update(status="suspended").status == "suspended"
    assert main.api.accounts(offhook.account_sid).fetch().sid == offhook.account_sid


def test_a_subaccounts_webhooks_are_signed_with_its_own_token(offhook):
    made = offhook.client().api.accounts.create()
    asked = []

    def app(environ, start):
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()
        asked.append((environ["HTTP_X_TWILIO_SIGNATURE"], body))
        start("200 OK", [("Content-Type", "text/plain")])
        return [b""]

    served = serve(app)
    try:
        theirs = client_of(offhook, made.sid, made.auth_token)
        number = theirs.incoming_phone_numbers.create(area_code="415", sms_url=f"{served.url}/sms")
        offhook.handset("+19732644152").text(number.phone_number, "hello")
        offhook.exchanges()
        [(signature, body)] = asked
        form = dict(parse_qsl(body, keep_blank_values=True))
        assert form["AccountSid"] == made.sid
        assert RequestValidator(made.auth_token).validate(f"{served.url}/sms", form, signature)
        assert not RequestValidator(offhook.auth_token).validate(f"{served.url}/sms", form, signature)
    finally:
        served.stop()


def test_tokens_and_secrets_are_not_in_the_record_of_exchanges(offhook):
    made = offhook.client().api.accounts.create()
    standard, key = with_key(offhook)
    offhook.client().api.accounts.list()
    standard.messages.list()
    recorded = repr(offhook.exchanges())
    assert made.sid in recorded
    assert key.sid in recorded
    assert [secret for secret in (made.auth_token, key.secret, offhook.auth_token) if secret in recorded] == []


def test_a_list_of_what_is_no_status_is_refused_as_a_question(offhook):
    with pytest.raises(TwilioException, match="none of active, suspended, closed") as caught:
        offhook.client().api.accounts.list(status="foo")
    assert "Unable to update" not in str(caught.value)
