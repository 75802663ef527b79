"""Nobody's text becomes script: not a phone's, not an app's, not what somebody put into an address.

A window's watch fails the test for any script that runs, any dialog, and any violation of the policy: the console must
be safe before its policy has to stop anything. Beyond that, each payload is looked for on the page as the text it is.
"""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.console.browser.conftest import new_house
from tests.console.browser.hostile import in_header, mischief
from tests.console.browser.payloads import HANDLERS, PAYLOADS, SVG, TAGS
from tests.console.browser.screens import PATIENCE
from tests.console.browser.stories import api_of

SHARES = 8
ADDRESSES = (
    "/messages?From={}&To={}",
    "/handsets?phone={}&to={}",
    "/reference?search={}&operation={}",
    "/webhooks/{}",
    "/webhooks?Url={}&Search={}",
)
STRANGERS = """() => [...document.body.querySelectorAll("*")].filter((one) =>
  /^(script|iframe|object|embed|base|meta|link|frame|frameset|applet|math|marquee|template)$/i.test(one.tagName)
  || [...one.attributes].some(({name}) => /^on/i.test(name) || name === "srcdoc")
  || ["href", "src", "action", "formaction", "data", "xlink:href"].some((name) =>
    /^[\\s\\x00-\\x1f]*(javascript|vbscript|data:text|data:image.svg)/i.test(one.getAttribute(name) ?? "")),
).map((one) => one.outerHTML.slice(0, 200))"""

FRAMES = """payloads => payloads.forEach((payload, place) => {
  const frame = document.createElement("iframe");
  frame.name = `of ${place}`;
  frame.srcdoc = payload;
  document.body.append(frame);
})"""


@pytest.fixture(scope="module")
def hostile_house(chromium, tmp_path_factory) -> Iterator:
    """A house of its own, since its pages are no pleasure."""
    with new_house(tmp_path_factory.mktemp("hostile"), chromium) as house:
        yield house


def strangers(page):
    """Elements and attributes that no page of the console has."""
    return page.evaluate(STRANGERS)


def test_there_are_two_hundred_of_them_and_where_nothing_guards_they_run(chromium):
    assert len(set(PAYLOADS)) >= 200
    context = chromium.new_context()
    ran = set()
    context.expose_binding("__xss", lambda source: ran.add(source["frame"].name))
    page = context.new_page()
    page.evaluate(FRAMES, [one for one in (*TAGS, *HANDLERS, *SVG) if "(1)" not in one])
    waited = 0
    while len(ran) <= 50 and waited < PATIENCE:
        page.wait_for_timeout(100)
        waited += 100
    context.close()
    assert len(ran) > 50


@pytest.mark.parametrize("share", range(SHARES))
def test_wherever_it_is_shown_it_is_text(windows, hostile_house, share):
    phone = f"+1973264080{share}"
    asked, made = mischief(hostile_house.offhook, PAYLOADS[share::SHARES], phone)
    console = windows(hostile_house)
    console.open("/", "Overview")
    for place, one in enumerate(made):
        see_message(console, one)
        see_exchange(console, one)
        (see_alert, see_number)[place % 2](console, one)
    see_lists(console, {one.payload for one in made}, phone)
    see_handset(console, [one.payload for one in made], phone, asked)


def see_message(console, one):
    """Its text, and what the app was asked and answered, unfolded."""
    page = console.go(f"/messages/{one.message}")
    expect(page.locator(".message-body")).to_have_text(one.payload, use_inner_text=False)
    expect(page.locator(".moment > details").nth(1)).to_be_visible()
    page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
    assert set(headers(one)) <= set(texts(page, ".headers dd"))
    assert one.payload in texts(page, "pre[aria-label='Answer body']")
    assert strangers(page) == []


def see_exchange(console, one):
    """On a page of its own."""
    page = console.go(f"/webhooks/{one.exchanges[0]['sid']}")
    expect(page.get_by_label("Answer body", exact=True)).to_have_text(one.payload)
    assert strangers(page) == []


