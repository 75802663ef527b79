"""The whole process: killed at any moment it loses nothing that it said yes to; two never share a folder."""

import asyncio
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.client import HTTPException
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from offhook.roles import connection
from offhook.roles.everything import AlreadyRunningError, Everything
from offhook.testing import Offhook
from offhook.testing.calling import Api, segment
from offhook.testing.running import Running, quiet, settings_for
from offhook.testing.serving import serve

OURS, PERSON = "+12023358536", "+19732644152"
ROUNDS = 5
PROGRAM = """
import asyncio, sys
from pathlib import Path
import uvloop
from offhook.roles import logging
from offhook.roles.everything import Everything
from offhook.roles.settings import Settings

async def live():
    logging.configure("error")
    everything = Everything(Settings(data=Path(sys.argv[1]), port=0, tls_port=0))
    found = await everything.start()
    print(found.url, found.account_sid, found.auth_token, flush=True)
    await asyncio.Event().wait()

uvloop.run(live())
"""


@contextmanager
def child(folder: Path) -> Iterator[tuple[subprocess.Popen[str], Api]]:
    """Offhook in a process of its own, on the machine's clock; killed in the end."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        line = process.stdout.readline().split()
        assert line, process.communicate()[1]
        yield process, Api(*line)
    finally:
        process.kill()
        process.communicate()


class Witness:
    """The app: it remembers what it was told, and answers each text with that text's SID."""

    def __init__(self) -> None:
        self.statuses: dict[str, list[str]] = defaultdict(list)
        self.asked: set[str] = set()

    def __call__(self, environ, start):
        form = parse_qs(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode())
        start("200 OK", [("Content-Type", "text/xml")])
        sid = form["MessageSid"][0]
        if environ["PATH_INFO"] == "/status":
            self.statuses[sid].append(form["MessageStatus"][0])
            return []
        self.asked.add(sid)
        return [f"<Response><Message>re {sid}</Message></Response>".encode()]


class Load:
    """Threads that send texts both ways until the process dies, and the SIDs of those that it said yes to."""

    def __init__(self, api: Api, url: str) -> None:
        self.sent: list[str] = []
        self.texted: list[str] = []
        self._api, self._url = api, url
        self._threads = [threading.Thread(target=self._repeat, args=(work,)) for work in (self._send, self._text) * 2]
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        for thread in self._threads:
            thread.join()

    def _repeat(self, work) -> None:
        try:
            while True:
                work()
        except (OSError, HTTPException, ValueError):
            return  # the process is dead: what it was asked last, it never said yes to

    def _send(self) -> None:
        form = {"To": PERSON, "From": OURS, "Body": "hi", "StatusCallback": f"{self._url}/status"}
        self.sent.append(self._api.post(self._api.in_account("Messages"), **form)["sid"])

    def _text(self) -> None:
        path = f"/offhook/v1/Handsets/{segment(PERSON)}/Messages"
        self.texted.append(self._api.post(path, To=OURS, Body="hello")["message_sid"])


def listed(api: Api, path: str, key: str) -> list[dict]:
    """Every record of a list of the 2010 API."""
    page = api.get(path, PageSize="1000")
    records = page[key]
    while page["next_page_uri"]:
        page = api.get(page["next_page_uri"])
        records += page[key]
    return records


def eventually(check, seconds: float = 20) -> None:
    """Wait until `check` raises nothing."""
    until = time.monotonic() + seconds
    while True:
        try:
            return check()
        except AssertionError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def test_a_process_that_is_killed_loses_nothing_that_it_accepted(tmp_path):
    chance = random.Random(4665)
    app = Witness()
    served = serve(app)
    sent: list[str] = []
    texted: list[str] = []
    try:
        for number in range(ROUNDS):
            with child(tmp_path) as (process, api):
                if number == 0:
                    api.post(api.in_account("IncomingPhoneNumbers"), PhoneNumber=OURS, SmsUrl=f"{served.url}/sms")
                load = Load(api, served.url)
                time.sleep(chance.uniform(0.05, 0.4))
                process.send_signal(signal.SIGKILL)
                load.join()
            sent += load.sent
            texted += load.texted
        with child(tmp_path) as (_, api):
            eventually(lambda: check_nothing_is_lost(api, app, sent, texted))
    finally:
        served.stop()


