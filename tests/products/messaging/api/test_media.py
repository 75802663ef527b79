"""The Media resource and the files themselves, as the SDK and a browser get them."""

import urllib.error
import urllib.request
from base64 import b64encode
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from offhook.testing import Offhook
from offhook.testing.calling import Api
from offhook.testing.running import Running, quiet, settings_for
from tests.products.messaging.talking import ALSO_OURS, JPEG, OURS, PERSON, PNG, refusal

OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
NOBODY = "ME" + "0" * 32


def send(offhook: Offhook, *urls: str):
    made = offhook.client().messages.create(to=PERSON, from_=OURS, media_url=list(urls))
    offhook.clock.settle()
    return offhook.client().messages(made.sid)


def get(url: str):
    """A file, without any credentials."""
    return OPENER.open(url)


@pytest.fixture
def message(offhook, app):
    """A delivered message with two pictures."""
    return send(offhook, app.says("/a.png", PNG, kind="image/png"), app.says("/b.jpg", JPEG, kind="image/jpeg"))


def test_a_message_s_files_are_listed_newest_first(offhook, message):
    listed = message.media.list()
    assert [file.content_type for file in listed] == ["image/jpeg", "image/png"]
    assert [file.sid for file in message.media.list(page_size=1)] == [file.sid for file in listed]
    first = listed[0]
    assert (first.parent_sid, first.account_sid) == (message.fetch().sid, offhook.account_sid)
    assert first.uri.endswith(f"/Messages/{first.parent_sid}/Media/{first.sid}.json")


def test_one_is_fetched_by_its_sid(message):
    [_, file] = message.media.list()
    fetched = message.media(file.sid).fetch()
    assert (fetched.sid, fetched.content_type, fetched.date_created) == (file.sid, "image/png", file.date_created)


def test_they_are_filtered_by_the_moment_they_came(offhook, message):
    now = offhook.clock.now()
    early, late = now - timedelta(days=1), now + timedelta(days=1)
    assert len(message.media.list(date_created_after=early)) == 2
    assert message.media.list(date_created_after=late) == []
    assert len(message.media.list(date_created_before=late)) == 2
    assert message.media.list(date_created_before=early) == []


def test_what_does_not_exist_is_absent(offhook, message):
    assert refusal(message.media(NOBODY).fetch) == (404, 20404)
    assert refusal(message.media(NOBODY).delete) == (404, 20404)
    stranger = offhook.client("AC" + "9" * 32, "whatever").messages(message.fetch().sid)
    assert refusal(stranger.media(message.media.list()[0].sid).fetch) == (404, 20404)
    with pytest.raises(urllib.error.HTTPError) as caught:
        get(url_of(offhook, message).replace(message.media.list()[0].sid, NOBODY))
    with caught.value as answer:
        assert answer.code == 404


def url_of(offhook: Offhook, message, at: int = 0) -> str:
    return offhook.url + message.media.list()[at].uri.removesuffix(".json")


def test_whoever_has_the_url_gets_the_file_which_a_browser_cannot_run(offhook, message):
    with get(url_of(offhook, message, 1)) as answer:
        assert answer.read() == PNG
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("kind", "body"),
    [("image/svg+xml", b"<svg onload='alert(1)'/>"), ("text/html", b"<script>alert(1)</script>")],
)
def test_a_document_with_scripts_is_opened_in_a_sandbox(offhook, app, kind, body):
    message = send(offhook, app.says("/x", body, kind=kind))
    with get(url_of(offhook, message)) as answer:
        assert answer.read() == body
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"


def files_in(folder: Path) -> list[bytes]:
    return sorted(path.read_bytes() for path in folder.rglob("*") if path.is_file())


