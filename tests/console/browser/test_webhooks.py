"""What was asked of the app, asked again; and what went wrong."""

import re

import pytest
from playwright.sync_api import expect

from tests.console.browser.stories import app


@pytest.fixture
def url(offhook):
    """Where the app is."""
    return offhook.serve(app)


def test_a_webhook_is_found_and_sent_again(console, url, offhook):
    offhook.handset("+19732640301").text(offhook.number(sms_url=f"{url}/sms"), "Say it twice")
    page = console.open(f"/webhooks?Url={url[-5:]}", "Webhooks")
    expect(console.row("/sms")).to_have_count(1)
    console.row("/sms").get_by_role("link").click()
    first = page.url
    page.get_by_role("button", name="Send again", exact=True).click()
    expect(page).not_to_have_url(first)
    expect(page.get_by_label("Answer body", exact=True)).to_contain_text("You said: Say it twice")
    page.get_by_role("link", name="the first one").click()
    expect(page).to_have_url(first)
    console.go(f"/webhooks?Url={url[-5:]}")
    expect(console.row("Sent again")).to_have_count(1)
    expect(console.row("/sms")).to_have_count(2)


def test_a_webhook_is_changed_and_sent_again(console, url, offhook):
    offhook.handset("+19732640302").text(offhook.number(sms_url=f"{url}/broken"), "Mend me")
    page = console.open(f"/webhooks?Url={url[-5:]}", "Webhooks")
    console.row("/broken").get_by_role("link").click()
    page.get_by_role("button", name="Change and send again").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("URL", exact=True).fill(f"{url}/sms")
    parameters = dialog.get_by_label("Parameters")
    parameters.fill(parameters.input_value().replace("Body: Mend me", "Body: Mended"))
    dialog.get_by_role("button", name="Send again").click()
    expect(page.get_by_label("Answer body", exact=True)).to_contain_text("You said: Mended")
    expect(page.get_by_text(f"{url}/sms").first).to_be_visible()


def test_only_what_failed_is_a_filter(console, url, offhook):
    for path in ("/sms", "/broken"):
        offhook.handset("+19732640303").text(offhook.number(sms_url=url + path), "Hello")
    page = console.open(f"/webhooks?Url={url[-5:]}", "Webhooks")
    expect(console.row("http")).to_have_count(2)
    page.get_by_role("switch", name="Only what failed").press("Space")
    expect(page).to_have_url(re.compile("Failed=true"))
    expect(console.row("/sms")).to_have_count(0)
    expect(console.row("/broken")).to_have_count(1)
    page.reload()
    expect(console.row("/broken")).to_have_count(1)


def test_an_alert_leads_to_the_message_and_to_the_page_of_its_error(console, url, offhook):
    said = offhook.handset("+19732640304").text(offhook.number(sms_url=f"{url}/broken"), "Hello")
    page = console.open(f"/messages/{said.message_sid}")
    expect(page.get_by_role("list", name="Timeline")).to_contain_text("500, with headers and bodies")
    console.open("/alerts", "Alerts")
    console.row("11200").first.get_by_role("link").first.click()
    expect(page.get_by_label("Answer's body")).to_have_text("the database is on fire")
    expect(page.get_by_role("list", name="Causes").get_by_role("listitem").first).to_be_visible()
    explained = page.get_by_role("link", name="11200").first
    with page.context.expect_page() as opening:
        explained.click()
    expect(opening.value.get_by_role("heading", level=1)).to_contain_text("11200")
    expect(opening.value).to_have_url(f"{offhook.url}/errors/11200")
    page.get_by_role("link", name=re.compile("^SM|^MM")).click()
    expect(page).to_have_url(re.compile("/console/messages/"))


def test_the_overview_has_the_latest_errors_without_a_reload(console, url, offhook):
    number = offhook.number(sms_url=f"{url}/broken")
    page = console.open("/", "Overview")
    offhook.handset("+19732640305").text(number, "Hello")
    expect(page.get_by_role("link", name="11200").first).to_be_visible()


def test_the_apis_requests_are_the_other_direction(console, offhook):
    offhook.client().messages.list(limit=1)
    page = console.open("/webhooks", "Webhooks")
    page.get_by_text("To the API").click()
    expect(page).to_have_url(re.compile("Direction=in"))
    expect(console.row("/Messages.json").first).to_contain_text("GET")
