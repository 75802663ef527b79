"""Ann mistypes her code, then types it right, and is in."""

from . import app as login


def test_ann_signs_in_with_the_code_on_her_phone(offhook, monkeypatch):
    monkeypatch.setattr(login, "Client", offhook.client)
    made = offhook.client().verify.v2.services.create(friendly_name="Owl Bank")
    monkeypatch.setenv("VERIFY_SERVICE_SID", made.sid)
    ann, browser = offhook.handset("+12125550101"), login.app.test_client()
    browser.post("/login", data={"phone": ann.address})
    code = ann.latest_code()
    assert ann.wait_for(code).body == f"Your Owl Bank verification code is: {code}"
    assert browser.post("/code", data={"code": "0" + code}).status_code == 401
    assert browser.get("/me").status_code == 401
    assert browser.post("/code", data={"code": code}).json == {"signed in as": ann.address}
    assert browser.get("/me").json == {"phone": ann.address}
    assert login.app.test_client().get("/me").status_code == 401