class TestDeleting:
    """What is deleted is gone from the disk too, unless somebody else still has it."""

    @pytest.fixture
    def house(self, tmp_path, monkeypatch):
        """An Offhook whose folder of files the test can look into."""
        with quiet(), Running(settings_for(tmp_path)) as found:
            monkeypatch.setenv("TWILIO_AUTH_TOKEN", found.auth_token)
            with Offhook(found.url, found.account_sid, found.auth_token) as offhook:
                yield offhook, tmp_path / "media"

    def lost(self, offhook: Offhook, *bodies: bytes):
        """A message with files that reached no phone: nobody else has them."""
        offhook.handset(PERSON).behave(outcome="undelivered")
        urls = [served(offhook, body) for body in bodies]
        return send(offhook, *urls)

    def test_a_file_goes_with_its_bytes_and_the_others_stay(self, house):
        offhook, folder = house
        message = self.lost(offhook, PNG, JPEG)
        url = url_of(offhook, message, 1)
        assert message.media.list()[1].delete() is True
        assert [file.content_type for file in message.media.list()] == ["image/jpeg"]
        assert files_in(folder) == [JPEG]
        with pytest.raises(urllib.error.HTTPError) as caught:
            get(url)
        caught.value.close()
        assert caught.value.code == 404

    def test_a_message_goes_with_all_its_files(self, house):
        offhook, folder = house
        message = self.lost(offhook, PNG, JPEG)
        assert files_in(folder) == sorted([PNG, JPEG])
        assert message.delete() is True
        assert files_in(folder) == []

    def test_bytes_that_another_message_has_stay(self, house):
        offhook, folder = house
        one, other = self.lost(offhook, PNG), self.lost(offhook, PNG)
        assert files_in(folder) == [PNG]
        one.delete()
        with get(url_of(offhook, other)) as answer:
            assert answer.read() == PNG
        other.delete()
        assert files_in(folder) == []

    def test_what_a_phone_shows_stays_on_the_phone(self, house):
        offhook, _ = house
        message = send(offhook, served(offhook, PNG))
        phone = offhook.handset(PERSON)
        message.delete()
        assert phone.open(phone.inbox[0].media[0]) == PNG

    def test_what_is_on_its_way_arrives_all_the_same(self, house):
        offhook, _ = house
        phone = offhook.handset(PERSON)
        phone.behave(power="off")
        message = send(offhook, served(offhook, PNG))
        for file in message.media.list():
            file.delete()
        phone.behave(power="on")
        assert phone.open(phone.inbox[0].media[0]) == PNG

    def test_files_of_a_message_that_could_not_be_sent_leave_no_bytes(self, house):
        offhook, folder = house
        send(offhook, served(offhook, PNG), f"{offhook.url}/none.png")
        assert files_in(folder) == []


def served(offhook: Offhook, body: bytes) -> str:
    kind = "image/png" if body == PNG else "image/jpeg"

    def application(_environ, start):
        start("200 OK", [("Content-Type", kind)])
        return [body]

    return offhook.serve(application) + "/file"


CHALLENGED = (401, 'Basic realm="Twilio API"')


def is_open(url: str, *credentials: str) -> bool:
    """Whether a file is served, to anybody or with credentials; where it is not, one is asked who one is."""
    headers = {"Authorization": f"Basic {b64encode(':'.join(credentials).encode()).decode()}"} if credentials else {}
    try:
        with OPENER.open(urllib.request.Request(url, headers=headers)) as answer:
            return bool(answer.read() == PNG)
    except urllib.error.HTTPError as refused:
        with refused:
            return (refused.code, refused.headers["www-authenticate"]) != CHALLENGED


def set_media_auth(api: Api, account_sid: str, word: str) -> None:
    api.post(f"/offhook/v1/Accounts/{account_sid}/Settings", MediaAuth=word)


class TestCredentials:
    def test_an_account_has_them_asked_for_first_and_takes_it_back(self, offhook):
        mine = offhook.account_sid, offhook.auth_token
        api = Api(offhook.url, *mine)
        url = url_of(offhook, send(offhook, served(offhook, PNG)))
        seen = []
        for word in ("true", "false", "default"):
            set_media_auth(api, offhook.account_sid, word)
            seen.append((is_open(url), is_open(url, *mine)))
        assert seen == [(False, True), (True, True), (True, True)]

    def test_a_subaccount_s_files_follow_its_own_switch_which_its_parent_may_turn(self, offhook):
        made = offhook.client().api.accounts.create(friendly_name="shop")
        mine, its_own = (offhook.account_sid, offhook.auth_token), (made.sid, made.auth_token)
        parent, shop = Api(offhook.url, *mine), Api(offhook.url, *its_own)
        its = offhook.client(made.sid, made.auth_token).messages
        file = served(offhook, PNG)
        sent = its.create(to=PERSON, from_=ALSO_OURS, media_url=[file])
        own = url_of(offhook, send(offhook, file))
        url = f"{offhook.url}{its(sent.sid).media.list()[0].uri.removesuffix('.json')}"
        set_media_auth(parent, made.sid, "true")
        assert (is_open(url), is_open(own)) == (False, True)
        assert (is_open(url, *its_own), is_open(url, *mine)) == (True, True)
        set_media_auth(shop, made.sid, "false")
        set_media_auth(parent, parent.account_sid, "true")
        assert (is_open(url), is_open(own)) == (True, False)
        assert not is_open(own, *its_own)

    def test_the_process_says_what_counts_for_accounts_that_said_nothing(self, tmp_path):
        private = replace(settings_for(tmp_path), media_auth=True)
        with quiet(), Running(private) as found, Offhook(found.url, found.account_sid, found.auth_token) as offhook:
            mine = found.account_sid, found.auth_token
            api = Api(found.url, *mine)
            url = url_of(offhook, send(offhook, served(offhook, PNG)))
            assert (is_open(url), is_open(url, *mine)) == (False, True)
            set_media_auth(api, found.account_sid, "false")
            assert is_open(url)
