"""Phones in the hand: text an app, watch it answer, be unreachable."""

import pytest
from playwright.sync_api import expect

from tests.console.browser.stories import app

PLUS = "%2B"


@pytest.fixture
def number(offhook):
    """A number whose app repeats what it is told."""
    return offhook.number(sms_url=offhook.serve(app) + "/sms")


def phone_at(console, address, number):
    """The console with one phone open, ready to text a number."""
    page = console.open(f"/handsets?phone={PLUS}{address[1:]}&to={PLUS}{str(number)[1:]}", "Handsets")
    phone = page.get_by_label(f"Handset {address}")
    expect(phone.get_by_role("log")).to_contain_text("Nothing said")
    return phone


def test_a_text_from_a_handset_is_answered_before_the_eyes(console, number):
    phone = phone_at(console, "+19732640101", number)
    phone.get_by_label("Text from +19732640101").fill("Is anybody there?")
    phone.get_by_label("Text from +19732640101").press("Enter")
    bubbles = phone.get_by_role("log").get_by_role("listitem")
    expect(bubbles).to_have_count(2)
    expect(bubbles.nth(0)).to_contain_text("Is anybody there?")
    expect(bubbles.nth(0)).to_have_class("bubble outbound")
    expect(bubbles.nth(1)).to_contain_text("You said: Is anybody there?")
    expect(bubbles.nth(1)).to_have_class("bubble inbound")
    bubbles.nth(1).get_by_role("link").click()
    expect(console.page.get_by_role("list", name="Timeline")).to_contain_text("It is on the phone.")


def test_what_an_app_sends_by_itself_appears_on_the_phone(console, number, offhook):
    phone = phone_at(console, "+19732640102", number)
    offhook.client().messages.create(to="+19732640102", from_=str(number), body="Your taxi is here")
    expect(phone.get_by_role("log")).to_contain_text("Your taxi is here")


def test_a_picture_is_sent_and_seen(console, number):
    phone = phone_at(console, "+19732640103", number)
    phone.get_by_label("With a picture").click()
    phone.get_by_label("URL of a picture").fill("picture")
    expect(phone.get_by_text("Begin with http:// or https://")).to_be_visible()
    phone.get_by_label("URL of a picture").fill(number.sms_url.replace("/sms", "/picture.png"))
    phone.get_by_role("button", name="Send", exact=True).click()
    picture = phone.get_by_role("img", name="A picture, image/png")
    expect(picture).to_be_visible()
    assert picture.evaluate("async image => (await image.decode(), [image.naturalWidth, image.naturalHeight])") == [
        64,
        48,
    ]


def test_a_phone_that_is_off_gets_its_texts_when_it_is_on_again(console, number, offhook):
    phone = phone_at(console, "+19732640104", number)
    behave(console, "+19732640104", "Switched on", False)
    expect(phone).to_contain_text("switched off")
    expect(phone.get_by_label("Text from +19732640104")).to_be_disabled()
    sent = offhook.client().messages.create(to="+19732640104", from_=str(number), body="Are you awake?")
    console.go(f"/messages/{sent.sid}")
    expect(console.page.get_by_role("list", name="Timeline")).to_contain_text("The network took it.")
    expect(console.page.get_by_role("list", name="Timeline")).not_to_contain_text("It is on the phone.")
    console.page.get_by_role("link", name="On the handset").click()
    behave(console, "+19732640104", "Switched on", True)
    expect(phone.get_by_role("log")).to_contain_text("Are you awake?")


def test_a_phone_that_loses_texts_makes_them_undelivered(console, number, offhook):
    phone = phone_at(console, "+19732640105", number)
    behave(console, "+19732640105", "Loses every text", True)
    expect(phone).to_contain_text("loses every text (30003)")
    sent = offhook.client().messages.create(to="+19732640105", from_=str(number), body="Gone")
    page = console.go(f"/messages/{sent.sid}")
    expect(page.get_by_role("list", name="Timeline")).to_contain_text("undelivered")
    expect(page.get_by_role("link", name="30003")).to_have_attribute("href", "/errors/30003")


def behave(console, address, label, checked):
    """Sets a switch in the dialog of how a phone behaves."""
    console.page.get_by_role("button", name=f"How {address} behaves").click()
    dialog = console.page.get_by_role("dialog")
    switch = dialog.get_by_role("switch", name=label)
    switch.press("Space")
    expect(switch).to_be_checked(checked=checked)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)


def test_any_number_is_a_phone_and_several_stand_side_by_side(console):
    page = console.open("/handsets?phone=%2B19732640106", "Handsets")
    picker = page.get_by_role("combobox", name="Pick any number")
    picker.fill("not a number")
    picker.press("Enter")
    expect(page.get_by_text("A number with its country code, or client:name")).to_be_visible()
    picker.fill("+44 20 7946 0106")
    picker.press("Enter")
    picker.fill("client:ada")
    page.get_by_role("button", name="Open a phone").click()
    expect(page.get_by_label("Handset", exact=False).filter(has=page.get_by_role("log"))).to_have_count(3)
    boxes = [page.get_by_label(f"Handset {phone}").bounding_box() for phone in ("+19732640106", "client:ada")]
    assert boxes[0]["y"] == boxes[1]["y"]
    page.reload()
    expect(page.get_by_label("Handset +442079460106")).to_be_visible()
    page.get_by_role("button", name="Put +442079460106 away").click()
    expect(page.get_by_label("Handset +442079460106")).to_have_count(0)
