"""Ann enrols her authenticator app and signs in with it; a code that was used is of no use to anybody else."""

from django.test import Client as Browser

from . import app as login


def test_ann_signs_in_with_her_authenticator_app(offhook, monkeypatch):
    monkeypatch.setattr(login, "Client", offhook.client)
    made = offhook.client().verify.v2.services.create(friendly_name="Owl Bank")
    monkeypatch.setenv("VERIFY_SERVICE_SID", made.sid)
    browser = Browser()
    uri = browser.post("/enrol", {"name": "ann"}).json()["uri"]
    assert browser.post("/confirm", {"code": "00000000"}).status_code == 401
    assert browser.post("/confirm", {"code": offhook.totp(uri)}).json() == {"enrolled": "ann"}
    code = offhook.totp(uri)
    assert Browser().post("/login", {"name": "ann", "code": code}).json() == {"signed in as": "ann"}
    assert Browser().post("/login", {"name": "ann", "code": code}).status_code == 401
