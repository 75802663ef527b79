"""/offhook/v1/Accounts/{sid}/Settings: who may read and change them, and that they outlive a restart."""

from dataclasses import replace

import pytest

from offhook.testing import Offhook, RefusedError
from offhook.testing.calling import Api
from offhook.testing.running import Running, quiet, settings_for
from tests.products.accounts.clients import api_of, with_key


def path(sid: str) -> str:
    return f"/offhook/v1/Accounts/{sid}/Settings"


def shown(view) -> tuple[bool, str]:
    return view["media_auth"], view["media_auth_source"]


def shop_of(offhook: Offhook) -> Api:
    """A new subaccount, and its own way in."""
    made = offhook.client().api.accounts.create(friendly_name="shop")
    return Api(offhook.url, made.sid, made.auth_token)


def test_an_account_that_said_nothing_follows_the_default(offhook):
    assert api_of(offhook).get(path(offhook.account_sid)) == {
        "account_sid": offhook.account_sid,
        "media_auth": False,
        "media_auth_source": "default",
        "url": f"{offhook.url}{path(offhook.account_sid)}",
    }


def test_it_says_what_it_wants_and_takes_it_back(either):
    offhook, _ = either
    api = api_of(offhook)
    place = path(offhook.account_sid)
    for word, seen in (("true", (True, "account")), ("false", (False, "account")), ("default", (False, "default"))):
        assert shown(api.post(place, MediaAuth=word)) == seen
        assert shown(api.get(place)) == seen


def test_what_is_not_given_stays_as_it_is(offhook):
    api = api_of(offhook)
    api.post(path(offhook.account_sid), MediaAuth="true")
    assert shown(api.post(path(offhook.account_sid))) == (True, "account")


def test_a_parent_sets_a_subaccount_s_and_keeps_its_own(offhook):
    shop = shop_of(offhook)
    api_of(offhook).post(path(shop.account_sid), MediaAuth="true")
    assert shown(shop.get(path(shop.account_sid))) == (True, "account")
    assert shown(api_of(offhook).get(path(offhook.account_sid))) == (False, "default")
    assert shown(shop.post(path(shop.account_sid), MediaAuth="false")) == (False, "account")


def test_a_subaccount_does_not_follow_its_parent(offhook):
    shop = shop_of(offhook)
    api_of(offhook).post(path(offhook.account_sid), MediaAuth="true")
    assert shown(shop.get(path(shop.account_sid))) == (False, "default")


def test_other_accounts_see_nothing_of_it(offhook):
    shop = shop_of(offhook)
    for call in (shop.get, shop.post):
        with pytest.raises(RefusedError) as caught:
            call(path(offhook.account_sid))
        assert caught.value.status == 404


def test_a_standard_key_may_look_and_nothing_else(offhook):
    _, key = with_key(offhook)
    api = Api(offhook.url, key.sid, key.secret)
    assert shown(api.get(path(offhook.account_sid))) == (False, "default")
    with pytest.raises(RefusedError) as caught:
        api.post(path(offhook.account_sid), MediaAuth="true")
    assert (caught.value.status, caught.value.code) == (401, 20003)


def test_a_word_that_is_none_of_the_three_is_refused(offhook):
    with pytest.raises(RefusedError) as caught:
        api_of(offhook).post(path(offhook.account_sid), MediaAuth="maybe")
    assert caught.value.code == 20001


def test_who_changed_it_is_written_down(offhook):
    api_of(offhook).post(path(offhook.account_sid), MediaAuth="true")
    [event] = offhook.client().monitor.v1.events.list()
    assert (event.event_type, event.resource_sid) == ("account.updated", offhook.account_sid)
    assert event.event_data["resource_properties"]["media_auth"] == {"previous": False, "updated": True}


def test_it_outlives_a_restart_and_the_process_s_default(tmp_path):
    settings, seen = settings_for(tmp_path), []
    for media_auth in (False, True):
        with quiet(), Running(replace(settings, media_auth=media_auth)) as found:
            api = Api(found.url, found.account_sid, found.auth_token)
            seen.append(shown(api.get(path(found.account_sid))))
            api.post(path(found.account_sid), MediaAuth="false")
    assert seen == [(False, "default"), (False, "account")]
