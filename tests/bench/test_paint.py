"""The bench of the console: a real browser says when it painted, and a page that is not there is an error."""

import asyncio
import shutil

import pytest
from playwright.async_api import async_playwright

from bench.messages import WrongError
from bench.paint import NAMES, painted, signed_in
from bench.servers import Offhook


def in_a_browser(folder, scenario):
    async def whole():
        program = next(filter(None, map(shutil.which, NAMES)))
        async with Offhook(folder) as offhook, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
            await scenario(browser, offhook)
            await browser.close()

    asyncio.run(whole())


def test_a_page_says_when_it_first_showed_something(tmp_path):
    async def scenario(browser, offhook):
        took = await painted(browser, offhook, "messages", await signed_in(browser, offhook))
        assert 0 < took < 60_000

    in_a_browser(tmp_path, scenario)


def test_what_does_not_answer_is_an_error(tmp_path):
    async def scenario(browser, offhook):
        with pytest.raises(WrongError, match="404"):
            await painted(browser, offhook, "../nothing", await signed_in(browser, offhook))

    in_a_browser(tmp_path, scenario)
