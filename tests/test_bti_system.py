"""The BTI meeting on system level: its phases, and its minutes for sixty and ninety minutes."""

from __future__ import annotations

from typing import Any

import pytest

from facilitator.core.text import LANGS
from facilitator.recipes import Recipe, read_recipes

SIZES = ((60, 8), (60, 12), (90, 8), (90, 12))  # minutes, people

# What each of the sizes gives, in their order: minutes, seconds of a turn, seconds of silence.
MINUTES = {
    "roles": (4, 4, 5, 5),
    "challenge": (4, 4, 7, 6),
    "clarifying": (8, 9, 14, 14),
    "status-quo": (4, 4, 6, 5),
    "factors": (11, 12, 18, 20),
    "choose": (3, 3, 5, 5),
    "measures": (10, 10, 15, 17),
    "summary": (8, 7, 10, 9),
    "evaluate": (5, 5, 6, 6),
}
RESERVE = (3, 2, 4, 3)
TURNS = {
    "clarifying": (50, 40, 85, 60),
    "factors": (60, 50, 100, 80),
    "measures": (60, 40, 85, 70),
}
SILENCE = {"factors": (140, 60, 240, 180), "measures": (80, 60, 180, 120)}


@pytest.fixture(scope="module")
def recipe() -> Recipe:
    return read_recipes().whole["bti-system"]


def phase(recipe: Recipe, id: str) -> Any:
    return next(p for p in recipe.phases if p.id == id)


def test_its_phases_are_those_of_the_procedure(recipe: Recipe) -> None:
    kinds = "roles inform round agree break round choose round plan evaluate"
    assert [p.kind for p in recipe.phases] == kinds.split()
    assert [p.id for p in recipe.phases if not p.optional] == list(MINUTES)


@pytest.mark.parametrize(("at", "size"), list(enumerate(SIZES)))
def test_it_gives_what_each_size_of_meeting_has(
    recipe: Recipe, at: int, size: tuple[int, int]
) -> None:
    fitted = recipe.fitted(*size)
    assert {p.id: p.minutes for p in fitted.phases} == {p: m[at] for p, m in MINUTES.items()}
    assert (fitted.reserve, fitted.needs) == (RESERVE[at], size[0])
    rounds = [p for p in fitted.phases if p.kind == "round"]
    assert {p.id: p.turn_seconds for p in rounds} == {p: s[at] for p, s in TURNS.items()}
    silent = {p.id: p.silence_seconds for p in rounds if p.silence_seconds}
    assert silent == {p: s[at] for p, s in SILENCE.items()}


def test_as_it_is_written_it_is_for_eight_people_in_an_hour(recipe: Recipe) -> None:
    assert recipe.minutes == 60
    assert recipe.fitted(60, 8).phases == tuple(p for p in recipe.phases if not p.optional)


@pytest.mark.parametrize("people", range(2, 16))
def test_however_many_come_nobody_has_less_than_the_least(recipe: Recipe, people: int) -> None:
    for minutes in (60, 90):
        fitted = recipe.fitted(minutes, people)
        for p in fitted.phases:
            assert p.minutes >= p.floor
            if p.kind == "round":
                assert p.turn_seconds >= p.least_seconds
                assert people * (p.turn_seconds + 5) + p.silence_seconds <= 60 * p.minutes
            if p.id in SILENCE:
                assert p.silence_seconds >= 60


def test_the_break_is_between_the_challenge_and_its_factors(recipe: Recipe) -> None:
    ids = [p.id for p in recipe.fitted(90, 12, {"break"}).phases]
    assert ids[ids.index("break") - 1 : ids.index("break") + 2] == [
        "status-quo",
        "break",
        "factors",
    ]


def test_what_is_late_is_shortened_in_order_and_the_end_is_kept(recipe: Recipe) -> None:
    assert recipe.shorten == (
        "roles",
        "challenge",
        "clarifying",
        "measures",
        "factors",
        "choose",
    )
    assert [p.id for p in recipe.phases if p.protected] == ["summary", "evaluate"]
    floors = {p.id: p.floor for p in recipe.phases if p.floor}
    assert floors == {
        "roles": 2,
        "challenge": 3,
        "status-quo": 3,
        "choose": 2,
        "summary": 6,
        "evaluate": 3,
    }
    least = {p.id: p.least_seconds for p in recipe.phases if p.kind == "round"}
    assert least == {"clarifying": 25, "factors": 40, "measures": 35}


def test_factors_are_chosen_from_and_measures_planned(recipe: Recipe) -> None:
    sorts = {p.id: p.card_sort for p in recipe.phases if p.kind == "round"}
    assert sorts == {"clarifying": "question", "factors": "factor", "measures": "measure"}
    assert phase(recipe, "factors").holds_for == "measures"
    assert phase(recipe, "choose").source == "factors"
    assert phase(recipe, "summary").source == "measures"
    assert phase(recipe, "status-quo").about == "challenge"
    after = ("factors", "choose", "measures", "summary")
    assert {phase(recipe, id).about for id in after} == {"status-quo"}


def test_each_phase_has_a_question_and_a_few_tips(recipe: Recipe) -> None:
    for p in recipe.phases:
        assert p.question
        assert 2 <= len(p.tips) <= 4
        for lang in LANGS:
            assert len(p.question.say(lang)) <= 60  # two lines on the room screen
            assert all(len(tip.say(lang)) <= 130 for tip in p.tips)


def test_no_theme_is_suggested_twice(recipe: Recipe) -> None:
    """Of the 31 that were gathered, three say what another says."""
    assert len(recipe.themes) == 28
    for lang in LANGS:
        assert len({theme.say(lang).casefold() for theme in recipe.themes}) == 28


def test_the_minutes_have_four_parts(recipe: Recipe) -> None:
    parts = [section.phase for section in recipe.outline]
    assert parts == ["status-quo", "choose", "summary", "evaluate"]


def test_the_employees_answer_five_questions_when_the_guests_are_thanked(recipe: Recipe) -> None:
    evaluate = phase(recipe, "evaluate")
    assert evaluate.guests_first
    assert [q.id for q in evaluate.questions] == [
        "worked",
        "better",
        "structure",
        "useful",
        "next",
    ]
    assert [len(q.options) for q in evaluate.questions] == [0, 0, 3, 3, 0]


def test_a_signal_is_quiet_first(recipe: Recipe) -> None:
    assert not recipe.signal_at_once
