"""Where callers meet and wait: conferences, queues; and documents without an app: TwiML bins."""

import pytest
from playwright.sync_api import expect

from tests.console.browser.stories import api_of
from tests.terminal import until


@pytest.fixture
def serves(offhook):
    """The URL of an app that says one document only."""

    def served(twiml):
        body = f"<Response>{twiml}</Response>".encode()
        return offhook.serve(lambda _, start: (start("200 OK", [("Content-Type", "text/xml")]), [body])[1])

    return served


def only(offhook, resource, key, name):
    """The one thing of an account that has this name."""
    api = api_of(offhook)
    found = lambda: [one for one in api.get(api.in_account(resource))[key] if one["friendly_name"] == name]  # noqa: E731
    return until(lambda: next(iter(found()), None))


def test_a_conference_is_watched_and_led(console, offhook, serves):
    number = offhook.number(voice_url=serves("<Dial><Conference>Monday</Conference></Dial><Say>You are out.</Say>"))
    ann, bob = (offhook.handset(phone).call(number) for phone in ("+19732640601", "+19732640602"))
    conference = only(offhook, "Conferences", "conferences", "Monday")
    page = console.open("/conferences", "Conferences")
    console.row("Monday").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Monday")
    expect(console.row("973 264 0601")).to_have_count(1)
    console.row("973 264 0601").get_by_role("button", name="Mute").click()
    expect(console.row("973 264 0601")).to_contain_text("muted")
    console.row("973 264 0602").get_by_role("button", name="Hold").click()
    expect(console.row("973 264 0602")).to_contain_text("on hold")
    people = offhook.client().conferences(conference["sid"]).participants.list()
    assert sorted((one.muted, one.hold) for one in people) == [(False, True), (True, False)]
    console.row("973 264 0602").get_by_role("button", name="Resume").click()
    expect(console.row("973 264 0602")).not_to_contain_text("on hold")
    console.row("973 264 0602").get_by_role("button", name="Kick").click()
    expect(console.row("973 264 0602")).to_have_count(0)
    bob.hears("You are out.")
    page.get_by_role("button", name="End it").click()
    page.get_by_role("dialog").get_by_role("button", name="End it").click()
    expect(page.get_by_text("conference ended via api")).to_be_visible()
    ann.hears("You are out.")


def test_somebody_is_called_into_a_conference_and_an_announcement_is_heard(console, offhook, serves):
    number = offhook.number(voice_url=serves("<Dial><Conference>Tuesday</Conference></Dial>"))
    said = serves("<Say>The building closes soon.</Say>")
    ann = offhook.handset("+19732640603").call(number)
    page = console.open(f"/conferences/{only(offhook, 'Conferences', 'conferences', 'Tuesday')['sid']}", "Tuesday")
    page.get_by_role("button", name="Call somebody in").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("To", exact=True).fill("+19732640604")
    dialog.get_by_role("combobox", name="From").fill(str(number))
    dialog.get_by_role("combobox", name="From").press("Enter")
    expect(dialog).to_have_count(0)
    guest = offhook.handset("+19732640604").incoming_call()
    guest.answer()
    expect(console.row("973 264 0604")).to_contain_text("connected")
    page.get_by_role("button", name="Announce").click()
    dialog.get_by_label("URL", exact=True).fill("no address")
    expect(dialog.get_by_role("button", name="Announce")).to_be_disabled()
    dialog.get_by_label("URL", exact=True).fill(said)
    dialog.get_by_role("button", name="Announce").click()
    guest.hears("The building closes soon.")
    guest.hangs_up()
    expect(console.row("973 264 0604")).to_have_count(0)
    ann.hangs_up()
    expect(page.get_by_text("Nobody is in it")).to_be_visible()


def test_a_queue_is_made_watched_and_somebody_is_taken_out(console, offhook, serves):
    page = console.open("/queues", "Queues")
    page.get_by_role("button", name="New queue").first.click()
    page.get_by_role("dialog").get_by_label("Name").fill("Support")
    page.get_by_role("dialog").get_by_role("button", name="Make it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Support")
    expect(page.get_by_text("Nobody waits")).to_be_visible()
    number = offhook.number(voice_url=serves("<Enqueue>Support</Enqueue>"))
    instead = serves("<Say>Here you are.</Say><Pause length='60'/>")
    ann, bob = (offhook.handset(phone).call(number) for phone in ("+19732640605", "+19732640606"))
    expect(console.row("973 264 06")).to_have_count(2)
    page.get_by_role("button", name="Take out the next").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("URL", exact=True).fill(instead)
    dialog.get_by_role("button", name="Take out the next").click()
    expect(console.row("973 264 06")).to_have_count(1)
    waiting = console.row("973 264 06")
    expect(waiting.get_by_role("cell").first).to_have_text("1")
    waiting.get_by_role("button", name="Take out").click()
    dialog.get_by_label("URL", exact=True).fill(instead)
    dialog.get_by_role("button", name="Take out").click()
    for person in (ann, bob):
        person.hears("Here you are.")
        person.hangs_up()
    page.get_by_role("button", name="Delete").click()
    dialog.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Queues")
    expect(console.row("Support")).to_have_count(0)


def test_a_number_needs_no_app_with_a_bin(console, offhook):
    page = console.open("/twiml-bins", "TwiML bins")
    page.get_by_role("button", name="New TwiML bin").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Closed today")
    dialog.get_by_label("TwiML", exact=True).fill("<Response><Say>Closed")
    dialog.get_by_role("button", name="Make it").click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    dialog.get_by_label("TwiML", exact=True).fill("<Response><Say>We are closed, {{From}}.</Say></Response>")
    dialog.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Closed today")
    url = page.locator(".facts code").first.inner_text()
    call = offhook.handset("+19732640607").call(offhook.number(voice_url=url))
    call.hears("We are closed, +19732640607.")
    page.get_by_label("TwiML", exact=True).fill("<Response><Say>Open again.</Say></Response>")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    call.wait_until_ended()
    offhook.handset("+19732640607").call(offhook.number(voice_url=url)).hears("Open again.")
    page.get_by_role("button", name="Delete").click()
    dialog.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("TwiML bins")
    expect(console.row("Closed today")).to_have_count(0)
