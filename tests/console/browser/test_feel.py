"""How the console feels: colours, keyboard, a phone's width, dates, what stands where there is nothing yet."""

import re

import pytest
from playwright.sync_api import expect

from tests.console.browser.stories import EVERY_PAGE, app

EMPTY = {
    "/": "Buy a phone number",
    "/messages": "No messages yet",
    "/handsets": "To reach an app, buy a number",
    "/numbers": "No phone numbers yet",
    "/webhooks": "Nothing has been asked yet",
    "/alerts": "Nothing has gone wrong",
    "/verify": "No services yet",
    "/verifications": "Nobody has been verified yet",
    "/lookup": "Which number?",
    "/applications": "No applications yet",
    "/keys": "No keys yet",
}
NAVIGATION = (
    *("Overview", "Messages", "Handsets", "Phone numbers", "Webhooks", "Alerts", "Applications", "Subaccounts"),
    *("API keys", "API reference"),
)
LUMINANCE = """element => {
  const [r, g, b] = getComputedStyle(element).backgroundColor.match(/[\\d.]+/g).map(Number);
  return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
}"""
OUTLINE = """() => {
  const {outlineStyle, outlineWidth, boxShadow} = getComputedStyle(document.activeElement);
  return (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) || boxShadow !== "none";
}"""


@pytest.mark.parametrize("path", EMPTY)
def test_an_empty_page_says_what_to_do_next(windows, empty_house, path):
    page = windows(empty_house).open(path)
    expect(page.get_by_role("main")).to_contain_text(EMPTY[path])
    if path in ("/messages", "/numbers", "/applications", "/keys", "/"):
        next_step = page.get_by_role("main").get_by_role("link").or_(page.get_by_role("main").get_by_role("button"))
        expect(next_step.last).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_machines_colours_are_taken_until_somebody_chooses_others(windows, scheme):
    other = "light" if scheme == "dark" else "dark"
    console = windows(color_scheme=scheme)
    page = console.open("/", "Overview")
    body = page.locator("body")
    assert (body.evaluate(LUMINANCE) < 0.2) == (scheme == "dark")
    page.get_by_role("button", name=f"To the {other} colours").click()
    expect(page.get_by_role("button", name=f"To the {scheme} colours")).to_be_visible()
    page.reload()
    console.settled()
    assert (body.evaluate(LUMINANCE) < 0.2) == (other == "dark")


def test_the_keyboard_reaches_every_page_and_shows_where_it_is(console):
    page = console.open("/", "Overview")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the page")).to_be_in_viewport()
    reached = []
    while NAVIGATION[-1] not in reached:
        page.keyboard.press("Tab")
        assert page.evaluate(OUTLINE), f"nothing shows the focus after {reached}"
        reached.append(page.evaluate("document.activeElement.innerText").strip())
        assert len(reached) < 25
    assert [name for name in reached if name in NAVIGATION] == list(NAVIGATION)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("API reference")


def test_the_first_link_leads_past_the_navigation(console):
    page = console.open("/messages", "Messages")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_webhook_is_set_and_a_phone_used_without_a_mouse(console, offhook):
    number = offhook.number()
    page = console.open(f"/numbers/{number.sid}")
    page.get_by_label("A message comes in").focus()
    page.keyboard.type(offhook.serve(app) + "/sms")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    console.go(f"/handsets?phone=%2B19732640601&to=%2B{str(number)[1:]}")
    page.get_by_label("Text from +19732640601").focus()
    page.keyboard.type("No mouse")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log")).to_contain_text("You said: No mouse")


def test_a_dialog_keeps_the_focus_and_gives_it_back(console):
    page = console.open("/keys", "API keys")
    button = page.get_by_role("button", name="New key").first
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("textbox", name="Name")).to_be_focused()
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('[role=dialog]').contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(button).to_be_focused()


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_nothing_is_wider_than_a_phone(windows, story, name):
    console = windows(viewport={"width": 390, "height": 844}, has_touch=True)
    page = console.open(story.pages[name])
    for summary in page.locator("main summary").all():
        summary.click()
    widest = page.evaluate("[document.documentElement.scrollWidth, document.body.scrollWidth]")
    assert max(widest) <= 390, f"{widest}: {page.evaluate(WIDEST)}"


WIDEST = """() => [...document.querySelectorAll("main *")].filter((one) =>
  one.getBoundingClientRect().right > 391 && !one.closest(".scroll, .phones")).map((one) => one.outerHTML.slice(0, 150))
  .slice(0, 5)"""


def test_the_menu_of_a_phone_leads_to_every_page(windows):
    page = windows(viewport={"width": 390, "height": 844}).open("/", "Overview")
    expect(page.get_by_role("navigation", name="Pages of the console")).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Phone numbers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Phone numbers")
    expect(page.get_by_role("navigation", name="Pages of the console")).to_be_hidden()


@pytest.mark.parametrize("name", ["messages", "a message", "webhooks", "an exchange", "alerts", "a number", "keys"])
def test_dates_are_in_the_viewers_zone_with_the_utc_on_hover(windows, story, name):
    """The window is in Berlin."""
    page = windows().open(story.pages[name])
    shown = page.locator("main time").first
    utc = shown.get_attribute("title")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)? UTC", utc)
    there = page.evaluate(
        "utc => new Date(utc.replace(' UTC', 'Z').replace(' ', 'T')).toLocaleTimeString('en-GB', "
        "{timeZone: 'Europe/Berlin'})",
        utc,
    )
    assert there in shown.inner_text()


def test_what_a_person_cannot_read_is_named_for_who_does_not_see_it(console, story):
    page = console.open("/", "Overview")
    expect(page.get_by_role("img", name=re.compile("Messages by the"))).to_be_visible()
