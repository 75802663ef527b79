"""The demo's way of asking: what it says when the answer is no."""

import pytest

from offhook.cli.demo import api
from offhook.cli.demo.api import Api
from offhook.cli.failing import CommandError
from offhook.roles.connection import Connection


def test_an_error_is_told_with_what_the_api_said(house):
    asking = Api(Connection(**house[1]))
    with pytest.raises(CommandError, match=r"POST http://.*Messages\.json answered 400: .*21604"):
        asking.post(f"{asking.account}/Messages.json", Body="To nobody")


def test_an_offhook_that_is_gone_is_told(house):
    asking = Api(Connection(**house[1] | {"url": "http://127.0.0.1:1"}))
    with pytest.raises(CommandError, match=r"GET http://127\.0\.0\.1:1/x failed: .*refused"):
        asking.get("/x")


def test_what_does_not_happen_is_named(monkeypatch):
    monkeypatch.setattr(api, "PATIENCE", 0.1)
    with pytest.raises(CommandError, match="a text arriving did not happen"):
        api.wait_for("a text arriving", lambda: None)


def test_what_happens_late_is_found():
    found = iter([None, None, 0, "there"])
    assert api.wait_for("this", lambda: next(found)) == 0
