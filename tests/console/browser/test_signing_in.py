"""Getting into the console, and out of it."""

from playwright.sync_api import expect

from tests.console.browser.stories import api_of


def new_link(offhook):
    return api_of(offhook).post("/offhook/v1/Console/Links")["url"]


def test_a_link_signs_in_once_and_afterwards_says_how_to_get_another(windows, offhook):
    link = new_link(offhook)
    first, second = windows(signed_in=False), windows(signed_in=False)
    first.page.goto(link)
    expect(first.page).to_have_url(f"{offhook.url}/console/")
    expect(first.page.get_by_role("heading", level=1)).to_have_text("Overview")
    second.page.goto(link)
    expect(second.page.get_by_role("heading", level=1)).to_have_text("This link is used up")
    expect(second.page.locator("pre")).to_contain_text("offhook console")
    second.page.get_by_role("link", name="Sign in another way").click()
    expect(second.page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_the_link_that_up_prints_is_such_a_link(windows, empty_house):
    person = windows(empty_house, signed_in=False)
    person.page.goto(empty_house.connection["console_url"])
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Overview")


def test_who_is_not_signed_in_is_led_to_the_sign_in_page_and_back_to_where_they_wanted_to_be(windows, offhook):
    person = windows(signed_in=False)
    person.page.goto(f"{person.url}/messages?From=%2B15005550006")
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(person.page).to_have_url(f"{person.url}/login?next=/console/messages%3FFrom%3D%252B15005550006")
    address = person.page.url
    person.page.goto(new_link(offhook))
    person.page.goto(address)
    expect(person.page).to_have_url(f"{person.url}/messages?From=%2B15005550006")


def test_signing_out_ends_the_session(windows, offhook):
    person = windows(signed_in=False)
    person.page.goto(new_link(offhook))
    person.page.get_by_role("button", name="Sign out").click()
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Sign in")
    person.page.goto(person.url + "/")
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Sign in")