def see_alert(console, one):
    """What its document said, which was none."""
    page = console.go(f"/alerts/{one.alert}")
    expect(page.get_by_label("Answer's body")).to_have_text(one.payload)
    assert strangers(page) == []


def see_number(console, one):
    """Its name in a box, which has one line."""
    page = console.go(f"/numbers/{one.number.sid}")
    expect(page.get_by_role("textbox", name="Name", exact=True)).to_have_value(one.payload.replace("\n", ""))
    assert strangers(page) == []


def see_lists(console, payloads, phone):
    """Every list that has such a name or such a text in its first page."""
    for path, shows in (
        ("/numbers", payloads),
        ("/applications", payloads),
        ("/keys", payloads),
        (f"/messages?From=%2B{phone[1:]}", payloads),
        *((path, set()) for path in ("/", "/messages", "/webhooks", "/alerts", "/subaccounts")),
    ):
        page = console.go(path)
        expect(page.get_by_role("table").or_(page.get_by_text("Recent errors")).first).to_be_visible()
        cells = {cell.removesuffix(" 1 file") for cell in texts(page, "td")}
        assert shows <= cells, path
        assert strangers(page) == [], path


def see_handset(console, payloads, phone, asked):
    """The conversation: each payload is said by the phone, and by the app, whose texts lose the blanks around them."""
    page = console.go(f"/handsets?phone=%2B{phone[1:]}&to=%2B{str(asked)[1:]}")
    expect(page.locator(".bubble-text")).to_have_count(2 * len(payloads))
    assert sorted(texts(page, ".outbound .bubble-text")) == sorted(payloads)
    answered = [payload.removeprefix("\ufeff").strip() for payload in payloads]
    assert sorted(texts(page, ".inbound .bubble-text")) == sorted(answered)
    assert strangers(page) == []


@pytest.mark.parametrize("share", range(SHARES))
def test_in_an_address_everything_is_text(windows, hostile_house, share):
    console = windows(hostile_house)
    page = console.open("/", "Overview")
    for place, payload in enumerate(PAYLOADS[share::SHARES]):
        path = ADDRESSES[place % len(ADDRESSES)].replace("{}", quote(payload, safe=""))
        console.go(path)
        assert strangers(page) == [], path


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml"])
def test_a_file_that_is_a_page_runs_nothing_when_it_is_opened(chromium, hostile_house, kind):
    """Here the policy is the guard, since the file is a document: it has one of its own."""
    offhook = hostile_house.offhook
    page = b"<svg xmlns='http://www.w3.org/2000/svg' onload='__xss()'><script>__xss()</script></svg>"
    url = offhook.serve(lambda _, start: (start("200 OK", [("Content-Type", kind)]), [page])[1])
    said = offhook.handset("+19732640899").text(offhook.number(), "look", f"{url}/x.svg")
    api = api_of(offhook)
    [media] = api.get(api.in_account(f"Messages/{said.message_sid}/Media"))["media_list"]
    assert media["content_type"] == kind
    context = chromium.new_context()
    context.add_cookies(hostile_house.cookies)
    ran = []
    context.expose_function("__xss", lambda: ran.append(1))
    opened = context.new_page()
    opened.goto(offhook.url + media["uri"].removesuffix(".json"))
    expect(opened.locator("svg")).to_have_count(1)
    opened.evaluate("1")
    context.close()
    assert ran == []


def texts(page, selector):
    """The texts of all elements that a selector finds."""
    return page.locator(selector).all_text_contents()


def headers(one):
    """What the app's headers said, as the API has it: latin-1, if they were no ASCII."""
    found = [
        value
        for exchange in one.exchanges
        for name, value in exchange["response_headers"]
        if name.lower() == "x-payload"
    ]
    assert len(found) == 2
    assert not one.payload.isascii() or set(found) == {in_header(one.payload)}
    return found
