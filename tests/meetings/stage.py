"""A room with its people: a running app, a browser, and what each of them does and sees."""

from __future__ import annotations

import os
import shutil
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Playwright, expect

from tests.server import Server

from .wire import Wire

PATIENCE = 15_000  # milliseconds a person waits for a screen
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def open_browser(playwright: Playwright) -> Browser:
    """The machine's own Chromium. Without one the test fails in CI, and says why elsewhere."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium: install it, or name it in CHROMIUM")
        pytest.skip("no Chromium on this machine: install it, or name it in CHROMIUM")
    return playwright.chromium.launch(executable_path=found, args=list(QUIET))


class Device:
    """One browser window, as one person uses it. Complaints are errors its console showed."""

    def __init__(self, browser: Browser, size: tuple[int, int], url: str, lang: str = "nn") -> None:
        self.url = url
        self.context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale=f"{lang}-NO"
        )
        self.context.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.page = self.new_page()

    def new_page(self) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._heard)
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        """That a server cannot be reached is said by the screen, and is no error of ours."""
        unreached = ("net::ERR_", "WebSocket connection to")
        if message.type == "error" and not any(words in message.text for words in unreached):
            self.complaints.append(message.text)

    def open(self, path: str) -> None:
        self.page.goto(self.url + path)

    def sees(self, words: str, count: int | None = None) -> None:
        found = self.page.locator("body").get_by_text(words).filter(visible=True)
        if count is None:
            expect(found.first).to_be_visible(timeout=PATIENCE)
        else:
            expect(found).to_have_count(count, timeout=PATIENCE)

    def sees_no(self, words: str) -> None:
        found = self.page.locator("body").get_by_text(words).filter(visible=True)
        expect(found).to_have_count(0, timeout=PATIENCE)

    def presses(self, name: str) -> None:
        """A double press within 400 ms counts as one, and a person is slower than a test."""
        self.page.wait_for_timeout(450)
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def key(self, key: str) -> None:
        self.page.wait_for_timeout(450)
        self.page.keyboard.press(key)

    def part(self, css: str) -> Locator:
        return self.page.locator(css)

    def picture(self) -> Image.Image:
        return Image.open(BytesIO(self.page.screenshot()))

    def close(self) -> None:
        self.context.close()


class Phone(Device):
    def __init__(self, browser: Browser, url: str, name: str, origin: str) -> None:
        super().__init__(browser, (390, 844), url)
        self.name, self.origin = name, origin
        self._pressed = 0.0

    def presses(self, name: str) -> None:
        """A phone has been in a hand meanwhile: it waits only for its own press before."""
        self.page.wait_for_timeout(max(0.0, 450 - 1000 * (time.monotonic() - self._pressed)))
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self._pressed = time.monotonic()

    def joins(self, code: str) -> None:
        """One field, one tap for where from, one button."""
        self.open(f"/j/{code}")
        self.page.get_by_label("Førenamn").fill(self.name)
        if self.origin:
            self.page.get_by_text(self.origin, exact=True).click()
        self.presses("Bli med")
        self.sees("Du er med")

    def writes(self, words: str) -> None:
        """Types a card without sending it."""
        self.page.get_by_label("Skriv éin ting om gongen").fill(words)

    def draft(self) -> str:
        return self.page.get_by_label("Skriv éin ting om gongen").input_value()

    def adds(self, words: str) -> None:
        self.writes(words)
        self.presses("Legg til")


class Stage:
    """The room: a server, the leader's laptop with the room screen beside it, phones."""

    def __init__(self, playwright: Playwright, folder: Path, port: int, proxy: str = "") -> None:
        self.server = Server(folder, port, proxy=proxy)
        self.server.start()
        self.browser = open_browser(playwright)
        self.lead = Device(self.browser, (1440, 900), self.server.url)
        self.phones: list[Phone] = []
        self.wires: list[Wire] = []
        self.meeting = ""
        self.code = ""

    def plan(self, recipe: str = "short", **answers: str) -> None:
        """The leader opens the link, chooses the kind of meeting and makes one."""
        self.lead.page.goto(self.server.leader_url)
        self.lead.page.get_by_role("link", name="Nytt møte").click()
        kind = self.lead.part(f'a[href="/new?recipe={recipe}"]')
        kind.or_(self.lead.part("#name")).first.wait_for()
        if kind.count():  # with one recipe there is nothing to choose
            kind.click()
        for name, answer in answers.items():
            self.lead.part(f'[id="{name}"]').fill(answer)
        self.lead.presses("Lag møtet")
        self.lead.page.wait_for_url("**/lead/*")
        self.meeting = self.lead.page.url.rpartition("/")[2]
        self.room = Device.__new__(Device)
        self.room.url, self.room.context = self.server.url, self.lead.context
        self.room.complaints = self.lead.complaints
        self.room.page = self.lead.new_page()
        self.room.page.set_viewport_size({"width": 1920, "height": 1080})
        self.room.open(f"/room/{self.meeting}")
        self.code = self._scanned()

    def to_the_first_turn(self) -> None:
        """Forward, forward, forward; without a viddevakt the leader goes on knowingly."""
        for _ in range(3):
            self.lead.key("PageDown")
            if self.lead.part("dialog").is_visible():
                self.lead.presses("Ja")

    @property
    def journal(self) -> Path:
        return self.server.folder / "meetings" / f"{self.meeting}.journal"

    def folds(self) -> None:
        """Until only what lasts is left of the closed meeting."""
        deadline = time.monotonic() + PATIENCE / 1000
        while self.journal.read_bytes().count(b"\n") > 2:
            assert time.monotonic() < deadline, "not folded"
            time.sleep(0.05)

    def phone(self, name: str, origin: str = "", through: Wire | None = None) -> Phone:
        url = f"http://127.0.0.1:{through.port}" if through else self.server.url
        phone = Phone(self.browser, url, name, origin)
        self.phones.append(phone)
        return phone

    def wire(self) -> Wire:
        wire = Wire(self.server.port)
        self.wires.append(wire)
        return wire

    def complaints(self) -> list[str]:
        return [text for device in (self.lead, *self.phones) for text in device.complaints]

    def end(self) -> None:
        for wire in self.wires:
            wire.close()
        self.browser.close()
        self.server.stop()

    def _scanned(self) -> str:
        """What a phone's camera reads off the room screen: the address, and the code in it."""
        picture = self.room.part("img.plate")
        expect(picture).to_be_visible(timeout=PATIENCE)
        picture.evaluate("image => image.decode()")
        found: Any = zxingcpp.read_barcodes(self.room.picture())
        assert len(found) == 1, "the code on the room screen cannot be read"
        address, _, code = found[0].text.rpartition("/j/")
        assert address == self.server.url
        return code
