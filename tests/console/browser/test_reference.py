"""The API reference, and trying an operation."""

import re

from playwright.sync_api import expect


def test_an_operation_is_found_and_tried(console, offhook):
    number = offhook.number()
    page = console.open("/reference", "API reference")
    page.get_by_label("Find an operation").fill("post messages.json")
    page.get_by_role("navigation", name="Operations").get_by_role(
        "link", name=re.compile("^POST.*….Messages.json$")
    ).click()
    expect(page).to_have_url(re.compile("operation=POST"))
    expect(page.get_by_label("account_sid")).to_have_value(offhook.account_sid)
    page.get_by_text(re.compile(r"more parameters")).click()
    for name, value in (("To", "+19732640401"), ("From", str(number)), ("Body", "Tried")):
        page.get_by_role("textbox", name=name, exact=True).fill(value)
    page.get_by_role("button", name="Try it").click()
    answer = page.get_by_label("Answer body", exact=True)
    expect(answer).to_contain_text('"status": "queued"')
    assert offhook.handset("+19732640401").wait_for("Tried").from_ == str(number)


def test_a_refusal_is_explained(console):
    page = console.open("/reference?search=fetch+message&operation=GET+%2Fmonitor%2Fv1%2FAlerts%2F%7Bsid%7D")
    expect(page.get_by_role("button", name="Try it")).to_be_disabled()
    expect(page.get_by_text("Wanted: sid")).to_be_visible()
    page.get_by_role("textbox", name="sid", exact=True).fill("NO" + "0" * 32)
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_label("Answer", exact=True)).to_contain_text("404")
    expect(page.get_by_role("link", name="20404")).to_have_attribute("href", "/errors/20404")


def test_no_operation_fits_is_said(console):
    page = console.open("/reference", "API reference")
    page.get_by_label("Find an operation").fill("teleport")
    expect(page.get_by_text("No operation fits.")).to_be_visible()
