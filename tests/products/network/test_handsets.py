"""The person with the phone: the API of handsets, as its contract says."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest

from offhook.testing import Offhook, RefusedError
from offhook.testing.calling import Api, segment

OURS, PERSON = "+12023358536", "+19732644152"
PNG = b"\x89PNG\r\n\x1a\n and more"


@pytest.fixture
def api(offhook: Offhook) -> Api:
    return Api(offhook.url, offhook.account_sid, offhook.auth_token)


def messages_of(address: str) -> str:
    return f"/offhook/v1/Handsets/{segment(address)}/Messages"


def test_a_phone_shows_exactly_these_fields(offhook, api):
    offhook.number(OURS)
    sent = offhook.client().messages.create(to=PERSON, from_=OURS, body="hi")
    offhook.handset(PERSON).wait_for("hi")
    page = api.get(messages_of(PERSON))
    assert set(page) == {"meta", "messages"}
    [shown] = page["messages"]
    assert set(shown) == {"sid", "direction", "from", "to", "body", "media", "message_sid", "date_created"}
    assert (shown["direction"], shown["from"], shown["to"], shown["body"]) == ("inbound", OURS, PERSON, "hi")
    assert (shown["media"], shown["message_sid"]) == ([], sent.sid)
    moment = datetime.strptime(shown["date_created"], "%Y-%m-%dT%H:%M:%S%z")
    assert abs(moment - offhook.clock.now()) <= timedelta(seconds=1)


def test_texting_answers_with_what_the_phone_shows(offhook, api):
    offhook.number(OURS)
    made = api.post(messages_of(PERSON), To=OURS, Body="hello")
    offhook.clock.settle()
    assert api.get(messages_of(PERSON))["messages"] == [made]
    assert made["direction"] == "outbound"
    assert offhook.client().messages(made["message_sid"]).fetch().body == "hello"


def test_a_text_to_nobody_s_number_arrives_at_the_other_phone(offhook):
    one, other = offhook.handset(PERSON), offhook.handset("+12125550100")
    sent = one.text(other.address, "are you there?")
    assert sent.message_sid is None
    received = other.wait_for("are you there?")
    assert (received.from_, received.direction) == (PERSON, "inbound")
    assert [text.direction for text in one.inbox] == ["outbound"]
    assert offhook.client().messages.list() == []


def test_a_phone_shows_the_oldest_first_page_after_page(offhook, api):
    phone = offhook.handset(PERSON)
    for n in range(5):
        phone.text("+12125550100", f"text {n}")
    page = api.get(messages_of(PERSON), PageSize="2")
    bodies = [text["body"] for text in page["messages"]]
    assert page["meta"]["key"] == "messages"
    assert set(page["meta"]) == {
        "page",
        "page_size",
        "first_page_url",
        "previous_page_url",
        "url",
        "next_page_url",
        "key",
    }
    while following := page["meta"]["next_page_url"]:
        assert following.startswith(offhook.url)
        parts = urlsplit(following)
        page = api.get(f"{parts.path}?{parts.query}")
        bodies += [text["body"] for text in page["messages"]]
    assert bodies == [f"text {n}" for n in range(5)] == [text.body for text in phone.inbox]


def test_a_phone_that_nobody_texted_is_empty(api):
    page = api.get(messages_of("+12125550155"))
    assert page["messages"] == []
    assert page["meta"]["next_page_url"] is None


def test_a_browser_s_phone_has_a_name(offhook, app):
    offhook.number(OURS, sms_url=app.says("/sms", "<Response/>"))
    offhook.handset("client:alice").text(OURS, "hi")
    offhook.clock.settle()
    assert app.asked[0].parameters["From"] == "client:alice"
    assert [text.body for text in offhook.handset("client:alice").inbox] == ["hi"]


def test_an_address_is_taken_as_people_write_it(offhook, api):
    offhook.handset("(973) 264-4152").text("+12125550100", "hi")
    assert [text.from_ for text in offhook.handset(PERSON).inbox] == [PERSON]


@pytest.mark.parametrize(
    ("address", "form", "code"),
    [
        ("nobody", {"To": OURS, "Body": "x"}, 21211),
        (PERSON, {"To": "nobody", "Body": "x"}, 21211),
        ("client:", {"To": OURS, "Body": "x"}, 21211),
        (PERSON, {"Body": "x"}, 21604),
        (PERSON, {"To": OURS}, 21602),
    ],
)
def test_what_makes_no_sense_is_refused(api, address, form, code):
    with pytest.raises(RefusedError) as caught:
        api.post(messages_of(address), **form)
    assert (caught.value.status, caught.value.code) == (400, code)


def test_only_the_first_account_sees_phones(offhook):
    adopted = Api(offhook.url, "AC" + "9" * 32, "whatever")
    for call in (
        lambda: adopted.get(messages_of(PERSON)),
        lambda: adopted.post(messages_of(PERSON), To=OURS, Body="hi"),
        lambda: adopted.post("/offhook/v1/Clock", Advance="1"),
    ):
        with pytest.raises(RefusedError) as caught:
            call()
        assert (caught.value.status, caught.value.code) == (403, 20403)
    assert offhook.handset(PERSON).inbox == []


def test_what_an_adopted_account_sends_reaches_a_phone_that_the_first_account_sees(offhook):
    client = offhook.client("ACxxxxxxxxxxxxxx", "zzzzzzzzzzzzz")
    client.messages.create(to=PERSON, from_=OURS, body="Hello from Python!")
    offhook.handset(PERSON).wait_for("Hello from Python!")


class TestMedia:
    """Pictures on a phone, for the person who runs the network."""

    @pytest.fixture
    def shown(self, offhook, app, api) -> dict:
        """What the phone shows of a picture that an app sent."""
        url = app.says("/cat.png", PNG, kind="image/png")
        offhook.client().messages.create(to=PERSON, from_=OURS, body="look", media_url=[url])
        offhook.handset(PERSON).wait_for("look")
        [text] = api.get(messages_of(PERSON))["messages"]
        [media] = text["media"]
        return media

    def test_each_is_shown_with_its_type_size_and_url(self, offhook, shown):
        assert shown == {"content_type": "image/png", "size": len(PNG), "url": shown["url"]}
        assert shown["url"].startswith(f"{offhook.url}/offhook/v1/Media/")

    def test_it_is_fetched_with_the_first_account_s_credentials(self, offhook, api, shown):
        path = urlsplit(shown["url"]).path
        assert api.content(path) == PNG
        for stranger, status in ((Api(offhook.url, "AC" + "9" * 32, "x"), 403), (Api(offhook.url, "nobody", "x"), 401)):
            with pytest.raises(RefusedError) as caught:
                stranger.content(path)
            assert caught.value.status == status

    @pytest.mark.parametrize("digest", ["0" * 64, "nonsense", "..", "%2e%2e%2fsecret.key", "A" * 64])
    def test_what_is_none_is_absent(self, api, digest):
        with pytest.raises(RefusedError) as caught:
            api.content(f"/offhook/v1/Media/{digest}")
        assert (caught.value.status, caught.value.code) == (404, 20404)

    def test_a_person_sends_one_to_another_phone(self, offhook, app):
        one, other = offhook.handset(PERSON), offhook.handset("+12125550100")
        sent = one.text(other.address, media_url=app.says("/cat.png", PNG, kind="image/png"))
        [received] = other.inbox
        assert received.media == sent.media
        assert other.open(received.media[0]) == PNG
