"""What holds from one meeting to the next, by what happened in between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from facilitator.core.joining import Substituted
from facilitator.core.leading import LeadAsked, LeadTaken
from facilitator.core.meeting import Entry, Meeting, PhaseEvent, Undone, replay
from facilitator.core.moving import PeopleMerged
from facilitator.core.steering import PhaseBegun
from facilitator.core.turns import Turns
from facilitator.core.writing import CardEdited
from phases.choose.rules import Choose
from phases.evaluate.rules import GuestsThanked
from phases.round.turning import TurnEnded

from .parts import agreements, choices, evaluation, rounds

# Who may, beside the leader: everybody (most of it for oneself), whoever has any role, the scribe.
EVERYBODY = (
    *("join", "rename", "leave", "move_here", "take_role", "decline_role"),
    *("add_card", "edit_card", "withdraw_card", "place_card"),
    *("answer_question", "mark_reach", "link_measure"),
    *("answer", "give_dots", "no_objection", "object", "accept_part"),
    *("end_turn", "call_turn", "done_presenting"),
)
WHO_HAS_A_ROLE = (*EVERYBODY, "leave_role", "park")
GUARD = (*WHO_HAS_A_ROLE, "signal")
SCRIBE = (
    *WHO_HAS_A_ROLE,
    *("add_person", "note", "edit_note", "remove_note", "note_spoken", "word", "word_statement"),
    *("count_hands", "count_no_objection", "write_measure", "plan_decision"),
)


@dataclass(frozen=True)
class Step:
    """Something that was not refused. `by` is a person's id, `log` ends with what happened."""

    before: Meeting
    after: Meeting
    log: list[Entry]
    by: str
    verb: str
    args: Mapping[str, Any]

    @property
    def entry(self) -> Entry:
        return self.log[-1]

    @property
    def event(self) -> Any:
        return self.entry.event


def everything_is_kept(step: Step, at: float) -> None:
    """`at` is now, in epoch seconds."""
    who_did_it_may(step)
    nobody_touches_what_is_anothers(step)
    no_late_press_is_taken(step)
    _by_its_kind(step, at)
    what_was_seen_cannot_be_unseen(step)
    time_goes_on(step, at)
    what_the_leader_does_can_be_undone(step, at)
    if not isinstance(step.event, Undone):
        a_phase_keeps_to_itself(step)
        cards_stay_where_they_were_written(step)
        the_leader_is_not_first(step)


def _by_its_kind(step: Step, at: float) -> None:
    match step.event:
        case Undone():
            nothing_given_is_lost(step)
        case PhaseBegun():
            going_to_a_phase_loses_nothing(step)
        case Substituted():
            a_substitute_has_their_place(step)
        case LeadTaken():
            who_leads_now_speaks_last(step)
        case PeopleMerged():
            of_two_places_the_better_is_kept(step)
        case TurnEnded():
            nobody_is_skipped(step)
    if step.verb == "give_dots":
        dots_are_within_the_budget(step)


def who_did_it_may(step: Step) -> None:
    m, by = step.before, step.by
    if m.holds(by, "leader"):
        return
    held = [role for role in ("viddevakt", "scribe") if m.holds(by, role)]
    may = {"viddevakt": GUARD, "scribe": SCRIBE}
    assert step.verb in {*EVERYBODY, *(verb for role in held for verb in may[role])}


def nobody_touches_what_is_anothers(step: Step) -> None:
    """Who neither leads nor writes for the others."""
    if step.before.mends(step.by):
        return
    mine = {step.by, step.after.person(step.by)}
    for who, person in step.before.people.items():
        if who not in mine and not isinstance(step.event, GuestsThanked):
            seated = replace(step.after.people[who], phone=person.phone, desk=person.desk)
            assert seated == person  # whoever led gives the leader view away with the lead
    for card in step.before.cards.values():
        if card.by not in mine:
            assert replace(step.after.cards[card.id], into=card.into) == card


