"""Independent acts of two people come to the same, whichever message comes first."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.story import LEADER, Story

from .at_once import come_to_the_same
from .plan import begun


def at(phase: str, people: tuple[str, ...] = ("Dag", "Per")) -> Story:
    """The random people's meeting, in the phase of that id, with two more of them."""
    ids = [p.id for p in begun(-1).meeting.phases]
    story = begun(ids.index(phase))
    for who in people:
        story.does(who, "join", name=who)
    return story


def card(text: str, phase: str = "round") -> tuple[str, dict[str, Any]]:
    return "add_card", {"phase": phase, "text": text}


def test_two_cards():
    come_to_the_same(at("round"), ("Anna", *card("Hallway")), ("Bo", *card("Mornings")))


def test_a_card_and_the_next_speaker():
    story = at("round")
    onward = (LEADER, "forward", {"seen": story.meeting.place})
    come_to_the_same(story, ("Anna", *card("Hallway")), onward)


def test_a_card_and_dots():
    story = at("choose")
    first = min(story.meeting.cards)
    dots = {"phase": "choose", "cards": (first,), "asked": 0}
    come_to_the_same(story, ("Anna", *card("Hallway")), ("Bo", "give_dots", dots))


def test_two_evaluations():
    one = {"phase": "evaluate", "answers": {"useful": "yes"}}
    other = {"phase": "evaluate", "answers": {"better/words": "more breaks"}}
    come_to_the_same(at("evaluate"), ("Anna", "answer", one), ("Bo", "answer", other))


def test_the_signal_and_a_card():
    story = at("round")
    story.does("Bo", "take_role", role="viddevakt")
    signal = ("Bo", "signal", {"reason": "topic"})
    come_to_the_same(story, signal, ("Anna", *card("Hallway")))


def test_an_objection_and_an_agreement():
    story = at("status-quo")
    put = {"phase": "status-quo", "wording": story.state("status-quo").version}
    objects = ("Anna", "object", put | {"reason": "too wide"})
    come_to_the_same(story, objects, ("Bo", "no_objection", put))


def test_one_who_takes_a_role_and_one_who_takes_another_name():
    role = ("Anna", "take_role", {"role": "scribe"})
    come_to_the_same(at("roles"), role, ("Bo", "rename", {"who": "Bo", "name": "Bodil"}))


def test_what_is_not_independent_does_not_come_to_the_same():
    """Or the comparison would see nothing."""
    story = at("round")
    same_name = [(who, "rename", {"who": who, "name": "Kari"}) for who in ("Anna", "Bo")]
    with pytest.raises(AssertionError):
        come_to_the_same(story, *same_name)


@given(st.permutations(["Anna", "Bo", "Eva", "Dag"]))
def test_the_order_in_which_answers_come_is_not_seen(order: list[str]):
    story = Story("Anna", "Bo", "Eva", "Dag")
    story.to("evaluate")
    for who in order:
        story.sends(who, "survey", **{"better/words": f"says {who}"})
    story.forward()
    assert story.room["answers-better"].words == ("says Anna", "says Bo", "says Dag", "says Eva")
