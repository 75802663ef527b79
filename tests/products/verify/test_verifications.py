"""A code goes out and comes back."""

PERSON = "+19732644152"


def test_a_code_by_text_comes_back(offhook):
    client = offhook.client()
    service = client.verify.v2.services.create(friendly_name="Shop")
    begun = client.verify.v2.services(service.sid).verifications.create(to=PERSON, channel="sms")
    assert (begun.status, begun.valid, begun.channel, begun.to) == ("pending", False, "sms", PERSON)
    text = offhook.handset(PERSON).wait_for("Your Shop verification code is: ")
    code = text.body[-6:]
    checks = client.verify.v2.services(service.sid).verification_checks
    wrong = checks.create(to=PERSON, code="x" + code[1:])
    assert (wrong.status, wrong.valid, wrong.sid) == ("pending", False, begun.sid)
    right = checks.create(to=PERSON, code=code)
    assert (right.status, right.valid, right.sid) == ("approved", True, begun.sid)
