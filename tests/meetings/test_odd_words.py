"""What people type is words, wherever it lands, and what cannot be taken is said in words."""

from __future__ import annotations

import pytest

from .stage import Stage

SCRIPT = "<img src=x onerror=alert(1)>"
RIGHT_TO_LEFT = "أمينة"
SMILE = "🙂 Åse-Marie"


@pytest.fixture
def round_of_odd_names(stage: Stage) -> Stage:
    stage.plan(name=SCRIPT, question="Kva no?", leader="Kari")
    for name in (SCRIPT, RIGHT_TO_LEFT, SMILE):
        phone = stage.phone(name)
        phone.page.on("dialog", lambda dialog: pytest.fail("somebody's words were run"))
        phone.joins(stage.code)
    stage.room.page.on("dialog", lambda dialog: pytest.fail("somebody's words were run"))
    stage.to_the_first_turn()
    return stage


def test_odd_names_and_cards_are_words_on_every_screen(round_of_odd_names: Stage) -> None:
    stage = round_of_odd_names
    first, *_ = stage.phones
    first.sees(f"Din tur, {SCRIPT}")
    for words in (SCRIPT, RIGHT_TO_LEFT, SMILE):
        first.adds(words)
        stage.room.sees(words)
        stage.lead.sees(words)
    assert stage.complaints() == []


def test_what_is_too_long_is_refused_in_words_and_kept(round_of_odd_names: Stage) -> None:
    phone = round_of_odd_names.phones[1]
    long = "Ein lang tanke. " * 625
    field = phone.page.get_by_label("Skriv éin ting om gongen")
    field.evaluate("field => field.removeAttribute('maxlength')")
    field.fill(long)
    phone.presses("Legg til")
    phone.sees("Kortet er for langt")
    assert phone.draft() == long.strip()


def test_nothing_is_sent_when_nothing_is_written(round_of_odd_names: Stage) -> None:
    phone = round_of_odd_names.phones[1]
    phone.presses("Legg til")
    phone.sees("Fyll inn dette")


def test_two_people_may_have_one_name(stage: Stage) -> None:
    stage.plan(name="Teamtid", leader="Kari")
    for _ in range(2):
        stage.phone("Ola").joins(stage.code)
    stage.room.sees("Ola 2")


def test_who_leaves_can_come_back_as_the_same(stage: Stage) -> None:
    stage.plan(name="Teamtid", leader="Kari")
    phone = stage.phone("Ola")
    phone.joins(stage.code)
    phone.page.get_by_role("button", name="Meir").click()
    phone.presses("Gå ut av møtet")
    phone.presses("Ja")
    phone.sees("Takk for i dag")
    stage.room.sees_no("Ola")
    phone.page.get_by_label("Førenamn").fill("Ola")
    phone.presses("Bli med")
    phone.sees("Du er med")
    stage.room.sees("Ola")
