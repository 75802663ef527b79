"""Pictures that people send: kept, told to the webhook with URLs that work, on either database."""

import urllib.request

import pytest

from offhook.testing import RefusedError
from tests.products.messaging.talking import ALSO_OURS, JPEG, OURS, PERSON, PNG, say

OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def test_the_webhook_gets_urls_and_types_of_all_of_them_and_can_fetch_each(either):
    offhook, app = either
    urls = [app.says("/a.png", PNG, kind="image/png"), app.says("/b.jpg", JPEG, kind="image/jpeg")]
    fetched: list[bytes] = []

    def fetch(asked) -> None:
        for at in range(int(asked.parameters["NumMedia"])):
            with OPENER.open(asked.parameters[f"MediaUrl{at}"]) as answer:
                assert answer.headers["content-type"] == asked.parameters[f"MediaContentType{at}"]
                fetched.append(answer.read())

    offhook.number(OURS, sms_url=app.says("/sms", say("nice"), before=fetch))
    phone = offhook.handset(PERSON)
    sent = phone.text(OURS, "two of them", media_url=urls)
    phone.wait_for("nice")
    assert fetched == [PNG, JPEG]
    [asked] = app.at("/sms")
    assert asked.is_signed
    assert (asked.parameters["NumMedia"], asked.parameters["MessageSid"]) == ("2", sent.message_sid)
    message = offhook.client().messages(sent.message_sid).fetch()
    assert (message.sid[:2], message.num_media, message.status) == ("MM", "2", "received")
    assert [file.content_type for file in message.media.list()] == ["image/jpeg", "image/png"]
    assert [file.content_type for file in phone.inbox[0].media] == ["image/png", "image/jpeg"]


def test_a_text_without_pictures_says_nothing_of_any(offhook, app):
    offhook.number(OURS, sms_url=app.says("/sms"))
    offhook.handset(PERSON).text(OURS, "just words")
    offhook.clock.settle()
    [asked] = app.asked
    assert asked.parameters["NumMedia"] == "0"
    assert not [name for name in asked.parameters if name.startswith(("MediaUrl", "MediaContentType"))]


def test_a_picture_from_number_to_number_is_two_messages_with_a_file_each(offhook, app):
    offhook.number(ALSO_OURS, sms_url=app.says("/sms"))
    url = app.says("/a.png", PNG, kind="image/png")
    sent = offhook.client().messages.create(to=ALSO_OURS, from_=OURS, media_url=[url])
    offhook.clock.settle()
    received = app.at("/sms")[0].parameters
    assert received["NumMedia"] == "1"
    offhook.client().messages(sent.sid).delete()
    with OPENER.open(received["MediaUrl0"]) as answer:
        assert answer.read() == PNG


@pytest.mark.parametrize(
    ("path", "code"), [("/none.png", 21620), ("/page.zip", 21620), ("not-a-url", 21620)], ids=["404", "zip", "no url"]
)
def test_a_person_cannot_send_what_is_not_there(offhook, app, path, code):
    app.says("/page.zip", b"PK", kind="application/zip")
    offhook.number(OURS)
    with pytest.raises(RefusedError) as caught:
        offhook.handset(PERSON).text(OURS, "look", media_url=path if path[0] != "/" else app.url + path)
    assert (caught.value.status, caught.value.code) == (400, code)
    assert offhook.handset(PERSON).inbox == []
    assert offhook.client().messages.list() == []


def test_a_person_cannot_send_more_than_ten(offhook, app):
    url = app.says("/a.png", PNG, kind="image/png")
    with pytest.raises(RefusedError) as caught:
        offhook.handset(PERSON).text(OURS, media_url=[url] * 11)
    assert caught.value.code == 21623
    assert app.asked == []
    assert len(offhook.handset(PERSON).text("+12125550100", media_url=[url] * 10).media) == 10
