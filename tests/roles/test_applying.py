"""What is declared is there, what differs is set, what is not declared is left alone; what does not fit is refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from offhook.kit.phone import countries
from offhook.roles.declarations import DeclarationError
from offhook.testing.calling import Api, segment
from offhook.testing.running import Running, quiet, settings_for

SHOP = "AC" + "5" * 32
TOKEN = "5" * 32
NUMBER = "+14155550100"
FIRST = "AC" + "1" * 32
EVERYTHING = f"""
[[accounts]]
friendly_name = "Shop"
sid = "{SHOP}"
auth_token = "{TOKEN}"

[[accounts]]
friendly_name = "Made up"

[[applications]]
friendly_name = "Bot"
account = "Shop"
sms_url = "http://127.0.0.1:5000/bot"
message_status_callback = "http://127.0.0.1:5000/status"

[[numbers]]
phone_number = "{NUMBER}"
account = "Shop"
friendly_name = "Front desk"
sms_url = "http://127.0.0.1:5000/sms"
sms_method = "GET"
sms_application = "Bot"
voice_url = "http://127.0.0.1:5000/voice"
status_callback = "http://127.0.0.1:5000/calls"

[[numbers]]
phone_number = "+14155550101"
account = "Made up"

[[short_codes]]
short_code = "12345"
sms_url = "http://127.0.0.1:5000/short"

