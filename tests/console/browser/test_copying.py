"""*Copy as*: what is copied runs, and does what the console would have done."""

import re
import sys

import pytest
from playwright.sync_api import expect

from tests.console.browser.stories import app


def copied(page, within, language):
    """What the button gives, from the clipboard."""
    within.get_by_role("button", name="Copy as curl, Python or Node").last.click()
    popover = page.locator(".mantine-Popover-dropdown")
    popover.get_by_text(language, exact=True).click()
    popover.get_by_role("button", name=f"Copy {language}").click()
    expect(popover.get_by_role("button", name=f"Copy {language}")).to_be_visible()
    return page.evaluate("navigator.clipboard.readText()")


@pytest.fixture
def page(windows):
    return windows(permissions=["clipboard-read", "clipboard-write"])


def environment(house):
    return {"TWILIO_ACCOUNT_SID": house.offhook.account_sid, "TWILIO_AUTH_TOKEN": house.offhook.auth_token}


@pytest.mark.parametrize(
    ("language", "command"),
    [("curl", ["sh", "-euc"]), ("Python", [sys.executable, "-c"]), ("Node", ["node", "--input-type=module", "-e"])],
)
def test_a_text_that_was_typed_on_a_phone_is_sent_by_what_was_copied(page, house, language, command):
    """Quotes, dollars, backslashes and line breaks included."""
    offhook, phone = house.offhook, f"+197326405{ord(language[0])}"
    number = offhook.number(sms_url=offhook.serve(app) + "/sms")
    window = page.open(f"/handsets?phone=%2B{phone[1:]}&to=%2B{str(number)[1:]}", "Handsets")
    words = f"""it's "{language}" & $HOME `id` \\n 100 % <b>é</b>\nbye"""
    window.get_by_label(f"Text from {phone}").fill(words)
    text = copied(window, window.get_by_label(f"Handset {phone}"), language)
    done = house.terminal.run(*command, text, **environment(house))
    assert done.returncode == 0, done.stderr
    expect(window.get_by_role("log").get_by_role("listitem").first).to_contain_text(words.split("\n")[0])
    assert [text.body for text in offhook.handset(phone).inbox][:1] == [words]


def test_a_list_with_its_filters_is_copied_as_curl(page, house):
    number = house.offhook.number()
    window = page.open(f"/messages?From=%2B{str(number)[1:]}", "Messages")
    text = copied(window, window.get_by_role("main"), "curl")
    sent = house.offhook.client().messages.create(to="+19732640509", from_=str(number), body="the only one")
    done = house.terminal.run("sh", "-euc", text, **environment(house))
    assert re.findall('"sid": ?"(SM[0-9a-f]{32})"', done.stdout) == [sent.sid]


def test_buying_is_copied_for_the_library_and_runs_under_offhook_run(page, house):
    number = house.offhook.number()
    window = page.open(f"/numbers/{number.sid}")
    window.get_by_role("textbox", name="Name").fill("Renamed by Python")
    form = window.locator("form").filter(has=window.get_by_role("button", name="Save"))
    text = copied(window, form, "Python")
    assert "from twilio.rest import Client" in text
    done = house.terminal.offhook("run", "--", sys.executable, "-c", text)
    assert done.returncode == 0, done.stderr
    window.reload()
    expect(window.get_by_role("textbox", name="Name")).to_have_value("Renamed by Python")


def test_every_page_about_a_resource_has_the_button(windows, story):
    console = windows()
    console.open("/", "Overview")
    without = {"overview", "handsets", "lookup", "no such page", "reference"}  # a look-up has it once there is one
    for name, path in story.pages.items():
        if name not in without:
            console.go(path)
            button = console.page.get_by_role("button", name="Copy as curl, Python or Node").first
            expect(button, f"on {name}").to_be_visible()
