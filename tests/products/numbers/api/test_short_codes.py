"""ShortCodes through twilio-python; no operation makes one, so the service does."""

import requests
from twilio.rest.api.v2010.account.short_code import ShortCodeInstance

from tests.products.numbers.rooms import documented, done_in, offhook_in, refusal


def add(folder, account_sid, *codes):
    async def work(numbers):
        return [(await numbers.add_short_code(account_sid, code)).sid for code in codes]

    return done_in(folder, work)


def test_short_codes_are_listed_filtered_and_fetched(tmp_path):
    with offhook_in(tmp_path) as offhook:
        sids = add(tmp_path, offhook.account_sid, "894546", "12345")
        codes = offhook.client().short_codes
        assert [code.sid for code in codes.list()] == sids[::-1]
        assert [code.short_code for code in codes.list(short_code="94*4")] == ["894546"]
        assert [code.short_code for code in codes.list(friendly_name="12345")] == ["12345"]
        assert codes(sids[0]).fetch().friendly_name == "894546"
        assert refusal(codes("SC" + "0" * 32).fetch) == (404, 20404)


def test_a_short_codes_webhooks_are_set_and_taken_away(tmp_path):
    given = {
        "friendly_name": "votes",
        "sms_url": "http://app.example/vote",
        "sms_method": "GET",
        "sms_fallback_url": "http://app.example/fallback",
        "sms_fallback_method": "GET",
        "api_version": "2008-08-01",
    }
    with offhook_in(tmp_path) as offhook:
        (sid,) = add(tmp_path, offhook.account_sid, "12345")
        code = offhook.client().short_codes(sid)
        changed = code.update(**given)
        assert {name: getattr(changed, name) for name in given} == given
        assert code.update(sms_url="").sms_url is None
        assert code.fetch().sms_fallback_url == given["sms_fallback_url"]
        assert refusal(code.update, sms_url="nowhere") == (400, 21402)


def test_another_accounts_short_codes_are_not_there(tmp_path):
    with offhook_in(tmp_path) as offhook:
        (sid,) = add(tmp_path, "AC" + "9" * 32, "12345")
        codes = offhook.client().short_codes
        assert codes.list() == []
        assert refusal(codes(sid).fetch) == (404, 20404)
        assert refusal(codes(sid).update, friendly_name="mine") == (404, 20404)


def test_the_answer_has_every_documented_field_and_no_other(tmp_path):
    with offhook_in(tmp_path) as offhook, requests.Session() as session:
        session.trust_env = False
        (sid,) = add(tmp_path, offhook.account_sid, "12345")
        path = f"/2010-04-01/Accounts/{offhook.account_sid}/SMS/ShortCodes/{sid}.json"
        answer = session.get(offhook.url + path, auth=(offhook.account_sid, offhook.auth_token)).json()
    assert set(answer) == documented(ShortCodeInstance)
    assert answer["uri"] == path
