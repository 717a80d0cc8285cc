"""The least that turns one picture of a screen into the next."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitator import screens
from facilitator.core.blocks import Act, Block, Form, Heading, Member, Note, People, Queue
from facilitator.core.card_blocks import Cards, Face
from facilitator.core.frame.parts import Around, Door
from facilitator.core.meeting import Entry, Event, Meeting, evolve
from facilitator.core.text import say
from facilitator.wire import difference, picture
from phases import VERBS
from tests.short import ROUND, short_meeting
from tests.twin import change

KB = 1024
AROUND = Around(Door("K7P 3QX", "/qr/K7P3QX.svg", "192.168.1.20:8080"), room="/room/x")

texts = st.sampled_from(["", "Å", "Ola 2"])
words = st.sampled_from(["", "Kven ringjer heim?", "Å", say("frame.paused")])
notes = st.builds(Note, words, tone=st.sampled_from(["plain", "tip"]))
headings = st.builds(Heading, words, words)
args = st.sampled_from([(), (("phase", "round"),), (("phase", "again"), ("wording", 3))])
forms = st.builds(Form, st.just("word"), st.just(()), words, st.just("draft"), args)
acts = st.lists(st.builds(Act, words, st.just("signal")), max_size=2).map(tuple)
faces = st.builds(Face, st.integers(1, 6), texts, words, st.booleans(), acts=acts)
members = st.builds(Member, st.sampled_from("abcdef"), texts, note=words, acts=acts)


def lists(items: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=6, unique_by=lambda item: item.id).map(tuple)


def reordered(people: list[Member]) -> st.SearchStrategy[tuple[list[Member], list[Member]]]:
    """The same people in another order, some of them gone."""
    others = st.permutations(people).flatmap(lambda p: st.integers(0, len(p)).map(lambda n: p[n:]))
    return st.tuples(st.just(people), others)


blocks = st.one_of(
    notes,
    headings,
    forms,
    st.builds(Cards, lists(faces), words),
    st.builds(People, words, lists(members)),
    st.builds(Queue, words, lists(members), words),
)
pictures: st.SearchStrategy[dict[str, Block]] = st.dictionaries(
    st.sampled_from(["one", "two", "three"]), blocks
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pictures, pictures, st.sampled_from(["nn", "en"]))
def test_the_old_picture_and_what_changed_give_the_new_one(
    old: dict[str, Block], new: dict[str, Block], lang: Any
) -> None:
    drawn = picture(old, lang)
    for key, part in json.loads(json.dumps(difference(old, new, lang))).items():
        change(drawn, key, part)
    assert drawn == picture(new, lang)


@settings(deadline=None)
@given(st.lists(members, max_size=5, unique_by=lambda item: item.id).flatmap(reordered))
def test_a_list_that_is_shortened_lengthened_or_reordered_is_drawn_in_order(
    lists: tuple[list[Member], list[Member]],
) -> None:
    old, new = (Queue("", tuple(people)) for people in lists)
    drawn = picture({"queue": old}, "nn")
    for key, part in difference({"queue": old}, {"queue": new}, "nn").items():
        change(drawn, key, part)
    assert drawn == picture({"queue": new}, "nn")


@settings(deadline=None)
@given(pictures)
def test_nothing_changed_says_nothing(screen: dict[str, Block]) -> None:
    assert difference(screen, dict(screen), "nn") == {}


def test_one_more_card_is_sent_alone() -> None:
    old = Cards((Face(1, "Ein"), Face(2, "To")))
    new = replace(old, cards=(*old.cards, Face(3, "Tre")))
    [part] = difference({"cards": old}, {"cards": new}, "nn").values()
    assert [face["text"] for face in part["+"]["cards"]] == ["Tre"]


def test_a_mended_card_sends_only_what_was_mended() -> None:
    old = Cards((Face(1, "Ein", acts=(Act("Ta bort", "withdraw_card"),)), Face(2, "To")))
    new = replace(old, cards=(replace(old.cards[0], text="Éin"), old.cards[1]))
    assert difference({"cards": old}, {"cards": new}, "nn") == {
        "cards": {"+": {"cards": [{"id": 1, "text": "Éin"}]}}
    }


def test_a_withdrawn_card_sends_its_id() -> None:
    old = Cards((Face(1, "Ein"), Face(2, "To")))
    new = replace(old, cards=old.cards[1:])
    assert difference({"cards": old}, {"cards": new}, "nn") == {"cards": {"-": {"cards": [1]}}}


# A large meeting: what one change costs each screen


def happens(m: Meeting, by: str, verb: str, **args: Any) -> Meeting:
    return recorded(m, by, VERBS[verb](m, by, args))


def recorded(m: Meeting, by: str, event: Event) -> Meeting:
    return evolve(m, Entry(m.n + 1, 1_000_000.0 + m.n, by, "", event))


@cache
def large() -> Meeting:
    """300 people in the round, a card from each, the tenth speaks."""
    plan = short_meeting()
    m = recorded(Meeting(), plan.leader, plan)
    for n in range(299):
        m = happens(m, f"{n:016x}", "join", name=f"Ragnhild {n}", origin="Helsestasjon")
    m = happens(m, plan.leader, "begin", index=ROUND, seen=m.place)
    for n in range(299):
        text = f"{n}: Kven ringjer heim, og kven følgjer opp etterpå?"
        m = happens(m, f"{n:016x}", "add_card", phase="round", text=text)
    for _ in range(10):
        m = next_speaker(m)
    return m


def next_speaker(m: Meeting) -> Meeting:
    return happens(m, m.roles["leader"], "forward", seen=m.place)


def one_more_card(m: Meeting) -> Meeting:
    return happens(m, f"{5:016x}", "add_card", phase="round", text="Éin til, av vanleg lengd.")


def cost(screen: Any, before: Meeting, after: Meeting, who: str = "") -> int:
    """Bytes of what changes for all and for one of them."""
    said = {
        **difference(
            screens.shared(before, screen, AROUND), screens.shared(after, screen, AROUND), "nn"
        ),
        **difference(screens.own(before, screen, who), screens.own(after, screen, who), "nn"),
    }
    assert said
    return len(json.dumps(said, separators=(",", ":")))


@pytest.mark.parametrize("screen", ["room", "lead"])
def test_one_more_card_on_a_board_of_300_costs_at_most_a_kilobyte(screen: str) -> None:
    assert cost(screen, large(), one_more_card(large())) <= KB


def test_ones_own_card_costs_at_most_a_kilobyte() -> None:
    assert cost("phone", large(), one_more_card(large()), who=f"{5:016x}") <= KB


@pytest.mark.parametrize("screen", ["room", "phone", "lead"])
def test_the_next_speaker_among_300_costs_at_most_a_kilobyte(screen: str) -> None:
    assert cost(screen, large(), next_speaker(large())) <= KB


def test_the_phones_hear_nothing_of_other_peoples_cards() -> None:
    before, after = large(), one_more_card(large())
    assert screens.shared(before, "phone", AROUND) == screens.shared(after, "phone", AROUND)
