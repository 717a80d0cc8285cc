"""The meeting that random people meet in: every kind, every sort of card, and where they begin."""

from __future__ import annotations

from functools import cache
from typing import Any

from tests.core.story import AGENDA, EVALUATE, LEADER, ROUND, Story
from tests.core.story import text as same

HANDS = ("Anna", "Bo", "Eva", "Dag", "Per")  # with a phone; some have joined

PLAN: dict[str, Any] = {
    "kind": "plan",
    "id": "plan",
    "title": ROUND["title"],
    "minutes": 4,
    "source": "measures",
}
CHOOSE: dict[str, Any] = {
    "kind": "choose",
    "id": "choose",
    "title": ROUND["title"],
    "minutes": 4,
    "source": "round",
}
SORTED = (
    ROUND | {"id": "asking", "card_sort": "question"},
    ROUND | {"id": "causes", "card_sort": "factor", "silence_seconds": 90, "holds_for": "measures"},
    CHOOSE | {"id": "pick", "source": "causes"},
    ROUND | {"id": "measures", "card_sort": "measure", "silence_seconds": 60, "minutes": 2},
)
CHALLENGE = {"kind": "inform", "id": "challenge", "title": same("Challenge"), "minutes": 5}
AGREE = {"kind": "agree", "id": "status-quo", "title": same("Status quo"), "minutes": 4}
BREAK = {"kind": "break", "id": "break", "title": same("Break"), "minutes": 5}
LATER = (CHALLENGE | {"statement": same("{{Alone}}")}, AGREE | {"about": "challenge"}, BREAK)
PHASES = (
    AGENDA[0],
    ROUND | {"minutes": 2.5},
    ROUND | {"id": "again", "cards": False},
    EVALUATE | {"guests_first": True},
    CHOOSE,
    *SORTED,
    PLAN,
    *LATER,
)
EVALUATION, CHALLENGED, STATUS_QUO = 3, 10, 11  # indices of phases
STARTS = (-1, 1, EVALUATION, 4, 6, 7, 8, 9, CHALLENGED, STATUS_QUO)  # where people begin to act


def begun(starts: int) -> Story:
    """A meeting that has come into the phase of this index."""
    return _begun(starts).branch()


@cache
def _begun(starts: int) -> Story:
    if starts >= 0:
        story = begun(starts - 1)
        story.does(LEADER, "begin", index=starts)
        _some_write(story)
        _something_is_decided(story)
        _two_reply(story)
        return story
    story = Story(
        *("Anna", "Bo", "Eva"),
        agenda=PHASES,
        services=("School",),
        expected=({"name": "Eva"}, {"name": "Nils", "origin": "PPT"}, {"name": LEADER}),
    )
    story.does(LEADER, "add_person", name="Olav")
    return story


def _some_write(story: Story) -> None:
    m, here = story.meeting, story.meeting.phase
    if here is None or not here.takes_cards(m.states[here.id]):
        return
    for phase in filter(None, (here.id, here.keeps_for(m.states[here.id]))):
        for who in ("Anna", "Bo", "Anna", "Bo"):
            story.does(who, "add_card", phase=phase, text="Hallway")


def _something_is_decided(story: Story) -> None:
    m = story.meeting
    if m.phase and m.phase.id == "plan":
        measures = (c.id for c in m.cards.values() if c.phase == "measures" and not c.held)
        tried = {"phase": "plan", "card": min(measures)}
        story.does(LEADER, "decide", **tried)
        story.does(LEADER, "plan_decision", **tried, service="School")


def _two_reply(story: Story) -> None:
    if story.meeting.at == STATUS_QUO:
        wording = {"phase": "status-quo", "wording": story.state("status-quo").version}
        story.does("Anna", "object", **wording, reason="Too wide")
        story.does("Bo", "no_objection", **wording)
