"""Choosing on the screens: dots alone on the phone, then the cards by their support."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from facilitator.core.blocks import Act, Block, Buttons, Field, Form, Note, Option
from facilitator.core.card_blocks import Cards, Face
from facilitator.core.cards import Card, under
from facilitator.core.frame import cards
from facilitator.core.frame.lead import LeadPart
from facilitator.core.frame.parts import heading, stands
from facilitator.core.meeting import Meeting
from facilitator.core.people import Person
from facilitator.core.text import Say, say

from .rules import Choose, ChooseState, support

Acts = Callable[[Card], tuple[Act, ...]]


def room(m: Meeting, phase: Choose, state: ChooseState) -> dict[str, Block]:
    blocks: dict[str, Block] = {"heading": heading(phase), **stands(m, phase)}
    label = _progress(m, state) if _asks_for_dots(m, phase, state) else ""
    blocks["cards"] = replace(_board(m, phase, state), label=label)
    return blocks | _outside(m, phase)


def phone(m: Meeting, phase: Choose, state: ChooseState) -> dict[str, Block]:
    blocks: dict[str, Block] = {"heading": heading(phase)}
    if state.shown:
        return blocks | {"cards": _board(m, phase, state)}
    chosen = tuple(card for card in phase.possible(m) if card.chosen)
    if chosen:
        blocks["chosen"] = Cards(_faces(m, chosen, state), say("choose.result"))
    if _asks_for_dots(m, phase, state):
        blocks["dots"] = _dots(m, phase, state)
    elif not chosen:
        blocks["cards"] = _board(m, phase, state)
    return blocks


def own(m: Meeting, phase: Choose, state: ChooseState, me: Person) -> dict[str, Block]:
    """Nothing of which dots one gave comes back from the server: the phone remembers it alone."""
    if not m.holds(me.id, "scribe") or m.holds(me.id, "leader") or state.shown:
        return {}
    faces = _faces(m, phase.possible(m), state, at_hand=lambda card: _hands(phase, card))
    return {"hands": Cards(_counted(faces, state), say("choose.count"))} if faces else {}


def own_rests_on(m: Meeting, phase: Choose, state: ChooseState, me: Person) -> object:
    return None


def lead(m: Meeting, phase: Choose, state: ChooseState) -> LeadPart:
    blocks: dict[str, Block] = {"heading": heading(phase)}
    if _asks_for_dots(m, phase, state):
        blocks["progress"] = Note(_progress(m, state), tone="quiet")
    blocks["cards"] = _leaders_board(m, phase, state)
    blocks |= _outside(m, phase)
    if _asks_for_dots(m, phase, state):
        blocks["agree"] = Note(say("choose.agree"), tone="quiet")
        blocks["dots"] = replace(
            _dots(m, phase, state), folded=say("choose.give_yourself"), look="quiet"
        )
    if state.shown:
        anew = Act(
            say("choose.anew"), "dots_anew", (("phase", phase.id),), sure=say("choose.anew_sure")
        )
        blocks["anew"] = Buttons((anew,))
    return LeadPart(blocks, step=say("choose.show"))


def result(m: Meeting, phase: Choose, state: ChooseState) -> dict[str, Block]:
    """What was chosen, then the rest; the cards' own phase tells what nobody has chosen from."""
    standing = _sorted(m, phase.standing(m), state)
    if not any(card.chosen for card in standing):
        return {}
    chosen = tuple(card for card in standing if card.chosen)
    rest = tuple(card for card in standing if not card.chosen)
    blocks: dict[str, Block] = {
        f"chosen-{phase.id}": Cards(_marked(cards.faces(m, chosen), chosen), say("choose.result"))
    }
    if rest:
        blocks[f"mentioned-{phase.id}"] = Cards(cards.faces(m, rest), say("choose.also"))
    return blocks


def _board(m: Meeting, phase: Choose, state: ChooseState) -> Cards:
    """The cards to choose from, by their support once it is shown."""
    possible = _sorted(m, phase.possible(m), state)
    return Cards(_faces(m, possible, state), empty=say("choose.none"), keeps="chosen")


