"""OutgoingCallerIds through twilio-python; the service adds them here (see test_validation_requests)."""

import requests
from twilio.rest.api.v2010.account.outgoing_caller_id import OutgoingCallerIdInstance

from tests.products.numbers.rooms import documented, done_in, offhook_in, refusal


def add(folder, account_sid, *phone_numbers):
    async def work(numbers):
        return [(await numbers.caller_ids.add(account_sid, number)).sid for number in phone_numbers]

    return done_in(folder, work)


def test_caller_ids_are_listed_filtered_and_fetched(tmp_path):
    with offhook_in(tmp_path) as offhook:
        sids = add(tmp_path, offhook.account_sid, "+19732644152", "+12023358536")
        ids = offhook.client().outgoing_caller_ids
        assert [one.sid for one in ids.list()] == sids[::-1]
        assert [one.sid for one in ids.list(phone_number="+19732644152")] == sids[:1]
        assert [one.sid for one in ids.list(friendly_name="(202) 335-8536")] == sids[1:]
        assert ids(sids[0]).fetch().phone_number == "+19732644152"


def test_a_caller_id_is_renamed_and_forgotten(tmp_path):
    with offhook_in(tmp_path) as offhook:
        (sid,) = add(tmp_path, offhook.account_sid, "+19732644152")
        one = offhook.client().outgoing_caller_ids(sid)
        assert one.update(friendly_name="Home").friendly_name == "Home"
        assert one.update().friendly_name == "Home"
        assert refusal(one.update, friendly_name="x" * 65) == (400, 21511)
        assert one.delete()
        assert refusal(one.fetch) == refusal(one.delete) == (404, 20404)


def test_another_accounts_caller_ids_are_not_there(tmp_path):
    with offhook_in(tmp_path) as offhook:
        (sid,) = add(tmp_path, "AC" + "9" * 32, "+19732644152")
        ids = offhook.client().outgoing_caller_ids
        assert ids.list() == []
        assert refusal(ids(sid).update, friendly_name="mine") == refusal(ids(sid).delete) == (404, 20404)


def test_the_answer_has_every_documented_field_and_no_other(tmp_path):
    with offhook_in(tmp_path) as offhook, requests.Session() as session:
        session.trust_env = False
        (sid,) = add(tmp_path, offhook.account_sid, "+19732644152")
        path = f"/2010-04-01/Accounts/{offhook.account_sid}/OutgoingCallerIds/{sid}.json"
        answer = session.get(offhook.url + path, auth=(offhook.account_sid, offhook.auth_token)).json()
    assert set(answer) == documented(OutgoingCallerIdInstance)
    assert answer["uri"] == path
