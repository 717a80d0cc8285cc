"""The result reads as a chain: challenge, factors, measure, plan, what is kept, how it went."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from facilitator.core.blocks import Answers, Chapter, Plan
from facilitator.core.card_blocks import Cards
from phases.round.rules import Round
from tests.core.story import EVALUATE, LEADER, ROUND, Story, said, text

SENTENCE = "Few children are included when we are outside"
AGENDA: tuple[dict[str, Any], ...] = (
    ROUND | {"id": "challenge", "title": text("The challenge"), "cards": False},
    ROUND | {"id": "factors", "title": text("Factors"), "about": "challenge"},
    ROUND | {"id": "measures", "title": text("Measures"), "about": "challenge"},
    {
        "kind": "plan",
        "id": "summary",
        "title": text("Summary"),
        "minutes": 8,
        "source": "measures",
        "about": "challenge",
    },
    EVALUATE,
)
OUTLINE = tuple(
    {"title": text(title), "phase": phase}
    for title, phase in (
        ("The maintaining factors", "factors"),
        ("What we try", "summary"),
        ("Evaluation of the meeting", "evaluate"),
    )
)


@pytest.fixture(autouse=True)
def agreed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """The challenge, as a phase that words it would leave it."""
    monkeypatch.setattr(Round, "sentence", lambda p, m, s: SENTENCE * (p.id == "challenge"))


def held(outline: tuple[dict[str, Any], ...] = OUTLINE, decided: bool = True) -> Story:
    """A meeting that went all the way to its result."""
    story = Story("Anna", "Bo", "Eva", "Dag", agenda=AGENDA, outline=outline)
    story.to("factors")
    for words in ("Long queues", "Few adults outside", "No plan"):
        story.does("Anna", "add_card", phase="factors", text=words)
    chosen = next(c for c in story.meeting.cards.values() if c.text == "Few adults outside")
    chosen = replace(chosen, chosen=True, sort="factor")
    story.meeting = replace(story.meeting, cards={**story.meeting.cards, chosen.id: chosen})
    story.wait(12 * 60)
    story.does(LEADER, "signal", reason="time")
    story.to("measures")
    groups = story.does("Bo", "add_card", phase="measures", text="Play groups")
    story.does("Eva", "add_card", phase="measures", text="A person per zone")
    story.does(LEADER, "park", text="The car park")
    story.to("summary")
    if decided:
        story.does(LEADER, "decide", phase="summary", card=groups)
        story.does(LEADER, "plan_decision", phase="summary", card=groups, who="Bo", when="May")
    story.to("evaluate")
    for who in ("Anna", "Bo", "Eva", "Dag"):
        story.sends(who, "survey", **{"better/words": f"{who} says"})
    story.to("result")
    return story


def order(story: Story, *words: str) -> list[str]:
    """These words in the order in which they stand on a phone."""
    lines = story.phone("Anna").lines
    return sorted(words, key=lambda w: next(i for i, line in enumerate(lines) if w in line))


def test_the_result_follows_the_outline_from_factors_to_how_it_went():
    chain = (
        "The maintaining factors",
        "Few adults outside",
        "Long queues",
        "What we try",
        "Play groups",
        "Responsible",
        "How we evaluate",
        "A person per zone",
        "The car park",
        "Evaluation of the meeting",
        "Anna says",
        "Summary: 0 min, 8 planned",
        "Use of time – after 12 min",
    )
    assert order(held(), *reversed(chain)) == list(chain)


def test_each_part_of_the_outline_has_its_heading():
    titles = [b.title for b in held().phone("Anna")._screen.values() if isinstance(b, Chapter)]
    assert [said(title) for title in titles] == [
        "The maintaining factors",
        "What we try",
        "Evaluation of the meeting",
    ]


def test_chosen_factors_stand_first_and_the_others_are_mentioned():
    phone = held().phone("Anna")
    assert [face.text for face in phone["cards-factors"].cards] == ["Few adults outside"]
    assert [face.text for face in phone["cards-factors-also"].cards] == ["Long queues", "No plan"]


def test_a_part_of_the_outline_that_came_to_nothing_has_no_heading():
    outline = (*OUTLINE, {"title": text("The challenge"), "phase": "challenge"})
    outline = (*outline, {"title": text("Left out"), "phase": "nowhere"})
    story = held(outline)
    for title in ("The challenge", "Left out"):
        assert title not in story.phone("Anna").lines


def test_without_an_outline_every_phase_tells_in_its_order():
    phone = held(outline=()).phone("Anna")
    assert not any(isinstance(b, Chapter) for b in phone._screen.values())
    blocks = list(phone._screen)
    assert blocks.index("cards-factors") < blocks.index("cards-measures")
    assert blocks.index("cards-measures") < blocks.index("plan-summary")
    assert blocks.index("plan-summary") < blocks.index("answers-better")


def test_signals_are_told_with_when_and_why_and_without_who():
    signals = held().phone("Anna")["signals"]
    assert said(signals.label) == "Signals in the meeting: 1"
    assert [said(line) for line in signals.lines] == ["Use of time – after 12 min"]
    quiet = Story(agenda=AGENDA)
    quiet.to("result")
    assert "signals" not in quiet.lead.blocks


def test_a_signal_is_told_even_when_the_beginning_was_undone():
    story = Story(agenda=AGENDA)
    story.to("factors")
    story.does(LEADER, "signal", reason="topic")
    story.undo()
    story.to("result")
    assert [said(line) for line in story.lead["signals"].lines] == ["Off topic – after 0 min"]


def test_the_room_screen_shows_what_counts_and_the_phones_the_rest():
    room = held().room
    assert SENTENCE in room
    assert [said(room["factors"].text), said(room["parked"].text)] == [
        "– Few adults outside",
        "– The car park",
    ]
    assert isinstance(room["plan-summary"], Plan)
    shown = room._screen.values()
    assert not any(isinstance(block, Cards | Answers | Chapter) for block in shown)
    for words in ("Long queues", "A person per zone", "says", "min,"):
        assert words not in room


def test_where_nothing_was_decided_the_room_screen_shows_what_was_written():
    room = held(decided=False).room
    assert SENTENCE in room
    assert "Few adults outside" in room
    assert "Play groups" in room
    assert "The car park" in room
