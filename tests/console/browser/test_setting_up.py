"""Applications, subaccounts, keys."""

import re

from playwright.sync_api import expect

from offhook.testing import Offhook
from tests.console.browser.stories import app


def test_a_keys_secret_is_shown_once_and_works(console, offhook):
    page = console.open("/keys", "API keys")
    page.get_by_role("button", name="New key").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name").fill("For the night job")
    dialog.get_by_role("button", name="Make it").click()
    secret = dialog.get_by_label("Secret", exact=True).inner_text()
    sid = dialog.get_by_text(re.compile("^SK[0-9a-f]{32}$")).inner_text()
    numbers = offhook.client(sid, secret).api.v2010.accounts(offhook.account_sid).messages.list(limit=1)
    assert isinstance(numbers, list)
    dialog.get_by_role("button", name="I have it").click()
    expect(console.row(sid)).to_contain_text("For the night job")
    page.reload()
    expect(console.row(sid)).to_have_count(1)
    assert secret not in page.content()
    console.row(sid).get_by_role("button", name="Revoke").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(console.row(sid)).to_have_count(0)


def test_the_console_looks_at_a_subaccount_and_suspends_it(console, offhook):
    page = console.open("/subaccounts", "Subaccounts")
    page.get_by_role("button", name="New subaccount").click()
    page.get_by_role("dialog").get_by_label("Name").fill("The flower shop")
    page.get_by_role("dialog").get_by_role("button", name="Make it").click()
    sid = console.row("The flower shop").get_by_text(re.compile("^AC[0-9a-f]{32}$")).inner_text()
    page.get_by_role("button", name="Look at it: The flower shop").click()
    console.go("/numbers")
    expect(page.get_by_text("No phone numbers yet")).to_be_visible()
    token = offhook.client().api.v2010.accounts(sid).fetch().auth_token
    with Offhook(offhook.url, sid, token) as shop:
        number = shop.number(area_code="617")
    expect(console.row(str(number)[-4:])).to_have_count(1)
    console.go("/subaccounts")
    console.row("The flower shop").get_by_role("button", name="Suspend").click()
    expect(console.row("The flower shop")).to_contain_text("suspended")
    console.row("The flower shop").get_by_role("button", name="Make active").click()
    expect(console.row("The flower shop")).to_contain_text("active")


def test_an_application_answers_for_a_number(console, offhook):
    url = offhook.serve(app)
    number = offhook.number()
    page = console.open("/applications", "Applications")
    page.get_by_role("button", name="New application").first.click()
    page.get_by_role("dialog").get_by_label("Name").fill("The echo")
    page.get_by_role("dialog").get_by_role("button", name="Make it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The echo")
    page.get_by_label("A message comes in").fill(f"{url}/sms")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    console.open(f"/numbers/{number.sid}")
    page.get_by_role("combobox", name="Application for messages").click()
    page.get_by_role("option", name="The echo").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    page.get_by_role("button", name="Send test").click()
    expect(page.get_by_label("Answer body", exact=True)).to_contain_text("You said: Hello")
