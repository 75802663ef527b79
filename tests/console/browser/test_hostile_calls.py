"""Nobody's words in a call become script: an app's documents and names, what a person says, what was recognised."""

from collections.abc import Iterator
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

import pytest
from playwright.sync_api import expect

from tests.console.browser.conftest import new_house
from tests.console.browser.payloads import PAYLOADS
from tests.console.browser.stories import api_of
from tests.console.browser.test_injection import strangers, texts
from tests.terminal import until

PHONE = "+19732640651"
SAID = [one for one in PAYLOADS if one.isprintable() and one.strip() == one]  # what XML leaves as it is
NAMES = SAID[::40]
SHARES = 4


def app(environ, start_response):
    """Asks for speech, and says again what it was told, with a payload wherever a document has words."""
    form = parse_qs(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode())
    said = form.get("SpeechResult", [""])[0]
    says = f"<Say>{escape(said)}</Say>" if said else ""
    start_response("200 OK", [("Content-Type", "text/xml")])
    return [
        f"<Response>{says}<Gather input='speech' action='/said' timeout='60' speechTimeout='1'/></Response>".encode()
    ]


@pytest.fixture(scope="module")
def hostile_house(chromium, tmp_path_factory) -> Iterator:
    """A house of its own, since its pages are no pleasure; on the virtual clock nobody waits for what is spoken."""
    with new_house(tmp_path_factory.mktemp("hostile-calls"), chromium, "--clock", "virtual") as house:
        yield house


@pytest.fixture
def offhook(hostile_house):
    return hostile_house.offhook


@pytest.mark.parametrize("share", range(SHARES))
def test_what_is_said_and_heard_is_text(windows, hostile_house, offhook, share):
    spoken = SAID[share::SHARES]
    call = offhook.handset(PHONE).call(offhook.number(voice_url=offhook.serve(app)))
    for one in spoken:
        call.says(one)
        call.hears(one, kind="say")
        offhook.clock.advance(seconds=60)  # until it has been said
    console = windows(hostile_house)
    page = console.open(f"/calls/{call.call_sid}")
    heard = page.get_by_label(f"What {PHONE} heard and said")
    expect(heard.locator(".outbound .bubble-text")).to_have_count(len(spoken))
    assert texts(page, ".outbound .bubble-text") == spoken
    assert texts(page, ".inbound .bubble-text") == spoken
    told = texts(page, ".timeline .moment-about")
    assert set(spoken) <= set(told)
    page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
    bodies = texts(page, "pre[aria-label='Answer body']")
    assert all(any(escape(one) in body for body in bodies) for one in spoken)
    assert strangers(page) == []
    page = console.go(f"/handsets?phone=%2B{PHONE[1:]}")
    expect(page.locator(".transcript .inbound .bubble-text")).to_have_count(len(spoken))
    assert strangers(page) == []
    call.hangs_up()


def test_what_things_are_called_is_text(windows, hostile_house, offhook):
    api = api_of(offhook)
    for place, name in enumerate(NAMES):
        twiml = f"<Response><Dial><Conference>{escape(name)}</Conference></Dial></Response>"
        made = api.post(api.in_account("Calls"), To=f"+1973264066{place}", From=str(offhook.number()), Twiml=twiml)
        offhook.handset(f"+1973264066{place}").incoming_call().answer()
        api.post(api.in_account("Queues"), FriendlyName=name)
        api.post("/offhook/v1/TwimlBins", FriendlyName=name, Twiml=f"<Response><Say>{escape(name)}</Say></Response>")
        assert until(lambda sid=made["sid"]: api.get(api.in_account(f"Calls/{sid}"))["status"] == "in-progress")
    console = windows(hostile_house)
    console.open("/", "Overview")
    for path, key in (("conferences", "conferences"), ("queues", "queues")):
        found = api.get(api.in_account(path.capitalize()))[key]
        see_list_and_pages(console, path, [(one["sid"], one["friendly_name"]) for one in found])
    bins = api.get("/offhook/v1/TwimlBins")["twiml_bins"]
    see_list_and_pages(console, "twiml-bins", [(one["sid"], one["friendly_name"]) for one in bins])
    bin_page = console.go(f"/twiml-bins/{bins[0]['sid']}")
    expect(bin_page.get_by_label("TwiML", exact=True)).to_have_value(bins[0]["twiml"])


def see_list_and_pages(console, path, things):
    """Each name in the list, and as the heading of its page."""
    page = console.go(f"/{path}")
    assert {name for _, name in things} == set(NAMES)
    expect(page.get_by_role("row")).to_have_count(len(things) + 1)
    assert set(NAMES) <= set(texts(page, "td"))
    assert strangers(page) == []
    for sid, name in things:
        page = console.go(f"/{path}/{sid}")
        expect(page.get_by_role("heading", level=1)).to_have_text(name, use_inner_text=False)
        assert strangers(page) == []
