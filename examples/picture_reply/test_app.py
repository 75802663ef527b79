"""A picture comes out of the phone, and goes back in."""

from .app import app


def test_a_colour_becomes_a_picture_and_the_picture_is_recognised(offhook):
    url = offhook.serve(app)
    number = offhook.number(sms_url=f"{url}/sms")
    phone = offhook.handset("+19732644152")
    phone.text(number, "What about #FF8800?")
    [picture] = phone.wait_for("This is #ff8800").media
    assert (picture.content_type, phone.open(picture)[:4]) == ("image/png", b"\x89PNG")
    phone.text(number, media_url=f"{url}/ff8800.png")
    phone.wait_for(f"Thanks for the image/png of {picture.size} bytes!")
