"""The usual room: a laptop at the projector, and the leader somewhere else with a phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from .stage import Device, Stage

ASKS = "Denne maskina viser romskjermen"


@pytest.fixture
def wall(stage: Stage) -> Iterator[Device]:
    """A browser at the projector, where nobody has logged in."""
    stage.plan(name="Teamtid", question="Kva no?", leader="Kari")
    wall = Device(stage.browser, (1920, 1080), stage.server.url)
    wall.open("/room")
    yield wall
    assert wall.complaints == []
    wall.close()


def pairs(stage: Stage, wall: Device, keys: str = "Nei") -> None:
    wall.sees("Denne skjermen kan visa møtet")
    code = wall.part(".pair b").inner_text()
    stage.lead.presses("Vis møtet på ein annan skjerm …")
    stage.lead.page.get_by_label("Koden som står på skjermen").fill(code.lower())
    stage.lead.part(".chip").get_by_text(keys, exact=True).last.click()
    stage.lead.presses("Vis møtet der")
    wall.sees("Teamtid")
    wall.sees_no("Denne skjermen kan visa møtet")


def test_a_browser_at_the_projector_becomes_the_room_screen(stage: Stage, wall: Device) -> None:
    pairs(stage, wall)
    wall.key("PageDown")
    wall.key("?")
    wall.sees("Tastane på denne skjermen styrer ikkje møtet.")
    wall.sees_no("skjul skjermen")
    wall.key("Escape")
    wall.sees_no("Tastane på denne skjermen")
    expect(
        stage.lead.part(".steer, .foot").get_by_role("button", name="Start møtet")
    ).to_be_visible()
    stage.server.kill()
    for screen in (stage.lead, wall):
        expect(screen.part('[data-live="false"]')).to_have_count(1)
    stage.server.start()
    for screen in (stage.lead, wall):
        expect(screen.part('[data-live="true"]')).to_have_count(1)
    stage.lead.key("PageDown")
    wall.sees("Roller")
    wall.page.reload()
    wall.sees("Roller")


def test_a_clicker_steers_where_it_may_and_harms_nothing(stage: Stage, wall: Device) -> None:
    pairs(stage, wall, keys="Ja")
    phone = stage.phone("Ola")
    phone.joins(stage.code)
    wall.key("PageDown")
    wall.sees("Roller")
    wall.key("PageUp")
    for key, words in (("q", True), ("Escape", False), (".", None), ("b", None)):
        wall.key(key)
        if words is not None:
            expect(wall.part(".cover.code")).to_have_count(int(words))
    expect(wall.part(".cover")).to_have_count(0)  # blanked, and back
    wall.key("f")
    assert full(wall)
    wall.page.evaluate("window.same = true")
    wall.key("F5")
    wall.page.wait_for_timeout(300)
    assert wall.page.evaluate("window.same === true")
    assert full(wall)
    wall.key("f")
    assert not full(wall)
    wall.page.reload()
    wall.sees("Roller")
    wall.key("PageDown")
    if wall.part("dialog").is_visible():
        wall.key("PageDown")
    wall.sees("Kva no?")


def full(device: Device) -> Any:
    device.page.wait_for_timeout(200)
    return device.page.evaluate("Boolean(document.fullscreenElement)")


def test_the_leader_view_asks_before_it_lands_on_the_projector(stage: Stage, wall: Device) -> None:
    laptop = Device(stage.browser, (1440, 900), stage.server.url)
    laptop.page.goto(stage.server.leader_url)
    laptop.open(f"/room/{stage.meeting}")
    laptop.sees("Teamtid")
    laptop.open(f"/lead/{stage.meeting}")
    laptop.sees(ASKS)
    laptop.page.get_by_role("link", name="Opna her likevel").click()
    laptop.sees("Start møtet")
    laptop.open(f"/lead/{stage.meeting}")  # it is open here now
    laptop.sees("Start møtet")
    laptop.page.get_by_role("link", name="Lei frå telefonen: vis ein QR-kode").click()
    laptop.sees("Skann koden med telefonen din.")
    assert laptop.complaints == []
    laptop.close()