[[handsets]]
address = "+1415*"
outcome = "undelivered"
error_code = 30005
delay = 1.5
answers = "voicemail"
answer_delay = 4
greeting = "Nobody is in"
"""


@contextmanager
def started(folder: Path, text: str) -> Iterator[Api]:
    """An Offhook whose file says `text`, and its first account."""
    file = folder / "offhook.toml"
    file.write_text(text)
    settings = replace(settings_for(folder / "data"), account_sid="AC" + "1" * 32, auth_token="1" * 32)
    with quiet(), Running(settings, file) as found:
        yield Api(found.url, found.account_sid, found.auth_token)


def accounts(api: Api) -> dict[str, Any]:
    return {account["friendly_name"]: account for account in api.get("/2010-04-01/Accounts.json")["accounts"]}


def number(api: Api, account_sid: str, phone_number: str = NUMBER) -> dict[str, Any]:
    path = f"/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers.json"
    (found,) = api.get(path, PhoneNumber=phone_number)["incoming_phone_numbers"]
    return found


def test_everything_that_is_declared_is_there_before_it_answers(tmp_path):
    with started(tmp_path, EVERYTHING) as api:
        known = accounts(api)
        assert (known["Shop"]["sid"], known["Shop"]["auth_token"]) == (SHOP, TOKEN)
        desk = number(api, SHOP)
        assert (desk["friendly_name"], desk["sms_url"], desk["sms_method"]) == (
            "Front desk",
            "http://127.0.0.1:5000/sms",
            "GET",
        )
        assert (desk["voice_url"], desk["status_callback"]) == (
            "http://127.0.0.1:5000/voice",
            "http://127.0.0.1:5000/calls",
        )
        (bot,) = api.get(f"/2010-04-01/Accounts/{SHOP}/Applications.json")["applications"]
        assert (bot["friendly_name"], bot["sms_url"], bot["sid"]) == (
            "Bot",
            "http://127.0.0.1:5000/bot",
            desk["sms_application_sid"],
        )
        assert number(api, known["Made up"]["sid"], "+14155550101")["sms_url"] == ""
        (code,) = api.get(api.in_account("SMS/ShortCodes"))["short_codes"]
        assert (code["short_code"], code["sms_url"]) == ("12345", "http://127.0.0.1:5000/short")
        phone = api.get(f"/offhook/v1/Handsets/{segment('+14155559999')}")
        assert (phone["outcome"], phone["error_code"], phone["delay"]) == ("undelivered", 30005, 1.5)
        assert (phone["answers"], phone["answer_delay"], phone["greeting"]) == ("voicemail", 4, "Nobody is in")


def test_a_second_start_makes_nothing_twice_and_changes_nothing(tmp_path):
    with started(tmp_path, EVERYTHING) as api:
        before = accounts(api), number(api, SHOP)
    with started(tmp_path, EVERYTHING) as api:
        assert (accounts(api), number(api, SHOP)) == before
        assert len(api.get(f"/2010-04-01/Accounts/{SHOP}/Applications.json")["applications"]) == 1


def test_what_differs_is_set_and_what_is_not_declared_is_left_alone(tmp_path):
    with started(tmp_path, EVERYTHING) as api:
        desk = number(api, SHOP)
        path = f"/2010-04-01/Accounts/{SHOP}/IncomingPhoneNumbers/{desk['sid']}.json"
        api.post(path, FriendlyName="By hand", SmsFallbackUrl="http://127.0.0.1:5000/fallback")
    less = f"""
    [[accounts]]
    sid = "{SHOP}"
    friendly_name = "Shop"
    auth_token = "{"6" * 32}"
    [[numbers]]
    phone_number = "{NUMBER}"
    sms_url = "http://127.0.0.1:6000/sms"
    sms_application = ""
    voice_url = ""
    """
    with started(tmp_path, less) as api:
        after = number(api, SHOP)  # it keeps its account too
        assert (after["sid"], after["friendly_name"]) == (desk["sid"], "By hand")
        assert (after["sms_url"], after["sms_method"]) == ("http://127.0.0.1:6000/sms", "GET")
        assert after["sms_fallback_url"] == "http://127.0.0.1:5000/fallback"
        assert (after["sms_application_sid"], after["voice_url"]) == ("", "")
        assert accounts(api)["Shop"]["auth_token"] == "6" * 32
        assert "Made up" in accounts(api)
        assert api.get(api.in_account("SMS/ShortCodes"))["short_codes"][0]["short_code"] == "12345"
        assert api.get(f"/offhook/v1/Handsets/{segment('+14155559999')}")["error_code"] == 30005


def test_an_account_s_policies_are_set_changed_and_left_alone(tmp_path):
    account = f'[[accounts]]\nfriendly_name = "Shop"\nsid = "{SHOP}"\nauth_token = "{TOKEN}"\n'
    declared = (
        account,
        account + 'media_auth = true\ncountries = ["US", "FR"]',
        account,
        account + 'media_auth = false\ncountries = "all"',
    )
    seen = []
    for text in declared:
        with started(tmp_path, text) as api:
            seen.append(policies(Api(api.url, SHOP, TOKEN)))
            assert policies(api) == (False, "default", len(countries()))
    narrow = (True, "account", 2)
    assert seen == [(False, "default", len(countries())), narrow, narrow, (False, "account", len(countries()))]


def test_a_new_account_has_its_policies_from_the_start_and_the_first_one_can_have_some(tmp_path):
    text = f'''
    [[accounts]]
    friendly_name = "Shop"
    sid = "{SHOP}"
    auth_token = "{TOKEN}"
    countries = []
    [[accounts]]
    friendly_name = "Offhook"
    sid = "{FIRST}"
    media_auth = true
    countries = ["US"]
    '''
    with started(tmp_path, text) as api:
        assert policies(api) == (True, "account", 1)
        assert policies(Api(api.url, SHOP, TOKEN)) == (False, "default", 0)


def policies(api: Api) -> tuple[bool, str, int]:
    """Whether files are private and who said so, and how many countries may be texted."""
    settings = api.get(f"/offhook/v1/Accounts/{api.account_sid}/Settings")
    permissions = api.get("/accounts/v1/Messaging/GeoPermissions")["permissions"]
    return settings["media_auth"], settings["media_auth_source"], sum(one["enabled"] for one in permissions)


def test_a_number_that_is_declared_for_another_account_moves_there(tmp_path):
    with started(tmp_path, f'[[numbers]]\nphone_number = "{NUMBER}"\nsms_url = "http://127.0.0.1:1/"') as api:
        sid = number(api, api.account_sid)["sid"]
    with started(tmp_path, EVERYTHING) as api:
        moved = number(api, SHOP)
        assert (moved["sid"], moved["account_sid"], moved["friendly_name"]) == (sid, SHOP, "Front desk")


def test_a_phone_that_is_declared_on_again_gets_what_waited_for_it(tmp_path):
    off = '[[handsets]]\naddress = "+19732644152"\npower = "off"'
    path = f"/offhook/v1/Handsets/{segment('+19732644152')}/Messages"
    with started(tmp_path, off) as api:
        api.post(api.in_account("Messages"), To="+19732644152", From=NUMBER, Body="hello")
        assert api.get(path)["messages"] == []
    with started(tmp_path, off.replace("off", "on")) as api:
        api.post("/offhook/v1/Clock", Advance="1")
        assert [text["body"] for text in api.get(path)["messages"]] == ["hello"]


UNFIT = {
    "another token for the first account": (
        f'[[accounts]]\nfriendly_name = "Me"\nsid = "{FIRST}"\nauth_token = "{"8" * 32}"',
        r"\[\[accounts\]\] 2: AC1+ is the first account; its token is the setting auth_token",
    ),
    "an account that does not exist": (
        f'[[numbers]]\nphone_number = "{NUMBER}"\naccount = "AC{"9" * 32}"',
        r"\[\[numbers\]\] 1: there is no account AC9+",
    ),
    "texts for a number that has none": (
        '[[numbers]]\nphone_number = "+18005550100"\n[[numbers]]\n'
        'phone_number = "+448081570000"\nsms_url = "http://127.0.0.1:5000/"',
        r"\[\[numbers\]\] 2: \+448081570000 carries no texts",
    ),
}


@pytest.mark.parametrize(("text", "sentence"), UNFIT.values(), ids=UNFIT.keys())
def test_what_does_not_fit_stops_the_start_and_changes_nothing(tmp_path, text, sentence):
    with pytest.raises(DeclarationError, match=sentence), started(tmp_path, '[[accounts]]\nfriendly_name="X"\n' + text):
        pass
    with started(tmp_path, "") as api:
        assert list(accounts(api)) == ["Offhook"]
        assert api.get(api.in_account("IncomingPhoneNumbers"))["incoming_phone_numbers"] == []


def test_a_closed_account_and_a_number_without_its_account_are_refused(tmp_path):
    with started(tmp_path, EVERYTHING) as api:
        made_up = accounts(api)["Made up"]["sid"]
        api.post(f"/2010-04-01/Accounts/{made_up}.json", Status="closed")
    closed = f'[[accounts]]\nfriendly_name = "Closed"\nsid = "{made_up}"'
    with pytest.raises(DeclarationError, match="is closed for good"), started(tmp_path, closed):
        pass
    elsewhere = f'[[applications]]\nfriendly_name="Bot"\n[[numbers]]\nphone_number="{NUMBER}"\nsms_application="Bot"'
    with pytest.raises(DeclarationError, match=f"belongs to {SHOP}: name its account"), started(tmp_path, elsewhere):
        pass
    taken = '[[short_codes]]\nshort_code = "12345"\naccount = "Shop"\n[[accounts]]\nfriendly_name = "Shop"'
    with pytest.raises(DeclarationError, match=f"12345 belongs to {FIRST} already"), started(tmp_path, taken):
        pass


def pair_of(api: Api, account_sid: str) -> tuple[str, str]:
    shown = api.get(f"/offhook/v1/Accounts/{account_sid}/TestCredentials")
    return shown["test_account_sid"], shown["test_auth_token"]


def test_test_credentials_that_are_declared_are_the_account_s(tmp_path):
    shop = f'[[accounts]]\nfriendly_name = "Shop"\nsid = "{SHOP}"\n'
    with started(tmp_path, shop) as api:
        made_up = pair_of(api, SHOP)
    tests = f'test_account_sid = "AC{"7" * 32}"\ntest_auth_token = "{"7" * 32}"\n'
    with started(tmp_path, shop + tests) as api:
        assert pair_of(api, SHOP) == ("AC" + "7" * 32, "7" * 32) != made_up
    with started(tmp_path, shop) as api:
        assert pair_of(api, SHOP) == ("AC" + "7" * 32, "7" * 32)
    other = f'[[accounts]]\nfriendly_name = "Other"\nsid = "AC{"8" * 32}"\n{tests}'
    with pytest.raises(DeclarationError, match=f"is the test SID of account {SHOP} already"), started(tmp_path, other):
        pass
    taken = '[[accounts]]\nfriendly_name = "Other"\nsid = "AC' + "7" * 32 + '"\n'
    with pytest.raises(DeclarationError, match="is a test SID already"), started(tmp_path, taken):
        pass
    own = f'{shop}test_account_sid = "{FIRST}"\n'
    with pytest.raises(DeclarationError, match=f"{FIRST} is an account already"), started(tmp_path, own):
        pass


def test_caller_ids_are_kept_once_renamed_and_left_alone(tmp_path):
    shop = f'[[accounts]]\nfriendly_name = "Shop"\nsid = "{SHOP}"\nauth_token = "{TOKEN}"\n'
    ours = '[[caller_ids]]\nphone_number = "+19732644152"\n'
    shops = f'{ours}account = "Shop"\nfriendly_name = '
    seen = []
    for text in (shop + ours + shops + '"Till"', shop + ours + shops + '"Desk"', shop):
        with started(tmp_path, text) as api:
            path = f"/2010-04-01/Accounts/{SHOP}/OutgoingCallerIds.json"
            found = [api.get(where)["outgoing_caller_ids"] for where in (api.in_account("OutgoingCallerIds"), path)]
            seen.append([[(one["sid"], one["friendly_name"]) for one in its] for its in found])
    first, second, third = seen
    ((own, name),), ((sid, _),) = first
    assert (name, first[1]) == ("(973) 264-4152", [(sid, "Till")])
    assert second == third == [[(own, name)], [(sid, "Desk")]]
