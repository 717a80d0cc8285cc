"""Single letters and signs as shortcuts: all of them told, and turned off by who wants none."""

from __future__ import annotations

from playwright.sync_api import expect

from .keyboard import Keyboard
from .stage import PATIENCE, Stage

SWITCH = "Bruk bokstavar og teikn som snarvegar"
CARD = "Skriv éin ting om gongen"


def _at_the_first_turn(stage: Stage) -> Keyboard:
    stage.plan(name="Teamtid", question="Kva gjer friminutta trygge?", leader="Kari")
    stage.phone("Ola").joins(stage.code)
    stage.to_the_first_turn()
    expect(stage.lead.part(".turn .name")).to_have_text("Ola", timeout=PATIENCE)
    keys = Keyboard(stage.lead.page)
    keys.rests()
    return keys


def test_the_help_names_every_key_of_the_leader_view(stage: Stage) -> None:
    keys = _at_the_first_turn(stage)
    keys.press("v")
    expect(stage.lead.part(".signal")).to_be_visible()
    keys.press("?")
    told = stage.lead.part("dialog .keys")
    expect(told).to_be_visible()
    rows = dict(row.split("\n") for row in _rows(stage))
    assert rows["N"].startswith("Skriv eit kort")
    for key in ("X", "U", "P", "V", "B .", "Q", "+", "? F1"):
        assert rows[key], key
    assert rows["PgDn → mellomrom"] == "Neste: Kari"
    keys.press("Escape")
    expect(told).to_have_count(0)


def test_who_turns_letters_off_keeps_the_other_keys(stage: Stage) -> None:
    keys = _at_the_first_turn(stage)
    keys.press("F1")
    keys.is_at("Lukk")
    stage.lead.page.get_by_label(SWITCH).focus()
    keys.press("Space", "Escape")
    _letters_do_nothing(stage, keys)
    stage.lead.page.reload()
    stage.lead.sees("Ola")
    keys.rests()
    _letters_do_nothing(stage, keys)
    expect(stage.lead.part(".foot kbd")).to_have_text(["PgDn"])
    stage.lead.presses("Tastar")
    assert [row.split("\n")[0] for row in _rows(stage)] == ["PgDn →", "PgUp ←", "F1"]
    stage.lead.page.get_by_label(SWITCH).check()
    keys.press("Escape", "n")
    expect(stage.lead.page.get_by_label(CARD)).to_be_focused()
    keys.press("Escape", "PageDown")
    expect(stage.lead.part(".turn .name")).to_have_text("Kari", timeout=PATIENCE)


def _letters_do_nothing(stage: Stage, keys: Keyboard) -> None:
    keys.press("n", "v", "b", "+", "?", "Space")
    keys.rests()
    expect(stage.lead.page.get_by_label(CARD)).to_have_count(0)
    expect(stage.lead.part("dialog")).to_have_count(0)
    for gone in (".signal", ".cover"):
        expect(stage.room.part(gone)).to_have_count(0)
    expect(stage.lead.part(".turn .name")).to_have_text("Ola")


def _rows(stage: Stage) -> list[str]:
    return [row.strip() for row in stage.lead.part("dialog .keys > div").all_inner_texts()]
