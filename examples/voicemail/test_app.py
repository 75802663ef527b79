"""Ann leaves a message; Ben reads what she said, and hears it."""

from . import app as voicemail


def test_a_message_is_read_and_heard(offhook, monkeypatch):
    monkeypatch.setattr(voicemail, "Client", offhook.client)
    monkeypatch.setenv("OWNER", "+12125550102")
    number = offhook.number(voice_url=offhook.serve(voicemail.app) + "/voice")
    ann, ben = offhook.handset("+12125550101"), offhook.handset("+12125550102")
    call = ann.call(number)
    call.hears(kind="beep")
    call.says("Dinner is at eight")
    call.hangs_up()
    assert ben.wait_for("said:").body == "+12125550101 said: Dinner is at eight"
    call = ben.call(number)
    call.hears("You have 1 messages")
    assert call.hears(kind="play").text == voicemail.recordings[-1]
