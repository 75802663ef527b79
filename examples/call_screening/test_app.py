"""The owner takes one call and declines another."""

import pytest

from .app import app


@pytest.mark.parametrize(("key", "outcome"), [("1", "Hello, Ann"), ("2", "Nobody can take your call")])
def test_the_owner_decides(offhook, monkeypatch, key, outcome):
    monkeypatch.setenv("OWNER", "+12125550100")
    number = offhook.number(voice_url=offhook.serve(app) + "/voice")
    call = offhook.handset("+12125550101").call(number)
    owner = offhook.handset("+12125550100").incoming_call()
    owner.answer()
    owner.hears("Press 1 to accept")
    owner.press(key)
    if key == "1":
        owner.says("Hello, Ann")
    call.hears(outcome)
