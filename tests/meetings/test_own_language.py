"""A meeting has one language, and each phone may have its own."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from facilitator.core.text import LANGS
from facilitator.texts import TEXTS

from .stage import Stage


def test_a_phone_speaks_its_own_language_also_after_a_reload(stage: Stage) -> None:
    stage.plan(name="Teamtid", leader="Kari")
    phone = stage.phone("Søren")
    phone.joins(stage.code)
    phone.page.get_by_label("Språk").select_option("da")
    phone.sees("Mødet starter")
    expect(phone.part("html")).to_have_attribute("lang", "da")
    phone.page.reload()
    phone.sees("Mødet starter")
    stage.room.sees("Med i møtet")
    expect(stage.room.part("html")).to_have_attribute("lang", "nn")


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("nn", r"\d\d\.\d\d"),
        ("nb", r"\d\d\.\d\d"),
        ("sv", r"\d\d:\d\d"),
        ("da", r"\d\d\.\d\d"),
        ("en", r"\d\d:\d\d"),
    ],
)
def test_the_room_tells_the_time_as_its_language_does(
    stage: Stage, lang: str, written: str
) -> None:
    stage.lead.page.goto(stage.server.leader_url)
    stage.lead.open("/new?recipe=short")
    stage.lead.part("#lang").select_option(lang)
    stage.lead.part("#name").fill("Teamtid")
    stage.lead.part("#leader").fill("Kari")
    stage.lead.part("form button.main").click()
    stage.lead.page.wait_for_url("**/lead/*")
    clock = stage.lead.part(".bar .time b")
    expect(clock).to_have_text(re.compile(f"^{written}$"))
    expect(stage.lead.part("html")).to_have_attribute("lang", lang)


def test_every_plain_page_says_which_language_it_speaks(stage: Stage) -> None:
    visitor = stage.phone("")
    for lang in LANGS:
        visitor.open(f"/lang/{lang}")
        for path in ("/", "/j/AAAAAA", "/nowhere", "/room"):
            visitor.page.goto(stage.server.url + path, wait_until="load")
            expect(visitor.part("h1").first).to_be_visible()
            expect(visitor.part("html")).to_have_attribute("lang", lang)
            expect(visitor.part("#popup")).to_be_hidden()


def test_while_a_page_is_slow_to_load_that_is_said_in_its_language(stage: Stage) -> None:
    visitor = stage.phone("")
    visitor.page.route("**/vue.esm*", lambda route: None)  # it never comes
    visitor.page.goto(stage.server.url, wait_until="commit")
    slow = visitor.page.locator("#esm-fallback")
    expect(slow).to_be_visible()
    said = "box => [getComputedStyle(box, '::after').content, getComputedStyle(box).fontSize]"
    assert slow.evaluate(said) == [f'"{TEXTS["home.slow"].root["nn"]}"', "0px"]
