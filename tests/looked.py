"""Every state of a rehearsal, looked at: pictures, and what the rules for screens come to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from .meetings.stage import Device
from .server import ROOT
from .walk import Walk

MEASURE = (ROOT / "tests" / "looking.js").read_text(encoding="utf-8")
ROOM_SIZES = ((1920, 1080), (1280, 720), (1024, 768))
LEAD_SIZES = ((1440, 900), (1024, 768), (390, 844))
PHONE_SIZES = ((390, 844), (320, 640))
SETTLES = 450  # milliseconds: fades, and the board measuring itself

Found = dict[str, Any]


@dataclass
class Rule:
    """A rule of the screens. `least` is the smallest figure found, and where."""

    says: str
    bar: str
    holds: Callable[[Found], bool]
    figure: Callable[[Found], float | None]
    shown: str = "{:.1f}"
    least: float | None = None
    where: str = ""
    broken: list[str] = field(default_factory=list)

    def look(self, found: Found, where: str) -> None:
        figure = self.figure(found)
        if figure is not None and (self.least is None or figure < self.least):
            self.least, self.where = figure, where
        if not self.holds(found):
            self.broken.append(f"{where}: {self._what(found)}")

    def _what(self, found: Found) -> str:
        return str({k: v for k, v in found.items() if k not in ("lang", "ratio")})


def of_height(found: Found, part: str) -> float | None:
    """In hundredths of the screen's height; narrow screens count by their width at 4:3."""
    measured = found[part]
    height = min(found["height"], found["height"] * found["ratio"] * 0.75)
    return 100 * measured["size"] / height if measured else None


def _at_least(bar: float, figure: Callable[[Found], float | None]) -> Callable[[Found], bool]:
    def holds(found: Found) -> bool:
        value = figure(found)
        return value is None or value >= bar - 0.05

    return holds


def _size(says: str, part: str, bar: float) -> Rule:
    def figure(found: Found) -> float | None:
        return of_height(found, part)

    return Rule(says, f"≥ {bar} % of the height", _at_least(bar, figure), figure)


def _contrast(bar: float) -> Rule:
    def figure(found: Found) -> float | None:
        return found["contrast"]["contrast"] if found["contrast"] else None

    return Rule("contrast of text", f"≥ {bar}:1", _at_least(bar, figure), figure, "{:.2f}")


def _not(says: str, part: str) -> Rule:
    return Rule(says, "never", lambda found: not found[part], lambda found: None)


def rules() -> dict[str, list[Rule]]:
    """By screen, as screens.md has them."""

    def target(found: Found) -> float | None:
        return found["target"]["size"] if found["target"] else None

    return {
        "room": [
            _size("body text", "body", 3.6),
            _size("labels", "label", 2.7),
            _size("who speaks, and the time", "now", 8),
            _contrast(7),
            _not("scrolls", "scrolls"),
            _not("text is cut", "cut"),
        ],
        "phone": [
            _contrast(4.5),
            Rule("targets", "≥ 48 px", _at_least(48, target), target, "{:.0f}"),
            _not("scrolls sideways at 320 px", "sideways"),
        ],
        "leader": [_contrast(4.5), _not("scrolls sideways at 390 px", "sideways")],
    }


class Looker:
    """Room screen, leader view and a visitor's phone of one rehearsal, by day and by night."""

    def __init__(self, browser: Browser, walk: Walk, pictures: Path | None = None) -> None:
        self.walk, self.pictures = walk, pictures
        self.rules = rules()
        self.langs: set[str] = set()
        self.states: list[str] = []
        self._pages: list[tuple[str, str, Page, tuple[tuple[int, int], ...]]] = []
        self._devices: list[Device] = []
        for night in (False, True):
            self._sit_down(browser, night)

    def look(self, state: str) -> None:
        self.states.append(state)
        for screen, tone, page, sizes in self._pages:
            for width, height in (*sizes[1:], sizes[0]):
                page.set_viewport_size({"width": width, "height": height})
                page.wait_for_timeout(SETTLES)
                where = f"{state}, {tone}, {width}×{height}"
                found: Found = page.evaluate(MEASURE)
                self.langs.add(found["lang"])
                for rule in self.rules[screen]:
                    rule.look(found, where)
                if self.pictures:
                    name = f"{screen}-{state}-{tone}-{width}x{height}.png"
                    page.screenshot(path=self.pictures / name)

    def broken(self) -> Iterator[str]:
        for screen, its in self.rules.items():
            for rule in its:
                for case in rule.broken:
                    yield f"{screen}: {rule.says} ({rule.bar}): {case}"

    def end(self) -> None:
        for device in self._devices:
            device.close()

    def _sit_down(self, browser: Browser, night: bool) -> None:
        tone = "dark" if night else "light"
        lead = Device(browser, LEAD_SIZES[0], self.walk.url)
        phone = Device(browser, PHONE_SIZES[0], self.walk.url)
        self._devices += [lead, phone]
        for device in (lead, phone):
            device.page.emulate_media(color_scheme=tone)
        lead.page.goto(self.walk.leader_url)
        lead.open(self.walk.lead)
        room = lead.new_page()
        room.goto(f"{self.walk.url}{self.walk.room}{'?dark=1' if night else ''}")
        room.locator(".plate").first.wait_for()
        code = room.locator(".letters b").first.inner_text().replace(" ", "")
        phone.open(f"/j/{code}")
        name = phone.page.locator("main input[type=text], form input[type=text]").first
        name.fill("Åse" if night else "Nils")
        phone.page.locator("form button[type=submit]").first.click()
        phone.page.locator("form[class=form]").first.wait_for(state="detached")
        sizes = {"room": ROOM_SIZES, "leader": LEAD_SIZES, "phone": PHONE_SIZES}
        for screen, page in (("room", room), ("leader", lead.page), ("phone", phone.page)):
            # By night the colours are others, the sizes are not.
            self._pages.append((screen, tone, page, sizes[screen][:1] if night else sizes[screen]))


def table(looker: Looker) -> Iterator[str]:
    """The checklist as Markdown."""
    yield "| screen | rule | bar | found | closest |"
    yield "|---|---|---|---|---|"
    for screen, its in looker.rules.items():
        for rule in its:
            tick = "✓" if not rule.broken else f"✗ {len(rule.broken)}"
            figure = "" if rule.least is None else f" {rule.shown.format(rule.least)}"
            yield f"| {screen} | {rule.says} | {rule.bar} | {tick}{figure} | {rule.where} |"