def _leaders_board(m: Meeting, phase: Choose, state: ChooseState) -> Cards:
    """Choosing and, until support is shown, counting hands are within reach on each card."""

    def at_hand(card: Card) -> tuple[Act, ...]:
        hands = () if state.shown else _hands(phase, card)
        return (*hands, _choice(phase, card))

    def rarer(card: Card) -> tuple[Act, ...]:
        hands = _hands(phase, card) if state.shown else ()
        return (*hands, *cards.leader_acts(card))

    possible = _sorted(m, phase.possible(m), state)
    return Cards(
        _counted(_faces(m, possible, state, rarer, at_hand), state),
        empty=say("choose.none"),
        edit=cards.edit(),
        merge=cards.merge(),
    )


def _faces(
    m: Meeting,
    given: tuple[Card, ...],
    state: ChooseState,
    acts: Acts = lambda _: (),
    at_hand: Acts = lambda _: (),
) -> tuple[Face, ...]:
    """Without where a card comes from: it is the group's now."""
    reached = {card.id: at_hand(card) for card in given}
    faces = tuple(
        replace(face, note="", at_hand=reached[face.id])
        for face in _marked(cards.faces(m, given, acts), given)
    )
    if not state.shown:
        return faces
    counted = support(m, state)
    return tuple(_supported(face, counted.get(face.id, 0)) for face in faces)


def _marked(faces: tuple[Face, ...], given: Iterable[Card]) -> tuple[Face, ...]:
    chosen = {card.id for card in given if card.chosen}
    return tuple(replace(face, chosen=face.id in chosen) for face in faces)


def _supported(face: Face, n: int) -> Face:
    if not n:
        return face
    said = say("choose.dot") if n == 1 else say("choose.dots", n=n)
    return replace(face, support=n, support_said=said)


def _counted(faces: tuple[Face, ...], state: ChooseState) -> tuple[Face, ...]:
    """How many hands were counted, for those who count."""
    hands = state.hands
    return tuple(
        replace(face, note=say("choose.hands", n=hands[face.id])) if face.id in hands else face
        for face in faces
    )


def _sorted(m: Meeting, given: tuple[Card, ...], state: ChooseState) -> tuple[Card, ...]:
    """By support once it is shown; cards with as much of it by their age."""
    if not state.shown:
        return given
    counted = support(m, state)
    return tuple(sorted(given, key=lambda card: (-counted.get(card.id, 0), card.id)))


def _choice(phase: Choose, card: Card) -> Act:
    label = say("choose.unchoose") if card.chosen else say("choose.choose")
    args = (("phase", phase.id), ("card", card.id), ("chosen", not card.chosen))
    return Act(label, "choose_card", args, look="small")


def _hands(phase: Choose, card: Card) -> tuple[Act, ...]:
    here = (("phase", phase.id), ("card", card.id))
    less, more = (*here, ("more", -1)), (*here, ("more", 1))
    return (
        Act(
            say("choose.hand_less"),
            "count_hands",
            less,
            look="small",
            key="-|−",
            sign="−",
            again=True,
        ),
        Act(
            say("choose.hand_more"),
            "count_hands",
            more,
            look="small",
            key="+",
            sign="+",
            again=True,
        ),
    )


def _asks_for_dots(m: Meeting, phase: Choose, state: ChooseState) -> bool:
    """Of a single card there is nothing to say with dots."""
    return phase.dots > 0 and not state.shown and len(phase.possible(m)) > 1


def _dots(m: Meeting, phase: Choose, state: ChooseState) -> Form:
    possible, piles = phase.possible(m), under(m.cards)
    options = tuple(
        Option(str(card.id), card.text, tuple(str(below.id) for below in piles.get(card.id, ())))
        for card in possible
    )
    most = min(phase.dots, len(possible))
    where = Field(
        "cards",
        say("choose.where"),
        "choices",
        options,
        most=most,
        left=say("choose.left", n="{n}"),
        needed=False,
    )
    return Form(
        "give_dots",
        (where,),
        say("choose.send"),
        draft=f"dots-{phase.id}-{state.asked}",
        args=(("phase", phase.id), ("asked", state.asked)),
        hint=say("choose.inform"),
        keep=True,
    )


def _progress(m: Meeting, state: ChooseState) -> Say:
    return say("choose.progress", n=state.givers, all=len(m.here))


def _outside(m: Meeting, phase: Choose) -> dict[str, Block]:
    """Not to be chosen, but said: nobody's card is simply gone."""
    n = len(phase.standing(m)) - len(phase.possible(m))
    return {"outside": Note(say("choose.outside", n=n), tone="quiet")} if n else {}
