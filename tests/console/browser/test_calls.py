"""Calls: made and answered with a phone in the browser, and what their pages tell."""

import re

import pytest
from playwright.sync_api import expect

from tests.console.browser.stories import api_of, app
from tests.terminal import until

PLUS = "%2B"


@pytest.fixture
def number(offhook):
    """A number whose app asks for a key and repeats it."""
    return offhook.number(voice_url=offhook.serve(app) + "/voice")


def phone_at(console, address, number):
    """The console with one phone open that shows its calls, ready to call a number."""
    page = console.open(f"/handsets?phone={PLUS}{address[1:]}&to={PLUS}{str(number)[1:]}", "Handsets")
    phone = page.get_by_label(f"Handset {address}")
    phone.get_by_text("Calls", exact=True).click()
    return phone


def timeline(console):
    return console.page.get_by_role("list", name="Timeline")


def test_an_app_is_called_and_hears_a_key(console, number):
    phone = phone_at(console, "+19732640501", number)
    phone.get_by_role("button", name=re.compile("^Call ")).click()
    heard = phone.get_by_label("What +19732640501 hears")
    expect(heard).to_contain_text("Press a key.")
    phone.get_by_role("button", name="7", exact=True).click()
    expect(heard).to_contain_text("Keys 7")
    expect(heard).to_contain_text("You pressed 7.")
    phone.get_by_label("Say as +19732640501").fill("Thank you")
    phone.get_by_label("Say as +19732640501").press("Enter")
    expect(heard.locator(".bubble.outbound")).to_contain_text("Thank you")
    phone.get_by_role("button", name="Hang up").click()
    expect(phone.get_by_text("The call has ended.")).to_be_visible()
    phone.get_by_role("link", name="details").click()
    story = timeline(console)
    for what in ("<Gather>", "<Say>", "/pressed", "presses 7", "You pressed 7.", "Thank you", "completed"):
        expect(story).to_contain_text(what)
    titles = story.locator(".moment-title").all_text_contents()
    asked, said = titles.index("The app was asked"), titles.index("<Say>")
    assert titles.index("ringing") < asked < titles.index("<Gather>") < said < titles.index("Was given")
    assert titles[-1] == "completed"


def test_keys_are_pressed_in_the_order_in_which_they_are_typed(console, offhook):
    twiml = "<Response><Gather finishOnKey='#' timeout='60' action='/pressed'/></Response>"
    url = offhook.serve(lambda _, start: (start("200 OK", [("Content-Type", "text/xml")]), [twiml.encode()])[1])
    phone = phone_at(console, "+19732640502", offhook.number(voice_url=url))
    phone.get_by_role("button", name=re.compile("^Call ")).click()
    key = phone.get_by_role("button", name="1", exact=True)
    expect(key).to_be_enabled()
    key.focus()
    console.page.keyboard.type("3141592*0#")
    phone.get_by_role("link", name="details").click()
    expect(timeline(console)).to_contain_text("Was given3141592*0")


def test_a_call_that_comes_in_rings_and_is_answered(console, number, offhook):
    phone = phone_at(console, "+19732640503", number)
    phone.get_by_text("Texts", exact=True).click()
    made = offhook.client().calls.create(
        to="+19732640503",
        from_=str(number),
        twiml="<Response><Say>Your taxi is here.</Say><Pause length='60'/></Response>",
    )
    rings = phone.get_by_role("alert", name=f"{number} calls +19732640503")
    expect(rings).to_be_visible()
    rings.get_by_role("button", name="Answer").click()
    expect(phone.get_by_label("What +19732640503 hears")).to_contain_text("Your taxi is here.")
    expect(rings).to_have_count(0)
    console.go(f"/calls/{made.sid}")
    expect(console.page.get_by_label("What +19732640503 heard and said")).to_contain_text("Your taxi is here.")
    console.page.get_by_role("button", name="Hang up").click()
    expect(timeline(console)).to_contain_text("completed")
    expect(console.page.get_by_role("button", name="Hang up")).to_have_count(0)
    assert made.fetch().status == "completed"


def test_a_phone_that_rings_is_seen_from_every_page_and_rejects(console, number, offhook):
    page = console.open("/numbers", "Phone numbers")
    made = offhook.client().calls.create(to="+19732640504", from_=str(number), twiml="<Response/>")
    ringing = page.get_by_role("status", name="Phones that ring")
    expect(ringing).to_contain_text("+1 973 264 0504 rings")
    ringing.get_by_role("link").click()
    page.get_by_label("Handset +19732640504").get_by_role("button", name="Reject").click()
    expect(ringing).to_have_count(0)
    assert until(lambda: made.fetch().status == "busy")


def test_how_a_phone_answers_is_set(console, number, offhook):
    phone = phone_at(console, "+19732640505", number)
    console.page.get_by_role("button", name="How +19732640505 behaves").click()
    dialog = console.page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="This phone").click()
    console.page.get_by_role("option", name="Voicemail: answers and beeps").click()
    dialog.get_by_label("It rings for").fill("0")
    dialog.get_by_label("Says first").fill("Nobody is at home.")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    expect(phone).to_contain_text("voicemail")
    offhook.client().calls.create(
        to="+19732640505", from_=str(number), twiml="<Response><Pause length='60'/></Response>"
    )
    heard = phone.get_by_label("What +19732640505 hears")
    expect(heard).to_contain_text("Nobody is at home.")
    expect(heard).to_contain_text("Beep")
    phone.get_by_role("button", name="Hang up").click()


