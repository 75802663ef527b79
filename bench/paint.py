"""How soon the console is there: `python -m bench.paint` (a part of `make bench`).

A real Chromium opens each page in a window that has nothing in its cache, signed in by cookie, and says itself when it
first painted something with content (https://www.w3.org/TR/paint-timing/#sec-terminology). Nothing is kept between two
windows. The browser is Debian's, and the console must have been built (`make console`).
"""

import argparse
import asyncio
import base64
import json
import shutil
import sys
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from playwright.async_api import Browser, async_playwright

from bench import machine
from bench.messages import WrongError
from bench.servers import Offhook
from bench.table import Figures, table

NAMES = ("chromium", "chromium-browser", "google-chrome")
PAGES = ("", "numbers", "messages", "handsets", "calls", "webhooks", "alerts")
GOAL = 1_000.0  # ms
PATIENCE = 30.0  # seconds
ENTRY = "performance.getEntriesByName('first-contentful-paint')"


def link(offhook: Offhook) -> str:
    """A link that signs in once."""
    pair = base64.b64encode(f"{offhook.account_sid}:{offhook.auth_token}".encode()).decode()
    url = f"http://127.0.0.1:{offhook.port}/offhook/v1/Console/Links"
    asked = Request(url, b"", {"Authorization": f"Basic {pair}"}, method="POST")
    with urlopen(asked, timeout=30) as answer:
        return str(json.load(answer)["url"])


async def signed_in(browser: Browser, offhook: Offhook) -> list[Any]:
    """The cookies of somebody who has signed in."""
    async with await browser.new_context() as context:
        page = await context.new_page()
        await page.goto(await asyncio.to_thread(link, offhook))
        await page.get_by_role("heading", level=1).wait_for()
        return await context.cookies()


async def painted(browser: Browser, offhook: Offhook, path: str, cookies: list[Any]) -> float:
    """When a page first showed something, in milliseconds after it was asked for. Raises WrongError for no page."""
    async with await browser.new_context() as context:
        await context.add_cookies(cookies)
        page = await context.new_page()
        answer = await page.goto(f"http://127.0.0.1:{offhook.port}/console/{path}")
        if answer is None or not answer.ok:
            raise WrongError(f"/console/{path} answered {answer.status if answer else 'nothing'}")
        await page.get_by_role("heading", level=1).wait_for()
        async with asyncio.timeout(PATIENCE):
            while not (moments := await page.evaluate(f"() => {ENTRY}.map((entry) => entry.startTime)")):
                await asyncio.sleep(0.02)
        return float(moments[0])


async def run(rounds: int, folder: Path) -> tuple[str, Figures]:
    """All rounds, and the tables. Raises WrongError where there is no browser."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        raise WrongError("Chromium is not installed: apt-get install chromium")
    facts, figures = machine.facts(folder), Figures()
    async with Offhook(folder) as offhook, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        cookies = await signed_in(browser, offhook)
        for number in range(rounds):
            print(f"round {number + 1} of {rounds} …", file=sys.stderr, flush=True)
            for path in PAGES:
                took = await painted(browser, offhook, path, cookies)
                figures.add(f"/console/{path}, first paint", took, "ms", GOAL)
        await browser.close()
    measured = table(("what", "median", f"range of {rounds} rounds", "goal reached"), figures.rows())
    return f"{table(('machine', ''), list(facts.items()))}\n\n{measured}", figures


def main() -> None:
    """Parse the arguments, run, print."""
    parser = argparse.ArgumentParser(description="How soon the console is there.")
    parser.add_argument("--quick", action="store_true", help="one round")
    parser.add_argument("--folder", type=Path, default=Path(".cache"), help="where the data goes; on a real disk")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    print(asyncio.run(run(1 if arguments.quick else 5, arguments.folder.resolve()))[0])


if __name__ == "__main__":
    main()
