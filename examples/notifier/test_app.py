"""One customer gets to know it, the other's phone cannot be reached."""

import requests

from . import app as notifier


def test_it_knows_who_could_not_be_told(offhook, monkeypatch):
    monkeypatch.setattr(notifier, "Client", offhook.client)
    monkeypatch.setenv("SHOP_NUMBER", str(offhook.number()))
    kitchen = offhook.serve(notifier.app)
    offhook.handset("+12125550102").behave(outcome="undelivered", error_code=30003)
    for name, phone in [("Ann", "+12125550101"), ("Ben", "+12125550102")]:
        requests.post(f"{kitchen}/orders/{name}/ready", data={"phone": phone}, timeout=10).raise_for_status()
    offhook.handset("+12125550101").wait_for("Ann, your order is ready!")
    offhook.clock.settle()
    assert requests.get(f"{kitchen}/orders", timeout=10).json() == {"Ann": "delivered", "Ben": "undelivered 30003"}
