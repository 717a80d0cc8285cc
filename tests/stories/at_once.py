"""Two people press at the same moment: whichever message comes first, the meeting is the same.

The same means: but for the order in which a thing lies among others, no fact of the meeting
differs, and every screen shows the same lines. Each keeps its place in the log here, so ids are
the same. Two acts are independent when neither changes what the other changes or rests on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

from facilitator import reading, screens
from facilitator.core.guarding import SignalCleared, Signalled
from facilitator.core.joining import Renamed
from facilitator.core.leading import LeadTaken
from facilitator.core.meeting import Meeting, evolve
from facilitator.core.steering import PhaseBegun, Resumed
from facilitator.core.writing import CardWithdrawn
from phases import VERBS
from phases.agree.rules import Replied, Settled
from phases.choose.rules import CardChosen, DotEvent
from phases.evaluate.rules import AnswersShown, GuestsThanked
from phases.inform.rules import PresentingDone
from phases.round.turning import RoundEvent
from tests.core.story import AROUND, Story

from .plan import HANDS
from .sends import Send, sensible

# What people give, each by themselves, and what the leader presses meanwhile.
GIVEN = (
    *("add_card", "edit_card", "withdraw_card", "place_card"),
    *("answer_question", "mark_reach", "link_measure"),
    *("answer", "give_dots", "no_objection", "object", "accept_part"),
    *("end_turn", "done_presenting", "signal", "park", "note", "note_spoken"),
    *("rename", "take_role", "decline_role", "leave_role"),
)
LED = ("forward", "set_aside", "choose_card", "show", "more_time", "clear_signal", "count_hands")
AT_ONCE = (*GIVEN, *LED)


def two_at_once_come_to_the_same(
    story: Story, chance: Random, first: Callable[[str], int] = lambda verb: 0
) -> tuple[str, str] | None:
    """The verbs of the two, if there are two who may do something independent.

    Rather one whose `first` is low.
    """
    m = story.meeting
    people = (m.leader, *(who for who in HANDS if m.person(who) in m.people))
    one = sensible(m, (m.leader, *people), chance, first, AT_ONCE, tries=10)
    for _ in range(6 if one else 0):
        others = tuple(who for who in people if m.person(who) != m.person(one[0]))
        other = sensible(m, others, chance, lambda verb: 0, AT_ONCE)
        if other and _independent(m, one, other):
            come_to_the_same(story, one, other)
            return one[1], other[1]
    return None


def come_to_the_same(story: Story, one: Send, other: Send) -> None:
    n = story.meeting.n
    first, second = (one, n + 1), (other, n + 2)
    said, otherwise = _after(story, first, second), _after(story, second, first)
    assert _facts(said) == _facts(otherwise)
    assert _lines(said) == _lines(otherwise)


def _after(story: Story, *sends: tuple[Send, int]) -> Meeting:
    told = story.branch()
    for (who, verb, args), n in sends:
        by = told.meeting.person(who)
        entry = told.signed(by, VERBS[verb](told.meeting, by, args), n)
        told.meeting = evolve(told.meeting, entry)
    return replace(told.meeting, n=story.meeting.n + 2)


def _facts(m: Meeting) -> Meeting:
    """But for the order. Mappings have none."""

    def sort(things: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(sorted(things, key=repr))

    states = {
        phase: replace(state, spoken=sort(state.spoken)) if hasattr(state, "spoken") else state
        for phase, state in m.states.items()
    }
    return replace(
        m, states=states, parked=sort(m.parked), notes=sort(m.notes), signals=sort(m.signals)
    )


def _lines(m: Meeting) -> dict[str, list[str]]:
    shown = {name: screens.shared(m, name, AROUND) for name in screens.SCREENS}
    own = {who: screens.own(m, "phone", who) for who in m.people}
    return {name: sorted(reading.lines(screen, "en")) for name, screen in {**shown, **own}.items()}


def _independent(m: Meeting, one: Send, other: Send) -> bool:
    """Neither changes what the other changes or rests on."""
    (rests, changes), (others_rest, others_change) = (_touches(m, one), _touches(m, other))
    return not (changes & (others_rest | others_change) or others_change & rests)


def _touches(m: Meeting, send: Send) -> tuple[set[str], set[str]]:
    """What an act rests on, and what it changes, beside what is its author's alone."""
    who, verb, args = send
    by = m.person(who)
    event = VERBS[verb](m, by, args)
    given = event.model_dump()
    cards = {given.get("card"), *given.get("cards", ()), *given.get("factors", ())} - {None}
    rests = {"everything", *(f"card {card}" for card in cards)}
    rests |= {"place"} if VERBS[verb].takes("seen") else set()
    rests |= {f"role {role}" for role in m.roles if m.holds(by, role)}
    rests |= {"factors"} if "factors" in given else set()
    changes = {f"card {given['card']}"} if "card" in given else set()
    changes |= {f"role {given['role']}"} if "role" in given else set()
    steers = m.holds(by, "leader") and event.undoable(m)
    match event:
        case PhaseBegun() | Resumed() | LeadTaken() | AnswersShown() | GuestsThanked():
            changes |= {"everything"}
        case Replied():
            rests |= {"wording"}
            changes |= {f"reply of {event.who}", "undo"}
        case PresentingDone():
            changes |= {"presenting"}
        case Settled():
            changes |= {"wording", "place"}
        case RoundEvent():
            changes |= {"line", "place", "undo"}
        case DotEvent():
            changes |= {"place"}
        case CardChosen() | CardWithdrawn():
            changes |= {"factors"}
        case Renamed():
            changes |= {f"name {name.casefold()}" for name in (event.name, m.name(event.who))}
        case Signalled() | SignalCleared():
            changes |= {"signal"}
    return rests, changes | ({"undo"} if steers else set())
