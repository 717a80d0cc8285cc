"""How the hardest states of the BTI meeting look, measured: every size, light and dark.

Sizes are in hundredths of the room screen's height, up to where 4:3 makes it narrow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.server import ROOT

from .solbakken import AGREED, PEOPLE, Solbakken, show
from .stage import Stage

LOOK = (ROOT / "tests" / "looking.js").read_text(encoding="utf-8")
ROOMS = ((1920, 1080), (1280, 720), (1024, 768))
LEADS = ((1440, 900), (1024, 768), (390, 844), (320, 640))  # 320: also what 200 % makes of 640
PHONES = ((390, 844), (320, 640))
BODY, LABEL, NOW = 3.6, 2.7, 8.0  # hundredths of the height
ON_THE_WALL, IN_THE_HAND = 7.0, 4.5  # contrasts
TARGET = 48  # px on a phone; and 24 elsewhere
SETTLED = """() => new Promise((done) => setTimeout(() => {
  document.getAnimations().forEach((one) => one.playState === 'running' && one.finish());
  done();
}, 150))"""


@dataclass
class Screens:
    stage: Stage
    dark: Page
    phone: Page

    def show(self, story: Solbakken, phones: tuple[str, ...] = ()) -> list[str]:
        """What is wrong, of all screens and sizes, in words."""
        stage = self.stage
        wrong: list[str] = []
        for name, page in (("room", stage.room.page), ("dark", self.dark)):
            show(page, story, "room", stage.code)
            wrong += _measured(name, page, ROOMS, _on_the_wall)
        show(stage.lead.page, story, "lead", stage.code)
        wrong += _measured("lead", stage.lead.page, LEADS, _in_the_hand)
        for who in phones:
            show(self.phone, story, "phone", stage.code, who)
            wrong += _measured(f"phone of {who}", self.phone, PHONES, _in_the_hand)
        return wrong

    def cards_on_a_page(self, story: Solbakken, size: tuple[int, int]) -> int:
        page = self.stage.room.page
        show(page, story, "room", self.stage.code)
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.evaluate(SETTLED)
        return page.locator(".board .card").count()


@pytest.fixture
def seen(stage: Stage) -> Iterator[Screens]:
    stage.plan(name="BTI-møte", question="Kva?", leader="Kari")
    dark = stage.lead.context.new_page()
    dark.goto(f"{stage.room.page.url}?dark=1")
    phone = stage.phone("Ola").page
    phone.goto(f"{stage.server.url}/j/{stage.code}")
    for page in (dark, phone):
        page.locator(".screen[data-live=true]").wait_for()
    yield Screens(stage, dark, phone)
    assert stage.complaints() == []


def test_the_hardest_states_can_be_read_from_the_back_row(seen: Screens) -> None:
    story = Solbakken()
    wrong = {"door": seen.show(story, ("nobody yet",))}
    story.gathers()
    wrong["lobby"] = seen.show(story, ("Ola",))
    story.forward()
    story.takes_roles()
    story.to("status-quo")
    story.words_it()
    wrong["agree"] = seen.show(story, ("Ola", "Samira"))
    story.settles()
    wrong["agreed"] = seen.show(story)
    story.to("factors")
    wrong["silence"] = seen.show(story, ("Ola",))
    factors = story.finds(7)
    _gives_the_word(story, PEOPLE[5][0])
    wrong["factors"] = seen.show(story, (PEOPLE[5][0],))
    assert seen.cards_on_a_page(story, (1280, 720)) == 8
    more = story.finds(16)
    story.wait(200)
    wrong["24 factors"] = seen.show(story, ("Jon",))
    assert seen.cards_on_a_page(story, (1280, 720)) >= 8
    assert seen.cards_on_a_page(story, (1024, 768)) >= 6
    for card in more:
        story.does(story.leader, "withdraw_card", card=card)
    story.to("choose")
    story.chooses(factors)
    wrong["chosen"] = seen.show(story, ("Ola",))
    story.to("measures")
    measures = story.proposes()
    story.to("summary")
    story.plans(measures[0], **AGREED)
    wrong["summary"] = seen.show(story, ("Samira",))
    story.to("result")
    wrong["result"] = seen.show(story, ("Ola",))
    told = "\n".join(f"{state}: {words}" for state, found in wrong.items() for words in found)
    assert not told, told


def _gives_the_word(story: Solbakken, who: str) -> None:
    who = story.meeting.person(who)
    while story.state("factors").turns.now != who:
        story.forward()


def _measured(name: str, page: Page, sizes: tuple[tuple[int, int], ...], check: Any) -> list[str]:
    wrong = []
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(SETTLED)
        found = page.evaluate(LOOK)
        wrong += [f"{name} {width}x{height}: {words}" for words in check(found, width, height)]
    return wrong


def _on_the_wall(found: dict[str, Any], width: int, height: int) -> Iterator[str]:
    unit = min(height, width * 3 / 4) / 100
    for sort, least in (("body", BODY), ("label", LABEL), ("now", NOW)):
        text = found[sort]
        if text and text["size"] < least * unit - 0.05:
            yield f"{sort} of {text['size'] / unit:.2f} vh: {text['what']}"
    yield from _contrast(found, ON_THE_WALL)
    yield from (f"cut: {what}" for what in found["cut"])
    if found["scrolls"] or found["sideways"]:
        yield "does not fit the screen"


def _in_the_hand(found: dict[str, Any], width: int, height: int) -> Iterator[str]:
    yield from _contrast(found, IN_THE_HAND)
    target, least = found["target"], TARGET if width < 600 else TARGET / 2
    if target and target["size"] < least - 0.1:
        yield f"target of {target['size']:.0f} px: {target['what']}"
    if found["sideways"]:
        yield "wider than the screen"


def _contrast(found: dict[str, Any], least: float) -> Iterator[str]:
    text = found["contrast"]
    if text and text["contrast"] < least:
        yield f"contrast {text['contrast']:.2f}: {text['what']}"
