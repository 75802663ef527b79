"""A guest answers one question, sleeps over it, and is asked from the beginning: cookies last four hours."""

from .app import app


def test_it_asks_one_question_after_the_other(offhook):
    number = offhook.number(sms_url=offhook.serve(app) + "/sms")
    guest = offhook.handset("+19732644152")
    for text, answer in [("hi", "How was your stay"), ("5", "do better"), ("breakfast", "Thank you for 2 answers")]:
        guest.text(number, text)
        guest.wait_for(answer)
    guest.text(number, "hi again")
    offhook.clock.advance(hours=5)
    guest.text(number, "good morning")
    assert [text.body[:8] for text in guest.inbox[-4:]] == ["hi again", "How was ", "good mor", "How was "]
