"""The focus stays where it is while the meeting goes on around it."""

from __future__ import annotations

from playwright.sync_api import expect

from .keyboard import Keyboard
from .stage import PATIENCE, Stage

QUESTION = "Kva gjer friminutta trygge?"
HALF = "Me har ingen fast rutine for kven"
FRAME = "() => getComputedStyle(document.activeElement).outlineStyle"


def test_who_types_goes_on_typing_while_others_write(stage: Stage) -> None:
    stage.plan(name="Teamtid", question=QUESTION, leader="Kari")
    ola, jon = stage.phone("Ola"), stage.phone("Jon")
    for phone in (ola, jon):
        phone.joins(stage.code)
    stage.to_the_first_turn()
    keys = Keyboard(stage.lead.page)
    keys.opens("n", "Skriv éin ting om gongen")
    keys.type(HALF)
    keys.press("ArrowLeft", "ArrowLeft", "ArrowLeft")
    ola.writes(HALF)
    for number in range(5):
        jon.adds(f"Kort nummer {number}")
    for screen in (stage.lead, stage.room):
        screen.sees("Kort nummer 4")
    keys.is_at("Skriv éin ting om gongen")
    keys.type("X")
    expect(ola.page.get_by_label("Skriv éin ting om gongen")).to_be_focused()
    ola.page.keyboard.type(" X")
    assert ola.draft() == f"{HALF} X"
    card = stage.lead.page.get_by_label("Skriv éin ting om gongen")
    expect(card).to_have_value(f"{HALF[:-3]}X{HALF[-3:]}")
    assert stage.complaints() == []


def test_forward_by_keyboard_keeps_the_focus_on_its_button(stage: Stage) -> None:
    """Also where a question lies over the screen, and where the button says something else."""
    stage.plan(name="Teamtid", question=QUESTION, leader="Kari")
    for name in ("Ola", "Jon", "Per"):
        stage.phone(name).joins(stage.code)
    stage.to_the_first_turn()
    stage.room.sees("No snakkar")
    forward = stage.lead.part(".foot .button.main")
    forward.focus()
    keys = Keyboard(stage.lead.page)
    keys.rests()
    for name in ("Jon", "Per", "Kari"):
        keys.press("Enter")
        expect(stage.lead.part(".turn .name")).to_have_text(name, timeout=PATIENCE)
        expect(forward).to_be_focused()
    keys.press("Enter")
    stage.lead.sees("Alle har hatt ordet")
    expect(forward).to_be_focused()
    assert stage.complaints() == []


def test_the_heading_takes_the_focus_without_a_frame(stage: Stage) -> None:
    """It is where one goes on reading, and nothing can be done with it."""
    stage.plan(name="Teamtid", question=QUESTION, leader="Kari")
    keys = Keyboard(stage.lead.page)
    keys.press("Tab", "Escape")
    keys.is_at("Teamtid")
    assert stage.lead.page.evaluate(FRAME) == "none"
    keys.press("Tab")
    assert stage.lead.page.evaluate(FRAME) == "solid"
