"""A round on the screens: whose turn it is, who comes next, the cards."""

from __future__ import annotations

from dataclasses import replace

from facilitator.core.blocks import Act, Block, Buttons, Note
from facilitator.core.card_blocks import Cards
from facilitator.core.cards import Card, board
from facilitator.core.frame import card_forms, cards
from facilitator.core.frame.lead import LeadPart
from facilitator.core.frame.parts import heading, stands
from facilitator.core.meeting import Meeting
from facilitator.core.people import Person
from facilitator.core.text import say

from . import turn_views as turns
from .rules import Round
from .turning import RoundState


def room(m: Meeting, phase: Round, state: RoundState) -> dict[str, Block]:
    blocks: dict[str, Block] = {
        "heading": heading(phase),
        **stands(m, phase),
        **turns.talk(m, phase, state),
    }
    if phase.cards:
        blocks["cards"] = cards.on_board(m, phase, empty=say("cards.none_yet"))
    return blocks | {"queue": turns.queue(m, state)}


def phone(m: Meeting, phase: Round, state: RoundState) -> dict[str, Block]:
    blocks: dict[str, Block] = {
        "heading": heading(phase),
        **stands(m, phase),
        **turns.talk(m, phase, state, turns.speaker_acts(m, phase, state)),
    }
    if phase.cards:
        blocks |= _one_factor(m, phase) | card_forms.keep(m, phase.holds_for)
        blocks["write"] = card_forms.write(m, phase.id)
    return blocks


def own(m: Meeting, phase: Round, state: RoundState, me: Person) -> dict[str, Block]:
    blocks = card_forms.place(m, phase.id, me)
    blocks |= cards.kept(m, phase.id, me) | cards.mine(m, phase.id, me)
    if phase.holds_for:
        blocks |= cards.kept(m, phase.holds_for, me)
    if me.id in state.turns.passed:
        again = Act(say("round.after_all"), "call_turn", (("phase", phase.id), ("who", me.id)))
        blocks["after-all"] = Buttons((again,))
    if m.holds(me.id, "scribe"):
        blocks |= _scribe(m, phase, state, me)
    return blocks


def own_rests_on(m: Meeting, phase: Round, state: RoundState, me: Person) -> object:
    """Of somebody without a role: one's cards, and whether one passed."""
    return (cards.rest_on(m, me), me.id in state.turns.passed)


def lead(m: Meeting, phase: Round, state: RoundState) -> LeadPart:
    blocks: dict[str, Block] = {
        "heading": heading(phase),
        **turns.lead_talk(m, phase, state),
        "queue": turns.queue(m, state),
        **turns.fit(m, phase, state),
    }
    if phase.cards:
        blocks |= card_forms.place_all(m, phase.id) | cards.kept_count(m, phase.holds_for)
        blocks["cards"] = cards.on_board(
            m,
            phase,
            cards.leading(m),
            cards.answering(m),
            empty=say("cards.none_yet"),
            edit=cards.edit(),
            merge=cards.merge(),
        )
        blocks["write"] = card_forms.write_for(m, phase.id, state.turns.now or "")
    return LeadPart(
        blocks,
        step=turns.step(m, state),
        person_acts=lambda p: turns.call(p, phase.id),
        person_note=turns.standing(m, state),
    )


def result(m: Meeting, phase: Round, state: RoundState) -> dict[str, Block]:
    shown = cards.on_board(m, phase)
    faces = tuple(face for face in shown.cards if not face.aside)
    if not faces:
        return {}
    label = say(phase.question) if phase.question else say(phase.title)
    return {f"cards-{phase.id}": replace(shown, cards=faces, label=label)}


def _one_factor(m: Meeting, phase: Round) -> dict[str, Block]:
    """What the measures are against, where nobody has to be asked."""
    chosen = m.chosen_factors
    if phase.card_sort != "measure" or len(chosen) != 1:
        return {}
    return {"factor": Note(chosen[0].text, say("cards.factor"), tone="agreed")}


def _scribe(m: Meeting, phase: Round, state: RoundState, me: Person) -> dict[str, Block]:
    blocks: dict[str, Block] = {}
    if phase.cards:
        blocks |= card_forms.place_all(m, phase.id)
        blocks["write-for"] = card_forms.write_for(m, phase.id, state.turns.now or "")
        blocks |= _others_cards(m, phase, me)
    if state.turns.now and state.turns.now != me.id:
        blocks["end-for"] = Buttons(turns.end_for(m, phase, state))
    return blocks


def _others_cards(m: Meeting, phase: Round, me: Person) -> dict[str, Block]:
    """The scribe mends what stands on the board, and says what is said of it."""

    def acts(card: Card) -> tuple[Act, ...]:
        return () if card.sort == "question" else cards.sort_acts(m, card)

    others = (card for card in board(m.cards, phase.id) if card.by != me.id)
    faces = cards.faces(m, others, acts, cards.answering(m))
    return {"others": Cards(faces, say("cards.all"), edit=cards.edit())} if faces else {}