def test_a_call_is_made_redirected_and_recorded_and_the_recording_plays(console, number, offhook):
    offhook.handset("+19732640506").behave(answers="at-once")
    page = console.open("/calls", "Calls")
    page.get_by_role("button", name="Make a call").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("To", exact=True).fill("+19732640506")
    dialog.get_by_role("combobox", name="From").fill(str(number))
    dialog.get_by_role("textbox", name="TwiML").fill("<Response><Say>One.</Say><Pause length='60'/></Response>")
    dialog.get_by_text("More").click()
    dialog.get_by_role("switch", name="Record it").press("Space")
    dialog.get_by_role("button", name="Call", exact=True).click()
    expect(page).to_have_url(re.compile("/calls/CA"))
    expect(timeline(console)).to_contain_text("<Pause>")
    page.get_by_role("button", name="Redirect").click()
    dialog.get_by_role("textbox", name="TwiML").fill("<Response><Say>Two.</Say></Response>")
    dialog.get_by_role("button", name="Redirect").click()
    expect(timeline(console)).to_contain_text("Two.")
    expect(timeline(console)).to_contain_text("completed")
    page.get_by_role("link", name=re.compile("^RE")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recording")
    play = page.get_by_role("button", name="Play", exact=True)
    expect(play).to_be_enabled()
    length = until(lambda: page.evaluate("document.querySelector('audio').duration || 0"))
    assert length > 0.5
    loud = page.locator(".waveform rect").evaluate_all("bars => bars.filter((bar) => bar.height.baseVal.value > 4)")
    assert loud
    place = page.get_by_role("slider", name="Position in the recording")
    place.press("End")
    assert page.evaluate("document.querySelector('audio').currentTime") == pytest.approx(length, abs=0.1)
    place.press("Home")
    play.click()
    assert until(lambda: page.evaluate("document.querySelector('audio').played.length"))
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recordings")


def test_calls_are_found_by_filters_that_stand_in_the_address(console, number, offhook):
    offhook.handset("+19732640507").behave(answers="busy")
    for phone in ("+19732640507", "+19732640508"):
        offhook.client().calls.create(to=phone, from_=str(number), twiml="<Response/>")
    page = console.open(f"/calls?From={PLUS}{str(number)[1:]}", "Calls")
    expect(console.row(str(number)[-4:])).to_have_count(2)
    page.get_by_role("combobox", name="Status").click()
    page.get_by_role("option", name="busy").click()
    expect(page).to_have_url(re.compile("Status=busy"))
    expect(console.row(str(number)[-4:])).to_have_count(1)
    page.reload()
    expect(console.row("0507")).to_have_count(1)
    [rings] = api_of(offhook).get(f"/offhook/v1/Handsets/{PLUS}19732640508/Calls")["calls"]
    api_of(offhook).post(f"/offhook/v1/Handsets/{PLUS}19732640508/Calls/{rings['sid']}", Action="reject")


def test_a_number_is_tried_with_a_call(console, number):
    page = console.open(f"/numbers/{number.sid}")
    page.get_by_role("button", name="Call from the handset").click()
    test = page.get_by_role("group", name="The test call")
    expect(test.get_by_role("log")).to_contain_text("Press a key.")
    expect(test.get_by_label("Answer body", exact=True)).to_contain_text("<Gather")
    test.get_by_role("button", name="Hang up").click()
    expect(test.get_by_role("button", name="Hang up")).to_have_count(0)
    test.get_by_role("link", name="The whole story of this call").click()
    expect(timeline(console)).to_contain_text("completed")


def test_both_legs_of_a_dialled_call_are_told(console, offhook):
    twiml = "<Response><Dial><Number>+19732640510</Number></Dial></Response>"
    url = offhook.serve(lambda _, start: (start("200 OK", [("Content-Type", "text/xml")]), [twiml.encode()])[1])
    offhook.handset("+19732640510").behave(answers="at-once")
    caller = offhook.handset("+19732640509").call(offhook.number(voice_url=url))
    until(lambda: "Connected" in str(history(offhook, caller.call_sid)))
    caller.says("Are you there?")
    page = console.open(f"/calls/{caller.call_sid}")
    expect(page.get_by_label("What +19732640509 heard and said")).to_contain_text("Are you there?")
    expect(page.get_by_label("What +19732640510 heard and said")).to_contain_text("Are you there?")
    timeline(console).get_by_role("link", name=re.compile("^CA")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("+1 973 264 0509 to +1 973 264 0510")
    caller.hangs_up()
    expect(timeline(console)).to_contain_text("completed")


def history(offhook, sid):
    return api_of(offhook).get(f"/offhook/v1/Calls/{sid}/History")["moments"] if sid else []
