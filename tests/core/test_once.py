"""What is made of one card or person is made once, and dies with it."""

from __future__ import annotations

import gc
from dataclasses import dataclass, replace
from weakref import ref

from facilitator.core.once import once

from .story import LEADER, Story


@dataclass(frozen=True)
class Thing:
    name: str


class Made:
    def __init__(self, *of: object) -> None:
        self.of = of


@once
def made(thing: Thing, beside: str) -> Made:
    return Made(thing.name, beside)


def test_it_is_made_anew_only_when_what_it_is_made_of_has_changed():
    thing = Thing("a")
    first = made(thing, "x")
    assert made(thing, "x") is first
    assert made(thing, "y").of == ("a", "y")
    assert made(replace(thing, name="b"), "y").of == ("b", "y")
    assert thing == Thing("a")


def test_nobody_remembers_it_when_the_thing_is_forgotten():
    thing = Thing("a")
    kept = ref(made(thing, "x"))
    assert kept() is not None
    del thing
    gc.collect()
    assert kept() is None


def test_one_more_card_leaves_the_other_cards_and_people_as_they_were_drawn():
    story = Story("Kari", "Ola", "Per")
    story.to("round")
    for name in ("Kari", "Ola", "Per"):
        story.does(name, "add_card", phase="round", text=f"From {name}")
    cards, people = story.lead["cards"].cards, story.lead["people"].people
    story.does("Kari", "add_card", phase="round", text="One more")
    assert all(map(_is, story.lead["cards"].cards, cards))
    assert all(map(_is, story.lead["people"].people, people))
    story.does(LEADER, "forward")
    assert sum(not _is(*two) for two in zip(story.lead["people"].people, people, strict=True)) <= 3


def _is(one: object, other: object) -> bool:
    return one is other