def no_late_press_is_taken(step: Step) -> None:
    """Whoever pressed saw the place where the meeting is."""
    if "seen" in step.args:
        assert step.args["seen"] == step.before.place


def a_phase_keeps_to_itself(step: Step) -> None:
    """What happens in a phase changes no other one."""
    if isinstance(step.event, PhaseEvent) and not isinstance(step.event, GuestsThanked):
        for phase, state in step.before.states.items():
            assert step.after.states[phase] == state or phase == step.event.phase


def cards_stay_where_they_were_written(step: Step) -> None:
    for card in step.before.cards.values():
        if now := step.after.cards.get(card.id):
            assert (now.phase, now.sort) == (card.phase, card.sort)
        else:
            assert step.verb == "withdraw_card"
            assert step.args["card"] == card.id
    merged = isinstance(step.event, PeopleMerged)
    by = {step.event.who: step.event.into} if merged else {}
    for card in step.after.cards.values():
        if was := step.before.cards.get(card.id):
            assert card.by == by.get(was.by, was.by)


def what_was_seen_cannot_be_unseen(step: Step) -> None:
    assert evaluation(step.after).closed or not evaluation(step.before).closed


def time_goes_on(step: Step, at: float) -> None:
    """Nothing but an undo sets the clocks back, and nothing sets them forward."""
    was, now = step.before.time(at), step.after.time(at)
    if isinstance(step.event, Undone):
        assert now <= was + 1e-6
        return
    assert now == pytest.approx(was)
    for phase, clock in step.before.clocks.items():
        assert step.after.clocks[phase].used(now) == pytest.approx(clock.used(was))


# Undo


def what_the_leader_does_can_be_undone(step: Step, at: float) -> None:
    """Undone at once the meeting is what it was. Where it took time, that time is given back."""
    before, after, done = step.before, step.after, step.entry
    if after.acts[-1:] != (after.n,):
        return
    for seconds in (0, 5):
        later = at + seconds
        entry = Entry(after.n + 1, later, after.leader, "", Undone(act=after.n))
        undone = replay(before, [done, entry])
        assert replace(undone, n=before.n, lost=before.lost) == before
        expected = at if done.event.rewinds else later
        assert undone.time(later) == pytest.approx(before.time(expected))


def nothing_given_is_lost(step: Step) -> None:
    """Undoing takes back the leader's own last act. Two who were one are two again."""
    before, after, act = step.before, step.after, step.event.act
    assert act == before.acts[-1]
    undone = step.log[act - 1].event
    if isinstance(undone, PeopleMerged):
        assert set(after.people) > set(before.people)
        assert {c.id: c.text for c in after.cards.values()} == {
            c.id: c.text for c in before.cards.values()
        }
    else:
        edited = undone.card if isinstance(undone, CardEdited) else None
        assert after.people == before.people
        assert after.roles == before.roles
        assert _cards(after, edited) == _cards(before, edited)
        for phase, state in agreements(before).items():
            assert state.replies.items() <= agreements(after)[phase].replies.items()
    assert {t.id for t in before.parked} <= {t.id for t in after.parked}
    assert {n.id for n in before.notes} <= {n.id for n in after.notes}
    assert evaluation(after).answers == evaluation(before).answers
    for phase, dots in choices(before).items():
        assert set(dots.given) <= set(choices(after)[phase].given)
    no_turn_that_a_speaker_ended_comes_back(step.log, act, before.leader)


def no_turn_that_a_speaker_ended_comes_back(log: list[Entry], act: int, leader: str) -> None:
    """They were heard: nothing before that can be taken back. Whoever leads takes back an own."""
    since = log[act:]
    leaders = {
        leader,
        *(entry.by for entry in since if isinstance(entry.event, LeadAsked | LeadTaken)),
    }
    for entry in since:
        own = isinstance(entry.event, TurnEnded) and entry.by == entry.event.who
        assert not own or entry.by in leaders


def _cards(m: Meeting, edited: int | None) -> dict[int, tuple[str, str, str]]:
    """All but the words of a card whose edit the leader took back."""
    return {
        card.id: (card.by, card.phase, "" if card.id == edited else card.text)
        for card in m.cards.values()
    }


