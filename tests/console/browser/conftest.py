"""One Chromium and one `offhook up` for the tests of a process, and a window of its own for each test.

The house is shared, so a test looks at things of its own making: a number it bought, a phone nobody else has.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from offhook.console.built import FOLDER
from offhook.testing import Offhook
from tests.console.browser.screens import Console, sign_in, window
from tests.console.browser.stories import Story, api_of, told
from tests.terminal import Terminal

NAMES = ("chromium", "chromium-browser", "google-chrome")
AXE = Path(__file__).parents[3] / "console/node_modules/axe-core/axe.min.js"


@dataclass(frozen=True)
class House:
    """An `offhook up`, and the cookies of somebody who is signed in."""

    offhook: Offhook
    connection: dict[str, Any]
    terminal: Terminal
    cookies: list[Any]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium: nothing is downloaded."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    assert program, "These tests need Chromium: apt-get install chromium (make test does it where it may)."
    assert (FOLDER / "index.html").exists(), "The console is not built. Build it first: make console"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def new_house(folder: Path, chromium: Browser, *flags: str) -> Iterator[House]:
    """A fresh `offhook up` with these flags, to whose console somebody has signed in."""
    terminal = Terminal(folder)
    with terminal.up("--log-level", "warning", *flags) as (_, connection):
        url, sid, token = (connection[name] for name in ("url", "account_sid", "auth_token"))
        with Offhook(url, sid, token) as offhook:
            link = api_of(offhook).post("/offhook/v1/Console/Links")["url"]
            yield House(offhook, connection, terminal, sign_in(chromium, link))


@pytest.fixture(scope="package")
def house(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with new_house(tmp_path_factory.mktemp("house"), chromium) as found:
        yield found


@pytest.fixture(scope="package")
def story(house: House) -> Story:
    """The shared house, with something of everything in it."""
    return told(house.offhook)


@pytest.fixture(scope="package")
def empty_house(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One in which nothing has happened, and nothing may."""
    with new_house(tmp_path_factory.mktemp("empty"), chromium) as found:
        yield found


@pytest.fixture
def offhook(house: House) -> Offhook:
    """The shared house's, in place of the plugin's own."""
    return house.offhook


@pytest.fixture
def windows(chromium: Browser, house: House) -> Iterator[Callable[..., Console]]:
    """Opens windows, with a browser context of its own each; settings as Playwright's `new_context` has them."""
    with ExitStack() as stack:

        def opened(of: House = house, signed_in: bool = True, **settings: Any) -> Console:
            cookies = of.cookies if signed_in else []
            return stack.enter_context(window(chromium, of.offhook, cookies, **settings))

        yield opened


@pytest.fixture
def console(windows: Callable[..., Console]) -> Console:
    """A window in which one is signed in."""
    return windows()


@pytest.fixture(scope="package")
def axe() -> str:
    """The source of axe-core, which `npm ci` put there."""
    assert AXE.exists(), "axe-core is not installed. Install it first: npm --prefix console ci"
    return AXE.read_text()
