"""axe-core finds no serious fault on any page, in either scheme. https://www.deque.com/axe/core-documentation/"""

import pytest
from playwright.sync_api import expect

from tests.console.browser.stories import EVERY_PAGE

FAULTS = """async () => {
  const {violations} = await axe.run(document, {resultTypes: ["violations"]});
  return violations.filter(({impact}) => impact === "serious" || impact === "critical").map(({id, help, nodes}) =>
    `${id}: ${help}: ${nodes.map(({html, failureSummary}) => html.slice(0, 160) + " " + failureSummary).join(" | ")}`);
}"""

IS_IN = """scheme => (document.documentElement.dataset.mantineColorScheme ?? scheme) === scheme
  && !document.getAnimations().some((one) => one instanceof CSSTransition)"""


def faults(page, axe):
    """The serious and critical ones, each as a sentence. The source goes past the page's policy, as a debugger's."""
    page.evaluate(axe)
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.wait_for_function(IS_IN, arg=scheme)
        found += [f"{scheme}: {fault}" for fault in page.evaluate(FAULTS)]
    return found


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_a_page_has_no_serious_fault(windows, story, axe, name):
    page = windows(reduced_motion="reduce").open(story.pages[name])
    for summary in page.locator("main summary").all():
        summary.click()
    assert faults(page, axe) == []


def _copying(page):
    page.get_by_role("button", name="Copy as curl, Python or Node").first.click()
    expect(page.get_by_label("The call as curl")).to_be_visible()


def _button(name):
    def press(page):
        page.get_by_role("button", name=name).first.click()
        expect(page.get_by_role("dialog").get_by_role("button").last).to_be_visible()

    return press


DIALOGS = {
    "copying": ("/messages", _copying),
    "sending": ("/messages", _button("Send a message")),
    "calling": ("/calls", _button("Make a call")),
    "making a queue": ("/queues", _button("New queue")),
    "making a bin": ("/twiml-bins", _button("New TwiML bin")),
    "making a verify service": ("/verify", _button("New service")),
    "making a key": ("/keys", _button("New key")),
    "making a subaccount": ("/subaccounts", _button("New subaccount")),
    "a phone's behaviour": ("/handsets?phone=%2B19732640701", _button("How +19732640701 behaves")),
}


@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog_has_no_serious_fault(windows, story, axe, name):
    path, opening = DIALOGS[name]
    page = windows(reduced_motion="reduce").open(path)
    opening(page)
    assert faults(page, axe) == []


@pytest.mark.parametrize("path", ["/console/login/used", "/console/login", "/", "/errors", "/errors/21211"])
def test_pages_outside_the_application_have_none_either(windows, offhook, axe, path):
    page = windows(signed_in=False).page
    page.goto(offhook.url + path)
    assert faults(page, axe) == []


def test_a_fault_would_be_found(windows, axe):
    page = windows().page
    page.set_content("<style>@media (prefers-color-scheme: dark) { p { color: #eee } }</style><p>pale</p><button>")
    found = faults(page, axe)
    assert any(fault.startswith("light: button-name") for fault in found)
    assert [fault.split(": ")[:2] for fault in found if "color-contrast" in fault] == [["dark", "color-contrast"]]