# Going through the agenda


def going_to_a_phase_loses_nothing(step: Step) -> None:
    """Neither of the phase that is left nor of the one that begins, again or for the first time."""
    before, after = step.before, step.after
    assert (before.cards, before.decisions) == (after.cards, after.decisions)
    for phase, was in rounds(before).items():
        now = rounds(after)[phase]
        assert (now.turns, now.moves) == (was.turns, was.moves) or not was.begun
    for phase, state in choices(before).items():
        now_given = choices(after)[phase]
        assert (now_given.given, now_given.hands) == (state.given, state.hands)
    was_said, is_said = evaluation(before), evaluation(after)
    assert (is_said.answers, is_said.spoken) == (was_said.answers, was_said.spoken)
    for phase, agreement in agreements(before).items():
        if agreement.mended or agreement.decided:
            assert agreements(after)[phase] == agreement


# Rounds


def the_leader_is_not_first(step: Step) -> None:
    """When a round begins, or begins anew; but for one who speaks already under another name."""
    leader = step.after.leader
    if isinstance(step.event, PeopleMerged):
        return
    for phase, state in rounds(step.after).items():
        was, turns = rounds(step.before)[phase], state.turns
        again = step.event.type == "round_repeated" and step.event.phase == phase
        if (again or (state.begun and not was.begun)) and len(turns.waiting) > 1:
            assert turns.next != leader
        if turns.now == leader != was.turns.now and not turns.heard:
            assert set(was.turns.waiting) == {leader} or step.before.leader != leader


def nobody_is_skipped(step: Step) -> None:
    """Whoever leaves the line of those who wait speaks now."""
    was, now = (rounds(m)[step.event.phase].turns for m in (step.before, step.after))
    assert set(was.waiting) - set(now.waiting) == ({now.now} if now.now else set())
    if was.now and was.now != now.now:
        assert was.now in (*now.heard, *now.passed, *now.waiting)


def a_substitute_has_their_place(step: Step) -> None:
    who, new = step.event.who, step.event.new
    for phase, state in rounds(step.before).items():
        renamed = [tuple(new if p == who else p for p in place) for place in _places(state.turns)]
        assert [*_places(rounds(step.after)[phase].turns)] == renamed


def who_leads_now_speaks_last(step: Step) -> None:
    for state in rounds(step.after).values():
        waiting = state.turns.waiting
        assert step.after.leader not in waiting or waiting[-1] == step.after.leader


def of_two_places_the_better_is_kept(step: Step) -> None:
    """Speaking before waiting, waiting before having spoken: nobody's turn is lost."""
    who, into = step.event.who, step.event.into
    for phase, state in rounds(step.before).items():
        if state.begun:
            was, now = _places(state.turns), _places(rounds(step.after)[phase].turns)
            better = min(_place(was, who), _place(was, into))
            assert _place(now, into) == better
            assert _place(now, who) == len(now)
    for phase, agreement in agreements(step.before).items():
        replies = agreements(step.after)[phase].replies
        both = [agreement.replies[one] for one in (who, into) if one in agreement.replies]
        assert who not in replies
        assert (into in replies) == bool(both)
        assert any(reply.reason for reply in both) == bool(into in replies and replies[into].reason)


def _places(turns: Turns) -> tuple[tuple[str, ...], ...]:
    return ((turns.now,) if turns.now else ()), turns.waiting, turns.heard, turns.passed


def _place(places: tuple[tuple[str, ...], ...], who: str) -> int:
    return next((n for n, place in enumerate(places) if who in place), len(places))


# Dots


def dots_are_within_the_budget(step: Step) -> None:
    kind, cards = step.before.find(step.args["phase"]), step.event.cards
    assert isinstance(kind, Choose)
    assert len(cards) == len(set(cards)) <= kind.dots
    for card in (step.before.cards[card] for card in cards):
        assert card.phase == kind.source
        assert card.ours
        assert (card.aside, card.into, card.held) == (False, None, False)
