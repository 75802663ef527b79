"""`<Dial><Application>`: the account's application answers, and is told what the document says."""

from tests.products.voice.talking import codes, document, heard, rings, told


def made(offhook, app, *verbs):
    """An application whose webhook is at /application."""
    url = app.says("/application", document(*verbs))
    return offhook.client().applications.create(voice_url=url).sid


def test_the_caller_hears_the_application_and_goes_on_afterwards(offhook, app):
    sid = made(offhook, app, "<Say>Welcome to the application</Say>")
    app.says("/after", document("<Say>Thanks</Say>"))
    name = f"<ApplicationSid>{sid}</ApplicationSid>"
    noun = f'<Application>{name}<Parameter name="desk" value="sales &amp; co"/></Application>'
    call = rings(offhook, app, f'<Dial action="/after">{noun}</Dial>')
    call.hears("Welcome to the application")
    call.hears("Thanks")
    call.wait_until_ended()
    asked = told(app, "/application")
    assert (asked["desk"], asked["To"], asked["Direction"]) == ("sales & co", f"app:{sid}", "inbound")
    assert told(app, "/after")["DialCallStatus"] == "completed"
    assert codes(offhook) == []


def test_who_dials_another_accounts_application_reaches_nobody(offhook, app):
    other = offhook.client("AC" + "9" * 32, "token-of-another-account")
    sid = other.applications.create(voice_url=app.says("/application", document("<Say>Secret</Say>"))).sid
    call = rings(offhook, app, f"<Dial><Application>{sid}</Application></Dial>", "<Say>Nobody there</Say>")
    call.hears("Nobody there")
    assert heard(call) == ["Nobody there"]
    assert app.at("/application") == []
    assert codes(offhook) == [13223]
