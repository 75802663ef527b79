"""Phone numbers: bought from the inventory, told which URL answers, tried."""

import re

from playwright.sync_api import expect

from tests.console.browser.stories import app


def bought(console, area_code):
    """Buys the first number of an area code in the console, and is on its page."""
    page = console.open(f"/numbers/buy?AreaCode={area_code}", "Buy a number")
    page.get_by_role("button", name=re.compile(rf"Buy \+1{area_code}")).first.click()
    expect(page).to_have_url(re.compile("/console/numbers/PN"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(rf"\+1 {area_code} \d{{3}} \d{{4}}"))
    return page


def test_a_number_is_found_with_filters_and_bought(console):
    page = console.open("/numbers", "Phone numbers")
    page.get_by_role("link", name="Buy a number").first.click()
    page.get_by_label("Area code").fill("206")
    page.get_by_label("Contains", exact=True).fill("77")
    page.get_by_label("Pictures", exact=True).check()
    for filter in ("AreaCode=206", "Contains=77", "MmsEnabled=true"):
        expect(page).to_have_url(re.compile(filter))
    page.reload()
    expect(page.get_by_label("Area code")).to_have_value("206")
    expect(page.get_by_label("Pictures", exact=True)).to_be_checked()
    offered = page.get_by_role("button", name=re.compile(r"Buy \+1")).first
    expect(offered).to_have_accessible_name(re.compile(r"Buy \+1206\d*77"))
    number = offered.get_attribute("aria-label").removeprefix("Buy ")
    page.get_by_role("button", name=f"Buy {number}").click()
    expect(page).to_have_url(re.compile("/console/numbers/PN[0-9a-f]{32}$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(f"+1 206 {number[5:8]} {number[8:]}")
    console.open("/numbers?PhoneNumber=" + number[1:], "Phone numbers")
    expect(console.row(number[-4:])).to_contain_text("asks nobody yet")


def test_a_city_narrows_the_inventory_and_an_impossible_wish_says_what_to_ask_for(console):
    page = console.open("/numbers/buy", "Buy a number")
    page.get_by_label("Contains", exact=True).fill("0000000000")
    expect(page.get_by_text("No number fits")).to_be_visible()
    expect(page.get_by_text("Ask for less")).to_be_visible()
    page.get_by_label("Contains", exact=True).fill("")
    page.get_by_role("combobox", name="Country").click()
    page.get_by_role("option", name="United Kingdom").click()
    expect(page).to_have_url(re.compile("Country=GB"))
    expect(page.get_by_role("button", name=re.compile(r"Buy \+44")).first).to_be_visible()


def test_a_number_that_is_known_is_bought_by_itself(console):
    page = console.open("/numbers/buy", "Buy a number")
    page.get_by_label("A number that you know").fill("(312) 555-0187")
    page.get_by_role("button", name="Buy it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("+1 312 555 0187")
    console.open("/numbers/buy", "Buy a number")
    page.get_by_label("A number that you know").fill("+13125550187")
    page.get_by_role("button", name="Buy it").click()
    expect(page.get_by_role("alert").get_by_role("link", name="21422")).to_have_attribute("href", "/errors/21422")


def test_a_webhook_is_checked_while_it_is_typed(console):
    page = bought(console, "303")
    box = page.get_by_label("A message comes in")
    for typed, problem in (
        ("127.0.0.1:5000/sms", "Begin with http:// or https://"),
        ("https://", "This is not a complete URL."),
        ("http://a b", "A URL has no spaces."),
    ):
        box.fill(typed)
        expect(page.get_by_text(problem)).to_be_visible()
        expect(box).to_have_attribute("aria-invalid", "true")
        expect(page.get_by_role("button", name="Save")).to_be_disabled()
    box.fill("http://127.0.0.1:5000/sms")
    expect(box).not_to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("button", name="Save")).to_be_enabled()


def test_what_is_saved_answers_and_a_test_shows_the_exchange(console, offhook):
    url = offhook.serve(app)
    page = bought(console, "505")
    page.get_by_label("A message comes in").fill(f"{url}/sms")
    page.get_by_label("Fallback for messages").fill(f"{url}/told")
    page.get_by_label("A call comes in").fill(f"{url}/voice")
    page.get_by_role("textbox", name="Name").fill("The shop")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_label("A message comes in")).to_have_value(f"{url}/sms")
    expect(page.get_by_label("A call comes in")).to_have_value(f"{url}/voice")
    page.get_by_label("Text of the test").fill("Is it Tuesday?")
    page.get_by_role("button", name="Send test").click()
    expect(page.get_by_label("Request body", exact=True)).to_contain_text("Body: Is it Tuesday?")
    expect(page.get_by_label("Answer body", exact=True)).to_have_text(
        "<Response><Message>You said: Is it Tuesday?</Message></Response>"
    )
    page.get_by_text(re.compile(r"\d headers")).last.click()
    expect(page.get_by_text("the app", exact=True)).to_be_visible()
    page.get_by_role("link", name="The whole story of this message").click()
    expect(page.get_by_role("list", name="Timeline")).to_contain_text("The app was asked")


def test_a_test_of_a_number_without_a_webhook_says_that_nobody_was_asked(console):
    page = bought(console, "702")
    page.get_by_role("button", name="Send test").click()
    expect(page.get_by_text("no app was asked")).to_be_visible()


def test_a_number_is_released_after_a_question(console):
    page = bought(console, "808")
    name = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("button", name="Release").click()
    page.get_by_role("dialog").get_by_role("button", name="Release").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Phone numbers")
    expect(console.row(name)).to_have_count(0)
