"""On small and zoomed screens the focus is seen, and who wants no motion gets none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import sync_playwright

from tests.everybody import TONES, Everybody, Told, View, all_told
from tests.server import ROOT, Server

from .stage import open_browser

OBSCURED = (ROOT / "tests" / "obscured.js").read_text(encoding="utf-8")
SMALL = [("lead", (720, 450)), ("lead", (320, 640)), ("phone", (320, 640))]
MOVING = "() => document.getAnimations().length"


@pytest.fixture(scope="module")
def told() -> Told:
    return all_told()


@pytest.fixture(scope="module")
def everybody(told: Told, app_server: Server) -> Iterator[Everybody]:
    with sync_playwright() as playwright:
        browser = open_browser(playwright)
        yield Everybody(browser, app_server)
        browser.close()


@pytest.mark.parametrize(("screen", "size"), SMALL)
def test_the_foot_that_stays_in_view_hides_no_focus(
    everybody: Everybody, told: Told, screen: str, size: tuple[int, int]
) -> None:
    looked = 0
    for number, state in enumerate(told["nn"][::4]):
        people = state.people()
        who = people[number % len(people)] if screen == "phone" else ""
        mood = ("", "opened")[number % 2]
        view = View(state, screen, "nn", TONES[number % 2], size, who=who, mood=mood)
        found = everybody.show(view).evaluate(OBSCURED)
        assert not found["hidden"], f"{state.name} {mood}: {found['hidden']}"
        looked += found["looked"]
    assert looked > 100


def test_with_reduced_motion_nothing_moves(everybody: Everybody, told: Told) -> None:
    assert _moving(everybody, told, "no-preference") > 0
    assert _moving(everybody, told, "reduce") == 0


def _moving(everybody: Everybody, told: Told, wish: str) -> int:
    """How many animations and transitions run just after a state was drawn, in all."""
    moving = 0
    for screen in ("room", "lead", "phone"):
        for state in told["nn"][::6]:
            view = View(state, screen, "nn", "light", (390, 844), who="player-1", mood="opened")
            page = everybody.show(view)
            page.emulate_media(reduced_motion=wish)
            moving += everybody.show(view).evaluate(MOVING)
    return moving
