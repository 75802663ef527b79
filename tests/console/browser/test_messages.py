"""The list of messages, and the story of one."""

import re

import pytest
from playwright.sync_api import expect

from tests.console.browser.stories import app

PLUS = "%2B"


@pytest.fixture
def number(offhook):
    """A number whose app repeats what it is told."""
    return offhook.number(sms_url=offhook.serve(app) + "/sms")


def test_what_is_said_appears_in_the_list_by_itself(console, number, offhook):
    page = console.open(f"/messages?To={PLUS}{str(number)[1:]}", "Messages")
    expect(page.get_by_text("No message fits these filters")).to_be_visible()
    offhook.handset("+19732640201").text(number, "Look, no reload")
    expect(console.row("Look, no reload")).to_contain_text("received")
    console.page.evaluate("window.sameDocument = true")
    offhook.handset("+19732640201").text(number, "And another")
    expect(console.row("And another")).to_have_count(1)
    assert page.evaluate("window.sameDocument")


def test_a_status_changes_in_the_list_by_itself(console, number, offhook):
    phone = offhook.handset("+19732640202")
    phone.behave(power="off")
    page = console.open(f"/messages?To={PLUS}{phone.address[1:]}", "Messages")
    offhook.client().messages.create(to=phone.address, from_=str(number), body="Wake up")
    expect(console.row("Wake up")).to_contain_text("sent")
    phone.behave(power="on")
    expect(console.row("Wake up")).to_contain_text("delivered")
    console.row("Wake up").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("to +1 973 264 0202")


def test_filters_live_in_the_url_and_survive_a_reload(console, number, offhook):
    offhook.handset("+19732640203").text(number, "said by one")
    offhook.handset("+19732640204").text(number, "said by the other")
    page = console.open(f"/messages?To={PLUS}{str(number)[1:]}", "Messages")
    expect(console.row("said by")).to_have_count(2)
    page.get_by_label("From", exact=True).fill("+19732640203")
    expect(page).to_have_url(re.compile(rf"From={PLUS}19732640203"))
    expect(console.row("said by")).to_have_count(1)
    page.reload()
    expect(page.get_by_label("From", exact=True)).to_have_value("+19732640203")
    expect(console.row("said by one")).to_have_count(1)
    expect(console.row("said by the other")).to_have_count(0)
    page.get_by_label("Sent until (UTC day)").fill("2020-01-01")
    expect(page.get_by_text("No message fits these filters")).to_be_visible()
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page).to_have_url(re.compile("/console/messages$"))


def test_the_story_of_a_message_has_its_exchanges_with_headers_and_bodies(console, number, offhook):
    told = number.sms_url.replace("/sms", "/told")
    sent = offhook.client().messages.create(
        to="+19732640205", from_=str(number), body="Your table is ready", status_callback=told
    )
    page = console.open(f"/messages/{sent.sid}")
    timeline = page.get_by_role("list", name="Timeline")
    for title in ("API request: POST", "queued", "sent", "delivered", "Status callback: sent"):
        expect(timeline.get_by_text(title, exact=True).first).to_be_visible()
    last = timeline.get_by_role("listitem").filter(has_text="Status callback: delivered")
    last.get_by_text("204, with headers and bodies").click()
    expect(last.get_by_label("Request body", exact=True)).to_contain_text("MessageStatus: delivered")
    last.get_by_text(re.compile(r"^\d+ headers")).first.click()
    expect(last.get_by_text("X-Twilio-Signature", exact=False).first).to_be_visible()
    request = timeline.get_by_role("listitem").filter(has_text="API request: POST")
    request.get_by_text("201, with headers and bodies").click()
    expect(request.get_by_label("Request body", exact=True)).to_contain_text("Body: Your table is ready")
    expect(request.get_by_label("Answer body", exact=True)).to_contain_text(f'"sid": "{sent.sid}"')
    for line in timeline.locator("time").all():
        assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)? UTC", line.get_attribute("title"))


def test_a_message_is_sent_from_the_console(console, number):
    page = console.open("/messages", "Messages")
    page.get_by_role("button", name="Send a message").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("To", exact=True).fill("+19732640206")
    dialog.get_by_label("From", exact=True).fill(str(number))
    dialog.get_by_label("Body").fill("By hand")
    dialog.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("to +1 973 264 0206")
    expect(page.get_by_text("By hand", exact=True)).to_be_visible()


def test_a_refusal_is_shown_with_its_number_and_causes(console, number):
    page = console.open("/messages", "Messages")
    page.get_by_role("button", name="Send a message").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("To", exact=True).fill("12")
    dialog.get_by_label("From", exact=True).fill(str(number))
    dialog.get_by_label("Body").fill("To nobody")
    dialog.get_by_role("button", name="Send", exact=True).click()
    alert = dialog.get_by_role("alert")
    expect(alert.get_by_role("link", name="21211")).to_have_attribute("href", "/errors/21211")
    expect(alert.get_by_role("list", name="Causes").get_by_role("listitem").first).to_be_visible()
    page.goto(offhook_page(console, "21211"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("21211")


def offhook_page(console, code):
    """The page of an error."""
    return f"{console.offhook.url}/errors/{code}"


def test_a_long_list_is_turned_page_by_page_and_a_page_has_an_address(console, number, offhook):
    phone = offhook.handset("+19732640207")
    for count in range(60):
        phone.text(number, f"line {count}.")
    page = console.open(f"/messages?To={PLUS}{str(number)[1:]}", "Messages")
    expect(console.row("line 59.")).to_have_count(1)
    expect(console.row("line 5.")).to_have_count(0)
    expect(page.get_by_role("button", name="Newer")).to_be_disabled()
    page.get_by_role("button", name="Older").click()
    expect(console.row("line 5.")).to_have_count(1)
    expect(page.get_by_role("row")).to_have_count(11)
    expect(page.get_by_role("button", name="Older")).to_be_disabled()
    page.reload()
    expect(console.row("line 5.")).to_have_count(1)
    page.get_by_role("button", name="Newer").click()
    expect(console.row("line 59.")).to_have_count(1)
    page.go_back()
    expect(console.row("line 5.")).to_have_count(1)
