"""A person at the console: a window of a real browser, signed in, and everything watched that must not happen in it.

Nothing may run that the console did not bring, no rule of its Content-Security-Policy may be touched (then that rule
would have been the only guard), no script may fail, and nothing may be loaded from elsewhere.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Locator, Page, Request, expect

from offhook.testing import Offhook

PATIENCE = 20_000  # milliseconds: how long something may take on a busy machine
NOT_OURS_TO_JUDGE = "Failed to load resource"  # what Chromium writes for every answer from 400 up
WATCHING = """
window.addEventListener("securitypolicyviolation", (violation) =>
  window.__told(`CSP: ${violation.violatedDirective} stopped ${violation.blockedURI} ${violation.sample}`), true);
"""
expect.set_options(timeout=PATIENCE)


class Watch:
    """What happened in a window and should not have."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.problems: list[str] = []
        self._url = url
        context.expose_function("__told", lambda what: self.problems.append(what))
        context.expose_function("__xss", lambda what="": self.problems.append(f"a script ran: {what}"))
        context.add_init_script(WATCHING)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.problems.append(f"an error: {error.error}"))
        context.on("dialog", self._asked)
        context.on("request", self._wanted)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(NOT_OURS_TO_JUDGE):
            self.problems.append(f"in the console: {message.text}")

    def _asked(self, dialog: Dialog) -> None:
        self.problems.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def _wanted(self, request: Request) -> None:
        if not request.url.startswith((self._url, "data:", "blob:")):
            self.problems.append(f"wanted from elsewhere: {request.url}")


class Console:
    """The console in one window."""

    def __init__(self, context: BrowserContext, offhook: Offhook) -> None:
        self.offhook = offhook
        self.url = f"{offhook.url}/console"
        self.context = context
        self.page: Page = context.new_page()

    def open(self, path: str = "/", heading: str | None = None) -> Page:
        """Type the address of a page of the console and wait until it is there, with all that it shows."""
        self.page.goto(self.url + path)
        if heading is not None:
            expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        self.settled()
        return self.page

    def go(self, path: str) -> Page:
        """To another page without loading the application again, as a link in it does."""
        self.page.evaluate(
            "path => { history.pushState(null, '', path); dispatchEvent(new PopStateEvent('popstate')); }",
            f"/console{path}",
        )
        self.settled()
        return self.page

    def settled(self) -> None:
        """Wait until a page stands there and nothing turns any more."""
        expect(self.page.locator("main h1")).to_be_visible()
        expect(self.page.get_by_label("Loading", exact=False)).to_have_count(0)
        expect(self.page.locator(".stream")).to_have_text("Live")  # which a phone hides behind its menu

    def row(self, text: str) -> Locator:
        """The row of a list in which `text` stands."""
        return self.page.get_by_role("row").filter(has_text=text)


@contextmanager
def window(browser: Browser, offhook: Offhook, cookies: list[Any], **settings: Any) -> Iterator[Console]:
    """A window in which one is signed in, if there are cookies; on leaving, nothing may have happened in it."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/Berlin", **settings)
    context.set_default_timeout(PATIENCE)
    context.add_cookies(cookies)
    watch = Watch(context, offhook.url)
    try:
        console = Console(context, offhook)
        yield console
        console.page.evaluate("1")  # what is under way in the browser is told before
        assert watch.problems == []
    finally:
        context.close()


def sign_in(browser: Browser, link: str) -> list[Any]:
    """The cookies that a link gives."""
    context = browser.new_context()
    try:
        context.request.get(link)
        cookies: list[Any] = json.loads(json.dumps(context.cookies()))
        return cookies
    finally:
        context.close()
