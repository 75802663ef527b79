"""Verify and Lookup: services, verifications as they go, what came back, fraud, authenticator apps, numbers."""

import re
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import expect

from offhook.products.verify.api.services import service_name
from offhook.testing import RefusedError
from offhook.web import ApiError
from tests.console.browser.conftest import new_house
from tests.console.browser.payloads import PAYLOADS
from tests.console.browser.stories import api_of
from tests.console.browser.test_injection import strangers, texts

WIDTH = "picture => picture.decode().then(() => picture.naturalWidth)"


@pytest.fixture
def api(offhook):
    return api_of(offhook)


@pytest.fixture
def service(api):
    """The SID of a service of the test's own."""
    return api.post("/verify/v2/Services", FriendlyName="Owl Bank")["sid"]


def send(api, service, to, **more):
    return api.post(f"/verify/v2/Services/{service}/Verifications", To=to, **{"Channel": "sms", **more})


def check(api, service, to, code):
    return api.post(f"/verify/v2/Services/{service}/VerificationCheck", To=to, Code=code)


def wrong(code):
    """A code that it is not."""
    return code[:-1] + str((int(code[-1]) + 1) % 10)


def test_a_service_is_made_and_changed(console, api):
    page = console.open("/verify", "Verify")
    page.get_by_role("button", name="New service").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Owl 12345")
    expect(dialog.get_by_text("More than four digits")).to_be_visible()
    dialog.get_by_label("Name").fill("Owl Bank at night")
    dialog.get_by_label("Digits of a code").fill("8")
    dialog.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Owl Bank at night")
    page.get_by_label("Issuer").fill("The owls")
    page.get_by_label("Seconds that a code lasts").fill("60")
    page.get_by_label("Add to each text that nobody else needs the code").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    kept = api.get(f"/verify/v2/Services/{page.url.rsplit('/', 1)[1]}")
    assert (kept["code_length"], kept["do_not_share_warning_enabled"]) == (8, True)
    assert kept["totp"] == {"issuer": "The owls", "time_step": 60, "code_length": 6, "skew": 1}


def test_a_verification_is_begun_and_followed_and_nobody_sees_its_code(console, api, offhook, service):
    phone = "+19732640711"
    page = console.open(f"/verify/{service}", "Owl Bank")
    page.get_by_role("button", name="Send a code").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("To").fill("(973) 264-0711")
    dialog.get_by_role("button", name="Send the code").click()
    row = console.row("+1 973 264 0711")
    expect(row).to_contain_text("pending")
    code = offhook.handset(phone).latest_code()
    assert check(api, service, phone, wrong(code))["status"] == "pending"
    expect(row.locator("[data-label='Wrong codes']")).to_have_text("1")
    send(api, service, phone)
    row.get_by_role("button", name=f"2 times to {phone}").click()
    sent = page.get_by_role("table", name="Attempts")
    expect(sent.get_by_role("row")).to_have_count(3)
    expect(sent).to_contain_text("delivered")
    assert code not in page.content()
    assert check(api, service, phone, code)["status"] == "approved"
    expect(sent.get_by_text("converted", exact=True).first).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(row).to_contain_text("approved")
    assert code not in page.content()


def test_verifications_are_found_by_whom_they_are_of_and_ended(console, api, service):
    one, other = send(api, service, "+19732640712"), send(api, service, "+19732640713")
    page = console.open("/verifications", "Verifications")
    search = page.get_by_role("search", name="Filter verifications")
    search.get_by_label("To").fill(one["to"])
    expect(console.row("+1 973 264 0713")).to_have_count(0)
    row = console.row("+1 973 264 0712")
    row.get_by_role("button").click()
    page.get_by_role("button", name="Cancel it").click()
    expect(page.get_by_role("dialog").get_by_role("button", name="Cancel it")).to_have_count(0)
    expect(page.get_by_role("dialog").get_by_text("canceled", exact=True)).to_be_visible()
    assert api.get(f"/verify/v2/Services/{service}/Verifications/{other['sid']}")["status"] == "pending"
    listed = api.get("/offhook/v1/Verifications", To=one["to"])["verifications"]
    assert [each["status"] for each in listed] == ["canceled"]


def test_what_came_back_is_counted_by_country(console, api, offhook, service):
    for phone in ("+19732640714", "+19732640715", "+33612345714"):
        send(api, service, phone)
    check(api, service, "+19732640714", offhook.handset("+19732640714").latest_code())
    page = console.open(f"/verify/{service}", "Owl Bank")
    table = page.get_by_role("table", name="Conversion by country")
    expect(table.get_by_role("row").nth(1)).to_have_text(re.compile(r"United States\s*2\s*1\s*50 %"))
    expect(table.get_by_role("row").nth(2)).to_have_text(re.compile(r"France\s*1\s*0\s*0 %"))
    expect(page.get_by_role("img", name="Codes by country")).to_be_visible()
    expect(page.locator(".figures")).to_contain_text("33.33 %")
    check(api, service, "+19732640715", offhook.handset("+19732640715").latest_code())
    expect(table.get_by_role("row").nth(1)).to_contain_text("100 %")
    expect(page.locator(".figures")).to_contain_text("66.67 %")


