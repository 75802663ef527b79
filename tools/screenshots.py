"""The pictures of the console in README and the documentation, taken by a real browser: `make screenshots`.

A fresh Offhook lives through an hour of a small guest house, on the virtual clock: guests answer a survey, orders are
announced, somebody sends a picture, a phone is off, an app breaks. The apps are those of `examples/`. Then its console
is opened and photographed. What is written is WebP, each file smaller than 150 kB.
"""

import argparse
import base64
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from offhook.testing import Number, Offhook
from offhook.testing.calling import Api
from soak.house import House

FOLDER = Path(__file__).parents[1] / "docs/screens"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LARGEST = 150_000  # bytes
SHARPNESS = 1.5  # pixels of the picture for one of the page
QUALITY = 82  # of 100
SETTLING = 300  # milliseconds in which what moves comes to rest
WIDTH = 1360  # pixels of the page: three phones side by side
ADA, BO, CEM, DEE = "+14155550142", "+14155550163", "+14155550187", "client:dee"


@dataclass(frozen=True)
class Story:
    """What has happened, as far as pictures are taken of it."""

    desk: Number
    asked: str


def main() -> int:
    """Take all pictures; the exit status says whether each is small enough."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=FOLDER, help="the folder for the pictures")
    folder = parser.parse_args().to
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, _running(Path(data)) as offhook, _browser() as browser:
        _take_all(offhook, browser, _live(offhook), folder)
    sizes = {path.name: path.stat().st_size for path in sorted(folder.glob("*.webp"))}
    for name, size in sizes.items():
        print(f"{size / 1000:6.0f} kB  {name}")
    return 0 if max(sizes.values()) < LARGEST else 1


@contextmanager
def _running(folder: Path) -> Iterator[Offhook]:
    with House(folder, environment={"OFFHOOK_CLOCK": "virtual"}) as house:
        house.start()
        with Offhook(house.url, *house.credentials) as offhook:
            yield offhook


@contextmanager
def _browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        raise SystemExit("There is no Chromium. Install it, on Debian or Ubuntu with: sudo apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


def _live(offhook: Offhook) -> Story:
    """The hour."""
    desk = offhook.number("+14155550134", friendly_name="Front desk", sms_url=_served(offhook, "survey") + "/sms")
    kitchen_url = _served(offhook, "notifier")
    kitchen = offhook.number("+14155550119", friendly_name="Kitchen", sms_url=f"{kitchen_url}/sms")
    paint = offhook.number("+14155550127", friendly_name="Colours", sms_url=_served(offhook, "picture_reply") + "/sms")
    offhook.handset(BO).text(kitchen, "Is breakfast still on?")  # the notifier answers no texts: an alert
    for minute in range(1, 56):
        _chatter(offhook, minute, desk, paint)
        if minute % 4 == 0 or minute in (17, 18, 19, 41, 42, 43, 44):
            _announce(offhook, kitchen, kitchen_url, minute)
        offhook.clock.advance(minutes=1)
    for words in ("Hello", "5", "More of the lemon cake, please"):
        last = offhook.handset(ADA).text(desk, words)
        offhook.clock.advance(seconds=20)
    offhook.handset(CEM).text(paint, "A warm one: #f2a65a")
    offhook.handset(CEM).wait_for("This is #f2a65a")
    offhook.handset(DEE).behave(power="off")
    return Story(desk, str(last.message_sid))


def _served(offhook: Offhook, example: str) -> str:
    """The URL of an app of `examples/`."""
    return offhook.serve(import_module(f"examples.{example}.app").app)


def _chatter(offhook: Offhook, minute: int, desk: Number, paint: Number) -> None:
    """What people say in a minute."""
    said = {6: "Hi", 7: "4", 8: "A later check-out", 26: "Hello!", 28: "5", 30: "Nothing, it was perfect"}
    if minute in said:
        offhook.handset(BO).text(desk, said[minute])
    if minute in (12, 13, 33, 35, 36, 47, 48):
        offhook.handset(CEM).text(paint, ("Hello?", "#3b5bdb", "#2f9e44")[minute % 3])


def _announce(offhook: Offhook, kitchen: Number, url: str, minute: int) -> None:
    """An order is ready; one guest's phone loses every text."""
    phone = (ADA, BO, CEM, "+14155550196")[minute % 4]
    offhook.handset("+14155550196").behave(outcome="undelivered", error_code="30003")
    offhook.client().messages.create(
        to=phone,
        from_=str(kitchen),
        body=f"Order {minute + 200} is ready. Enjoy your meal!",
        status_callback=f"{url}/orders/{minute + 200}/status",
    )


def _take_all(offhook: Offhook, browser: Browser, story: Story, folder: Path) -> None:
    phones = "&".join(f"phone={phone.replace('+', '%2B')}" for phone in (ADA, CEM, BO))
    light, dark = _signed_in(offhook, browser, "light"), _signed_in(offhook, browser, "dark")
    _take(light, "/", 640, folder / "overview.webp")
    _take(light, f"/numbers/{story.desk.sid}", 720, folder / "number.webp")
    _take(light, f"/handsets?{phones}", 760, folder / "handsets.webp")
    _take(dark, f"/handsets?{phones}", 760, folder / "handsets-dark.webp")
    _take(light, f"/messages/{story.asked}", 1036, folder / "message.webp")


def _signed_in(offhook: Offhook, browser: Browser, scheme: str) -> Page:
    """A window in those colours, signed in with a link of its own."""
    settings = {"color_scheme": scheme, "device_scale_factor": SHARPNESS, "locale": "en-GB", "reduced_motion": "reduce"}
    page = browser.new_context(**settings).new_page()  # type: ignore[arg-type]  # each value is one of Playwright's
    api = Api(offhook.url, offhook.account_sid, offhook.auth_token)
    page.goto(str(api.post("/offhook/v1/Console/Links")["url"]))
    return page


def _take(page: Page, path: str, height: int, file: Path) -> None:
    """Open a page of the console, unfold the last exchange on it, and take a picture when all of it is there."""
    page.set_viewport_size({"width": WIDTH, "height": height})
    origin = page.url.partition("/console")[0]
    page.goto(f"{origin}/console{path}", wait_until="networkidle")
    expect(page.locator(".stream")).to_have_text("Live")
    expect(page.get_by_label("Loading", exact=False)).to_have_count(0)
    if page.locator(".moment > details").count():
        page.locator(".moment > details > summary").last.click()
    page.wait_for_function("[...document.images].every((image) => image.complete)")
    page.mouse.move(0, 0)
    page.wait_for_timeout(SETTLING)
    session = page.context.new_cdp_session(page)
    shot = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    file.write_bytes(base64.b64decode(shot["data"]))


if __name__ == "__main__":
    sys.exit(main())
