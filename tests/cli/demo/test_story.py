"""The demo waits for what it tells, however slow the app is."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from offhook.cli.demo import api
from offhook.cli.demo.api import Api
from offhook.cli.demo.story import NUMBER, PHONE, Story
from offhook.cli.failing import CommandError
from offhook.roles.connection import Connection


class SlowApp(BaseHTTPRequestHandler):
    """Thinks for a while and then answers; at /broken it answers at once that it cannot."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/broken":
            self.send_error(500)
            return
        time.sleep(0.4)
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.end_headers()
        self.wfile.write(b"<Response><Message>At last</Message></Response>")

    def log_message(self, *_: object) -> None:
        """Nothing to be told."""


@pytest.fixture
def app() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), SlowApp)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def story(house, app: str) -> Story:
    """A story whose phone has a text already and whose number is answered by the slow app."""
    asking = Api(Connection(**house[1]))
    story = Story(asking)
    asking.post(f"{asking.account}/Messages.json", To=PHONE, From="+12025550100", Body="An older text")
    found = asking.get(f"{asking.account}/IncomingPhoneNumbers.json", PhoneNumber=NUMBER)["incoming_phone_numbers"]
    if found:
        asking.post(f"{asking.account}/IncomingPhoneNumbers/{found[0]['sid']}.json", SmsUrl=f"{app}/sms")
    else:
        story.buy_number(f"{app}/sms")
    return story


def test_a_slow_reply_is_not_mistaken_for_an_older_text(story: Story):
    received = story.answer_from_the_phone()
    reply = story.reply_to(received)
    assert (reply["body"], reply["direction"], reply["status"]) == ("At last", "outbound-reply", "delivered")
    assert story.webhook_of(received)["duration"] >= 400


def test_a_webhook_that_fails_is_told_by_its_alert(story: Story, app: str, monkeypatch):
    found = story.api.get(f"{story.api.account}/IncomingPhoneNumbers.json", PhoneNumber=NUMBER)
    number = found["incoming_phone_numbers"][0]["sid"]
    story.api.post(f"{story.api.account}/IncomingPhoneNumbers/{number}.json", SmsUrl=f"{app}/broken")
    monkeypatch.setattr(api, "PATIENCE", 0.6)
    with pytest.raises(CommandError, match=r"the app's reply .* did not happen within 1 s\nalert 11200: .*500"):
        story.reply_to(story.answer_from_the_phone())
