"""What holds of a meeting at any moment, whatever was sent before."""

from __future__ import annotations

from dataclasses import replace

from facilitator import screens
from facilitator.core.meeting import Meeting
from facilitator.core.turns import Turns
from phases.agree.rules import asked, content
from phases.evaluate.rules import EvaluateState
from tests.core.story import AROUND

from .parts import agreements, choices, evaluation, rounds
from .sends import SECRET


def everything_holds(m: Meeting, at: float) -> None:
    for one in (*_PROMISES, no_dot_is_seen_before_all_are_shown, no_answer_is_seen_too_early):
        one(m)
    only_the_clocks_of_this_phase_run(m, at)


def nobody_stands_in_two_places_of_a_round(m: Meeting) -> None:
    for state in rounds(m).values():
        everyone = state.turns.everyone
        assert len(set(everyone)) == len(everyone)
        assert all(m.people[who].here for who in everyone)


def everybody_here_has_a_place_in_a_round_that_has_begun(m: Meeting) -> None:
    for state in rounds(m).values():
        assert {p.id for p in m.here} == set(state.turns.everyone) or not state.begun
        assert state.begun or state.turns == Turns()


def cards_lie_under_cards_that_lie_under_none(m: Meeting) -> None:
    for card in m.cards.values():
        assert card.by in m.people
        if card.into is not None:
            above = m.cards[card.into]
            assert above.into is None
            assert above.phase == card.phase
            assert (above.held, card.held) == (False, False)


def who_has_a_role_is_here(m: Meeting) -> None:
    for who in (*m.roles.values(), *m.asked.values()):
        assert m.people[who].here
    assert m.leader, "somebody always leads"


def who_acts_for_a_browser_is_known(m: Meeting) -> None:
    for device, who in m.devices.items():
        assert m.person(who) == who, device
        assert who in m.people


def what_is_agreed_was_worded_and_no_hand_is_counted_twice(m: Meeting) -> None:
    for phase, state in agreements(m).items():
        assert not (state.agreed and state.anew is not None)
        assert state.wording or not (state.agreed or state.replies or state.hands)
        assert m.sentence(phase) == (state.wording if state.agreed else "")
        assert content(m, state) <= len(asked(m))
        assert set(state.replies) <= set(m.people)


_PROMISES = (
    nobody_stands_in_two_places_of_a_round,
    everybody_here_has_a_place_in_a_round_that_has_begun,
    cards_lie_under_cards_that_lie_under_none,
    who_has_a_role_is_here,
    who_acts_for_a_browser_is_known,
    what_is_agreed_was_worded_and_no_hand_is_counted_twice,
)


def only_the_clocks_of_this_phase_run(m: Meeting, at: float) -> None:
    for phase, clock in m.clocks.items():
        assert (clock.started is not None) == (m.phase is not None and m.phase.id == phase)
        assert clock.used(m.time(at)) >= 0
    for phase, state in rounds(m).items():
        on = m.phase is not None and m.phase.id == phase
        assert (state.clock.started is not None) == (on and state.turns.now is not None)
        if state.silence is not None:
            assert state.turns.now is None
            assert (state.silence.started is not None) == on


def no_dot_is_seen_before_all_are_shown(m: Meeting) -> None:
    """Other dots by as many people: no screen, and no phone of anybody's own, would tell."""
    state = choices(m).get(m.phase.id) if m.phase else None
    if m.phase is not None and state is not None and not state.shown and state.given:
        given = {who: (999,) if cards else () for who, cards in state.given.items()}
        _looks_the_same(m, m.with_state(m.phase.id, replace(state, given=given)))


def no_answer_is_seen_too_early(m: Meeting) -> None:
    """Nor ever one of a few. Other answers by as many people: no screen would tell."""
    state = evaluation(m)
    if state.answers and not state.shown():
        given = {who: {"better/words": f"{SECRET}{SECRET}"} for who in state.answers}
        other: EvaluateState = replace(state, answers=given)
        _looks_the_same(m, m.with_state("evaluate", other))


def _looks_the_same(m: Meeting, other: Meeting) -> None:
    for name in screens.SCREENS:
        assert screens.shared(m, name, AROUND) == screens.shared(other, name, AROUND)
    for who in m.people:
        assert screens.own(m, "phone", who) == screens.own(other, "phone", who)
