"""A round on the screens: whose turn it is, who comes next, the cards."""

from __future__ import annotations

from facilitator.core.blocks import (
    Act,
    Block,
    Buttons,
    Cards,
    Edit,
    Face,
    Field,
    Form,
    Member,
    Merge,
    Option,
    Queue,
    Turn,
)
from facilitator.core.cards import Card, board, under
from facilitator.core.frame.lead import LeadPart
from facilitator.core.frame.parts import heading
from facilitator.core.meeting import Meeting
from facilitator.core.people import Person
from facilitator.core.text import Say, say
from facilitator.core.writing import CARD_LIMIT

from .rules import Round, RoundState, fitting

NEXT = 3  # people shown as coming next
HEARD = 6  # names shown as heard


def room(m: Meeting, phase: Round, state: RoundState) -> dict[str, Block]:
    blocks: dict[str, Block] = {"heading": heading(phase), "turn": _turn(m, phase, state)}
    if phase.cards:
        blocks["cards"] = Cards(_faces(m, phase), empty=say("round.no_cards"))
    return blocks | {"queue": _queue(m, state)}


def phone(m: Meeting, phase: Round, state: RoundState) -> dict[str, Block]:
    blocks: dict[str, Block] = {
        "heading": heading(phase),
        "turn": _turn(m, phase, state, _speaker_acts(m, phase, state)),
    }
    if phase.cards:
        blocks["write"] = _write(phase)
    return blocks


def own(m: Meeting, phase: Round, state: RoundState, me: Person) -> dict[str, Block]:
    blocks: dict[str, Block] = {}
    mine = tuple(
        card for card in m.cards_by.get(me.id, ()) if card.phase == phase.id and card.into is None
    )
    if mine:
        blocks["mine"] = Cards(
            tuple(_own_face(card) for card in mine), say("round.mine"), edit=_edit(), mine=True
        )
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
            _faces(m, phase, acts=True),
            empty=say("round.no_cards"),
            edit=_edit(),
            merge=_merge(),
        )
        blocks["write"] = _write_for(m, phase)
    return LeadPart(
        blocks,
        step=_step(m, state),
        person_acts=lambda p: _call(phase, p),
        person_note=lambda p: _standing(state, p),
    )


def result(m: Meeting, phase: Round, state: RoundState) -> dict[str, Block]:
    faces = tuple(face for face in _faces(m, phase) if not face.aside)
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


def _faces(m: Meeting, phase: Round, acts: bool = False) -> tuple[Face, ...]:
    piles = under(m.cards)
    return tuple(
        Face(
            card.id,
            card.text,
            say("round.aside") if card.aside else m.people[card.by].origin,
            card.aside,
            tuple(below.text for below in piles.get(card.id, ())),
            _card_acts(card) if acts else (),
        )
        for card in board(m.cards, phase.id)
        if card.by in m.people
    )


def _card_acts(card: Card) -> tuple[Act, ...]:
    key = "round.put_back" if card.aside else "round.set_aside"
    aside = (("card", card.id), ("aside", not card.aside))
    remove = Act(
        say("round.withdraw"),
        "withdraw_card",
        (("card", card.id),),
        sure=say("round.withdraw_sure"),
    )
    return (Act(say(key), "set_aside", aside), remove)


def _own_face(card: Card) -> Face:
    withdraw = Act(say("round.withdraw"), "withdraw_card", (("card", card.id),))
    return Face(card.id, card.text, aside=card.aside, acts=(withdraw,))


def _edit() -> Edit:
    return Edit("edit_card", say("round.edit"), say("round.save"), say("round.cancel"), CARD_LIMIT)


def _write(phase: Round) -> Form:
    return Form(
        "add_card",
        (Field("text", say("round.write"), "lines", limit=CARD_LIMIT),),
        say("round.add"),
        draft=f"card-{phase.id}",
        args=(("phase", phase.id),),
        place="foot",
    )


def _write_for(m: Meeting, phase: Round) -> Form:
    """The leader and the scribe write for anybody, those without a phone first."""
    people = sorted(m.here, key=lambda p: p.phone)
    options = tuple(Option(p.id, p.name) for p in people)
    return Form(
        "add_card",
        (
            Field("text", say("round.write"), "lines", limit=CARD_LIMIT),
            Field("who", say("round.whose"), "choice", options),
        ),
        say("round.add"),
        draft=f"card-for-{phase.id}",
        args=(("phase", phase.id),),
        folded=say("round.write_for"),
        look="quiet",
    )


def _merge() -> Merge:
    return Merge("merge_cards", say("round.merge"), say("round.merge_here"), say("round.cancel"))


def _scribe(m: Meeting, phase: Round, state: RoundState) -> dict[str, Block]:
    blocks: dict[str, Block] = {"write-for": _write_for(m, phase)}
    if state.turns.now and state.turns.now != m.roles.get("scribe"):
        end = (("phase", phase.id),)
        label = say("round.end_for", name=m.name(state.turns.now))
        blocks["end-for"] = Buttons((Act(label, "end_turn", end),))
    return blocks
