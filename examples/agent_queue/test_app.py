"""Two people wait; the agent speaks with the first, and the other moves up."""

from .app import app


def test_callers_are_taken_in_order(offhook, monkeypatch):
    monkeypatch.setenv("AGENTS", "+12125550100")
    number = offhook.number(voice_url=offhook.serve(app) + "/voice")
    ann = offhook.handset("+12125550101").call(number)
    ann.hears("You are number 1")
    ben = offhook.handset("+12125550102").call(number)
    ben.hears("You are number 2")
    agent = offhook.handset("+12125550100").call(number)
    ann.hears("Thank you for waiting")
    offhook.clock.advance(seconds=5)
    agent.says("How can I help?")
    ann.hears("How can I help?", kind="person")
    agent.hangs_up()
    ann.hears("Thank you for calling")
    ben.hears("You are number 1", timeout=600)