def check_nothing_is_lost(api: Api, app: Witness, sent: list[str], texted: list[str]) -> None:
    assert len(sent) >= ROUNDS
    assert len(texted) >= ROUNDS
    messages = {message["sid"]: message for message in listed(api, api.in_account("Messages"), "messages")}
    shown = list(api.pages(f"/offhook/v1/Handsets/{segment(PERSON)}/Messages", "messages"))
    arrived = {text["message_sid"] for text in shown if text["direction"] == "inbound"}
    for sid in sent:
        assert messages[sid]["status"] == "delivered"
        assert sid in arrived
        assert list(dict.fromkeys(app.statuses[sid])) == ["sent", "delivered"]
    assert set(texted) <= app.asked
    replies = [message["body"] for message in messages.values() if message["direction"] == "outbound-reply"]
    assert len(replies) == len(set(replies))
    assert {f"re {sid}" for sid in texted} <= set(replies)
    assert all(message["status"] in ("delivered", "received") for message in messages.values())


def test_no_text_is_shown_twice_when_nothing_was_interrupted(offhook):
    client = offhook.client()
    sids = [client.messages.create(to=PERSON, from_=OURS, body="hi").sid for _ in range(20)]
    assert sorted(text.message_sid for text in offhook.handset(PERSON).inbox) == sorted(sids)


def test_the_connection_file_is_there_while_it_answers_and_for_its_owner_only(tmp_path):
    with quiet(), Running(settings_for(tmp_path)) as found:
        file = tmp_path / "connection.json"
        assert file.stat().st_mode & 0o777 == 0o600
        assert connection.read(tmp_path) == found
        assert Path(found.ca).read_text().startswith("-----BEGIN CERTIFICATE-----")
    assert not file.exists()
    assert connection.read(tmp_path) is None


def test_a_second_process_on_the_same_folder_is_refused_and_disturbs_nothing(tmp_path):
    with quiet(), Running(settings_for(tmp_path)) as found:
        with pytest.raises(AlreadyRunningError), Running(settings_for(tmp_path)):
            pass
        assert connection.read(tmp_path) == found
        assert Api(found.url, found.account_sid, found.auth_token).get("/offhook/v1/Clock")


def test_a_port_that_is_taken_is_an_error_that_leaves_nothing_behind(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = replace(settings_for(tmp_path), port=taken.getsockname()[1])
        with quiet(), pytest.raises(OSError, match=r"(?i)in use"), Running(settings):
            pass
    assert not (tmp_path / "connection.json").exists()
    with quiet(), Running(settings_for(tmp_path)) as found:
        assert found.url


def test_stopping_lets_a_callback_that_is_under_way_finish(tmp_path):
    asked, heard = threading.Event(), []

    def slow(environ, start):
        asked.set()
        time.sleep(0.3)
        form = parse_qs(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode())
        heard.append(form["MessageStatus"][0])
        start("200 OK", [])
        return []

    served = serve(slow)
    try:
        with quiet(), Running(settings_for(tmp_path)) as found:
            offhook = Offhook(found.url, found.account_sid, found.auth_token)
            offhook.client().messages.create(to=PERSON, from_=OURS, body="hi", status_callback=served.url)
            assert asked.wait(5)
        assert heard[:1] == ["sent"]
        with quiet(), Running(settings_for(tmp_path)) as found:
            Offhook(found.url, found.account_sid, found.auth_token).clock.settle()
        assert heard == ["sent", "delivered"]
    finally:
        served.stop()


def test_nothing_is_left_running_when_it_stops(tmp_path):
    async def run() -> tuple[int, int]:
        before = len(asyncio.all_tasks())
        everything = Everything(settings_for(tmp_path))
        await everything.start()
        await everything.stop()
        await asyncio.sleep(0)
        return before, len(asyncio.all_tasks())

    before_threads = threading.active_count()
    with quiet():
        before, after = asyncio.run(run())
    assert after == before
    assert threading.active_count() <= before_threads