def test_a_prefix_that_is_pumped_is_seen_and_unblocked(windows, chromium, tmp_path):
    with new_house(tmp_path, chromium, "--verify-pumping", "block") as house:
        api = api_of(house.offhook)
        service = api.post("/verify/v2/Services", FriendlyName="Owl Bank")["sid"]
        console = windows(house)
        page = console.open("/verify", "Verify")
        expect(page.get_by_text("No prefix is blocked")).to_be_visible()
        numbers = [f"+1973264{place:04}" for place in range(21)]
        for number in numbers[:20]:
            send(api, service, number)
        with pytest.raises(RefusedError, match="60410"):
            send(api, service, numbers[20])
        row = page.get_by_role("table", name="Suspected fraud").get_by_role("row").nth(1)
        expect(row).to_contain_text("+1973264…")
        expect(row).to_contain_text("blocked")
        row.get_by_role("button", name="Unblock").click()
        page.get_by_role("dialog").get_by_role("button", name="Unblock").click()
        expect(row).to_contain_text("over")
        expect(row.get_by_role("button")).to_have_count(0)
        assert send(api, service, numbers[20])["status"] == "pending"


def test_an_authenticator_app_is_enrolled(console, api, offhook, service):
    page = console.open(f"/verify/{service}", "Owl Bank")
    identity = page.get_by_label("Identity").input_value()
    page.get_by_label("Name in the app").fill("owl@example.com")
    page.get_by_role("button", name="Make a factor").click()
    picture = page.get_by_role("img", name="QR code of owl@example.com")
    expect(picture).to_be_visible()
    assert picture.evaluate(WIDTH) > 0
    uri = page.locator(".enrolment code", has_text="otpauth://").inner_text()
    assert unquote(uri).startswith("otpauth://totp/Owl Bank:owl@example.com")
    code = offhook.totp(uri)
    page.get_by_label("Code", exact=True).fill(wrong(code))
    page.get_by_role("button", name="Verify", exact=True).click()
    expect(page.get_by_text("That is not the code.")).to_be_visible()
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_role("button", name="Verify", exact=True).click()
    expect(page.get_by_text("owl@example.com is verified")).to_be_visible()
    expect(picture).to_have_count(0)
    factors = api.get(f"/verify/v2/Services/{service}/Entities/{identity}/Factors")["factors"]
    assert [one["status"] for one in factors] == ["verified"]


def test_a_number_is_looked_up(console, offhook):
    phone = "+19732640716"
    offhook.handset(phone).has_line(type="mobile", carrier_name="Hooli", sim_swapped="never", first_name="Ada")
    page = console.open("/lookup", "Lookup")
    page.get_by_label("Number", exact=True).fill("973-264-0716")
    page.get_by_label("Country, if it is national").fill("us")
    for name in ("Kind of line, and carrier", "SIM swap", "Identity match", "Reassigned number"):
        page.get_by_text(name, exact=True).click()
    page.get_by_label("First name").fill("Ada")
    page.get_by_role("button", name="Look it up").click()
    main = page.get_by_role("main")
    for told in ("United States", "(973) 264-0716", "America/New_York", "Hooli", "Swapped in this time"):
        expect(main).to_contain_text(told)
    expect(main).to_contain_text("First name matchexact match")
    expect(main.get_by_role("link", name="60617")).to_have_attribute("href", "/errors/60617")
    page.get_by_role("button", name="Copy as curl, Python or Node").click()
    page.get_by_text("Python", exact=True).click()
    snippet = page.get_by_label("The call as Python")
    expect(snippet).to_contain_text('client.lookups.v2.phone_numbers("973-264-0716").fetch(')
    expect(snippet).to_contain_text('first_name="Ada"')
    page.keyboard.press("Escape")
    page.reload()
    expect(main).to_contain_text("Hooli")


def test_what_is_no_number_is_said_to_be_none(console):
    page = console.open(f"/lookup?number={quote('+1555')}", "Lookup")
    expect(page.get_by_role("main")).to_contain_text("no: too short")
    console.go("/lookup?number=%2B14155550100&Fields=nonsense")
    expect(page.get_by_role("alert")).to_contain_text("nonsense")


def names_a_service(text):
    try:
        return service_name(text, "FriendlyName")
    except ApiError:
        return None


def test_what_services_factors_and_lines_are_called_is_text(windows, chromium, tmp_path):
    with new_house(tmp_path, chromium) as house:
        api = api_of(house.offhook)
        short = [one for one in PAYLOADS if one.strip() == one and names_a_service(one)]
        assert len(short) > 50
        made = {one: api.post("/verify/v2/Services", FriendlyName=one)["sid"] for one in short}
        console = windows(house)
        page = console.open("/verify?Page=0", "Verify")
        assert set(texts(page, "td")) >= set(short[-50:])
        assert strangers(page) == []
        for name in short[::20]:
            page = console.go(f"/verify/{made[name]}")
            expect(page.get_by_role("heading", level=1)).to_have_text(name, use_inner_text=False)
            see_enrolment(page, name)
        see_lookups(console, house.offhook)


def see_enrolment(page, name):
    """A factor with this name, whose picture and address are no more than that."""
    page.get_by_label("Name in the app").fill(name)
    page.get_by_role("button", name="Make a factor").click()
    expect(page.locator(".enrolment strong")).to_have_text(name, use_inner_text=False)
    assert page.locator(".qr-code").evaluate(WIDTH) > 0
    assert strangers(page) == []


def see_lookups(console, offhook):
    """Words of a phone's line, and of the address of the page."""
    for payload in [one for one in PAYLOADS if one.isprintable() and one.strip() == one][::20]:
        offhook.handset("+19732640717").has_line(caller_name=payload, carrier_name=payload)
        page = console.open("/lookup?number=%2B19732640717&Fields=caller_name,line_type_intelligence")
        expect(page.locator("dd", has_text=payload).first).to_be_visible()
        assert strangers(page) == []
        page = console.open(f"/lookup?number={quote(payload)}&Fields={quote(payload)}&{quote(payload)}=1")
        assert strangers(page) == []
