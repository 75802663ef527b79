"""Two people wait with music; the moderator comes, speaks, and ends it by leaving."""

from .app import app


def test_the_moderator_begins_and_ends_it(offhook, monkeypatch):
    monkeypatch.setenv("MODERATOR", "+12125550100")
    number = offhook.number(voice_url=offhook.serve(app) + "/voice")
    guests = [offhook.handset(f"+1212555010{place}").call(number) for place in (1, 2)]
    for guest in guests:
        guest.hears(kind="music")
    moderator = offhook.handset("+12125550100").call(number)
    guests[0].hears(kind="beep")
    moderator.says("Good morning")
    for guest in guests:
        guest.hears("Good morning", kind="person")
    moderator.hangs_up()
    for guest in guests:
        guest.hears("The call is over")
