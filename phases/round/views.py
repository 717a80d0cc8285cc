"""A round on the screens: whose turn it is, who comes next, the cards."""

from __future__ import annotations

from facilitator.core.blocks import (
    Act,
    Block,
    Buttons,
    Cards,
    Face,
    Member,
    Queue,
    Turn,
)
from facilitator.core.cards import board
from facilitator.core.frame import cards
from facilitator.core.frame.lead import LeadPart
from facilitator.core.frame.parts import heading, stands
from facilitator.core.meeting import Meeting
from facilitator.core.people import Person
from facilitator.core.text import Say, say

from .rules import Round, RoundState, fitting

NEXT = 3  # people shown as coming next
HEARD = 6  # names shown as heard


def room(m: Meeting, phase: Round, state: RoundState) -> dict[str, Block]:
    blocks: dict[str, Block] = {
        "heading": heading(phase),
        **stands(m, phase),
        "turn": _turn(m, phase, state),
    }
    if phase.cards:
        blocks["cards"] = Cards(_board(m, phase), empty=say("cards.none_yet"))
    return blocks | {"queue": _queue(m, state)}


def phone(m: Meeting, phase: Round, state: RoundState) -> dict[str, Block]:
    blocks: dict[str, Block] = {
        "heading": heading(phase),
        "turn": _turn(m, phase, state, _speaker_acts(m, phase, state)),
    }
    if phase.cards:
        blocks["write"] = cards.write(phase.id)
    return blocks


def own(m: Meeting, phase: Round, state: RoundState, me: Person) -> dict[str, Block]:
    blocks = cards.mine(m, phase.id, me)
    if me.id in state.turns.passed:
        again = Act(say("round.after_all"), "call_turn", (("phase", phase.id), ("who", me.id)))
        blocks["after-all"] = Buttons((again,))
    if m.holds(me.id, "scribe"):
        blocks |= _scribe(m, phase, state)
    return blocks


def own_rests_on(m: Meeting, phase: Round, state: RoundState, me: Person) -> object:
    """Of somebody without a role: one's cards, and whether one passed."""
    return (m.cards_by.get(me.id), me.id in state.turns.passed)


def lead(m: Meeting, phase: Round, state: RoundState) -> LeadPart:
    blocks: dict[str, Block] = {
        "heading": heading(phase),
        "turn": _turn(m, phase, state, _turn_acts(phase, state)),
        "queue": _queue(m, state),
        **_fit(m, phase, state),
    }
    if phase.cards:
        blocks["cards"] = Cards(
            cards.faces(m, board(m.cards, phase.id), cards.leader_acts),
            empty=say("cards.none_yet"),
            edit=cards.edit(),
            merge=cards.merge(),
        )
        blocks["write"] = cards.write_for(m, phase.id)
    return LeadPart(
        blocks,
        step=_step(m, state),
        person_acts=lambda p: _call(phase, p),
        person_note=lambda p: _standing(state, p),
    )


def result(m: Meeting, phase: Round, state: RoundState) -> dict[str, Block]:
    faces = tuple(face for face in _board(m, phase) if not face.aside)
    if not faces:
        return {}
    label = say(phase.question) if phase.question else say(phase.title)
    return {f"cards-{phase.id}": Cards(faces, label)}


def _turn(m: Meeting, phase: Round, state: RoundState, acts: tuple[Act, ...] = ()) -> Turn:
    speaker = m.people.get(state.turns.now or "")
    if state.turns.over:
        label = say("round.over")
    elif speaker is None:
        label = say("round.first", name=m.name(state.turns.next))
    else:
        label = say("round.speaking")
    return Turn(
        who=state.turns.now,
        name=speaker.name if speaker else "",
        origin=speaker.origin if speaker else "",
        clock=m.epoch(state.clock),
        label=label,
        yours=say("round.your_turn", name=speaker.name) if speaker else "",
        question=say(phase.question) if phase.question else "",
        soon=say("round.soon"),
        up=say("round.up"),
        acts=acts,
    )


def _speaker_acts(m: Meeting, phase: Round, state: RoundState) -> tuple[Act, ...]:
    """On the speaker's own phone."""
    if state.turns.now is None:
        return ()
    turn = (("phase", phase.id),)
    following = m.name(state.turns.next)
    done = say("round.done_next", name=following) if following else say("round.done")
    acts = [Act(done, "end_turn", turn, look="main")]
    if following:
        acts.append(Act(say("round.later"), "end_turn", (*turn, ("how", "later"))))
    return (*acts, Act(say("round.pass"), "end_turn", (*turn, ("how", "pass"))))


def _turn_acts(phase: Round, state: RoundState) -> tuple[Act, ...]:
    """The leader's, beside forward."""
    here = (("phase", phase.id),)
    if state.turns.over:
        return (Act(say("round.repeat"), "repeat_round", here),)
    if state.turns.now is None:
        return ()
    acts = [Act(say("round.more_time"), "more_time", here, key="+")]
    if state.turns.waiting:
        acts.append(Act(say("round.later_for"), "end_turn", (*here, ("how", "later"))))
    acts.append(Act(say("round.pass_for"), "end_turn", (*here, ("how", "pass"))))
    return (*acts, Act(say("round.restart"), "restart_turn", here))


def _fit(m: Meeting, phase: Round, state: RoundState) -> dict[str, Block]:
    """Behind, and what to do about it in one tap."""
    seconds = fitting(m, phase.id, state)
    if seconds is None:
        return {}
    fit = Act(say("round.fit", n=seconds), "fit_turns", (("phase", phase.id),))
    return {"fit": Buttons((fit,), label=say("round.late"))}


def _step(m: Meeting, state: RoundState) -> Say | None:
    following = m.name(state.turns.next)
    if state.turns.now is None:
        return say("round.begin", name=following) if following else None
    return say("round.next", name=following) if following else say("round.end")


def _call(phase: Round, p: Person) -> tuple[Act, ...]:
    return (Act(say("round.call"), "call_turn", (("phase", phase.id), ("who", p.id))),)


def _standing(state: RoundState, p: Person) -> Say | str:
    turns = state.turns
    if p.id == turns.now:
        return say("round.is_speaking")
    if p.id == turns.next:
        return say("round.is_next")
    if p.id in turns.heard:
        return say("round.is_heard")
    return say("round.is_passed") if p.id in turns.passed else ""


def _queue(m: Meeting, state: RoundState) -> Queue:
    turns = state.turns
    people = (m.people[who] for who in turns.waiting[:NEXT] if who in m.people)
    heard = ", ".join(m.name(who) for who in turns.heard[-HEARD:])
    begun = len(turns.heard) + len(turns.passed) + (turns.now is not None)
    return Queue(
        say("round.count", n=begun, all=len(turns.everyone)),
        tuple(Member(p.id, p.name, p.origin) for p in people),
        heard=heard,
    )


def _scribe(m: Meeting, phase: Round, state: RoundState) -> dict[str, Block]:
    blocks: dict[str, Block] = {"write-for": cards.write_for(m, phase.id)}
    if state.turns.now and state.turns.now != m.roles.get("scribe"):
        end = (("phase", phase.id),)
        label = say("round.end_for", name=m.name(state.turns.now))
        blocks["end-for"] = Buttons((Act(label, "end_turn", end),))
    return blocks


def _board(m: Meeting, phase: Round) -> tuple[Face, ...]:
    return cards.faces(m, board(m.cards, phase.id))
