"""A guest says nothing for a while, asks for the opening hours, and books a table by voice."""

from .app import app, bookings


def test_a_guest_finds_the_way_through_the_menu(offhook):
    number = offhook.number(voice_url=offhook.serve(app) + "/voice")
    call = offhook.handset("+19732644152").call(number)
    call.hears("press 1")
    call.hears("I did not hear you")
    call.hears("press 1")
    call.press("1")
    call.hears("noon to midnight")
    call.hears("press 2")
    call.says("A table, please")
    call.hears("What name")
    call.says("Ann")
    call.hears("Thank you, Ann")
    assert call.wait_until_ended() == "completed"
    assert bookings[-1] == ("Ann", "+19732644152")
