"""What is to be sent survives a restart, and a carrier that is away."""

import socket
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from offhook.testing import Offhook
from offhook.testing.running import Running, quiet, settings_for
from tests.products.messaging.talking import came
from tests.products.verify.proving import MAIL, PERSON, begin, service


def last_attempt(offhook):
    offhook.clock.settle()
    return offhook.client().verify.v2.verification_attempts.list(limit=1)[0]


@pytest.mark.parametrize("status", ["queued", "sending"])
def test_what_a_killed_process_had_not_sent_goes_out_at_the_next_start(tmp_path, status):
    settings = settings_for(tmp_path / "data")
    with quiet(), Running(settings) as found, Offhook(found.url, found.account_sid, found.auth_token) as offhook:
        begin(service(offhook))
        offhook.clock.settle()
    with closing(sqlite3.connect(tmp_path / "data" / "offhook.db")) as database:
        database.execute("UPDATE verification_attempts SET status = ?, due = date_created, lease = 1e18", (status,))
        database.commit()
    with quiet(), Running(settings) as found, Offhook(found.url, found.account_sid, found.auth_token) as offhook:
        assert last_attempt(offhook).channel_data["message_status"] == "delivered"
        [first, again] = came(offhook)
        assert first == again


def test_nothing_goes_out_for_what_has_ended(tmp_path):
    settings = settings_for(tmp_path / "data")
    with quiet(), Running(settings) as found, Offhook(found.url, found.account_sid, found.auth_token) as offhook:
        shop = service(offhook)
        begin(shop)
        shop.verifications(PERSON).update(status="canceled")
        offhook.clock.settle()
    with closing(sqlite3.connect(tmp_path / "data" / "offhook.db")) as database:
        database.execute("UPDATE verification_attempts SET status = 'queued', due = date_created")
        database.commit()
    with quiet(), Running(settings) as found, Offhook(found.url, found.account_sid, found.auth_token) as offhook:
        assert last_attempt(offhook).channel_data["message_status"] == "failed"
        assert len(came(offhook)) == 1


def test_a_mail_server_that_is_away_is_tried_until_the_code_ends(tmp_path):
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))  # nobody listens there
        away = f"smtp://127.0.0.1:{bound.getsockname()[1]}"
        settings = replace(settings_for(tmp_path / "data"), smtp_url=away)
        with quiet(), Running(settings) as found, Offhook(found.url, found.account_sid, found.auth_token) as offhook:
            begin(service(offhook), MAIL, "email")
            assert last_attempt(offhook).channel_data["message_status"] == "sending"
            offhook.clock.advance(minutes=10)
            assert last_attempt(offhook).channel_data["message_status"] == "failed"
