"""Ann has a landline: the phone rings, a key makes the voice say the code, and with that she is in."""

from . import app as login


def test_a_landline_is_called_and_told_the_code(offhook, monkeypatch):
    monkeypatch.setattr(login, "Client", offhook.client)
    made = offhook.client().verify.v2.services.create(friendly_name="Owl Bank")
    monkeypatch.setenv("VERIFY_SERVICE_SID", made.sid)
    ann, browser = offhook.handset("+12125550101"), login.app.test_client()
    ann.has_line(type="landline")
    assert browser.post("/login", data={"phone": ann.address}).json["by"] == "call"
    call = ann.incoming_call()
    call.answer()
    call.hears("Press any key")
    call.press("1")
    code = ann.latest_code()
    call.hears(" ".join(f"{digit}." for digit in code))
    assert browser.post("/code", data={"code": code}).json == {"signed in as": ann.address}
