"""Cards on the screens, the same for every kind that shows or takes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from facilitator.core.blocks import Act, Block, Cards, Edit, Face, Field, Form, Merge, Option
from facilitator.core.cards import Card, under
from facilitator.core.meeting import Meeting
from facilitator.core.people import Person
from facilitator.core.text import say
from facilitator.core.writing import CARD_LIMIT


def faces(
    m: Meeting, cards: Iterable[Card], acts: Callable[[Card], tuple[Act, ...]] = lambda _: ()
) -> tuple[Face, ...]:
    """Cards as a board shows them: where they come from, and what lies under them."""
    piles = under(m.cards)
    return tuple(
        Face(
            card.id,
            card.text,
            say("cards.aside") if card.aside else m.people[card.by].origin,
            card.aside,
            tuple(below.text for below in piles.get(card.id, ())),
            acts(card),
        )
        for card in cards
        if card.by in m.people
    )


def leader_acts(card: Card) -> tuple[Act, ...]:
    """What the leader can do with any card, beside editing and laying together."""
    key = "cards.put_back" if card.aside else "cards.set_aside"
    aside = (("card", card.id), ("aside", not card.aside))
    remove = Act(
        say("cards.withdraw"),
        "withdraw_card",
        (("card", card.id),),
        sure=say("cards.withdraw_sure"),
    )
    return (Act(say(key), "set_aside", aside), remove)


def mine(m: Meeting, phase: str, me: Person) -> dict[str, Block]:
    """One's own cards of a phase, to be mended or withdrawn."""
    cards = (c for c in m.cards_by.get(me.id, ()) if c.phase == phase and c.into is None)
    own = tuple(_own_face(card) for card in cards if not card.held)
    return {"mine": Cards(own, say("cards.mine"), edit=edit(), mine=True)} if own else {}


def edit() -> Edit:
    return Edit("edit_card", say("cards.edit"), say("cards.save"), say("cards.cancel"), CARD_LIMIT)


def merge() -> Merge:
    return Merge("merge_cards", say("cards.merge"), say("cards.merge_here"), say("cards.cancel"))


def write(phase: str) -> Form:
    return Form(
        "add_card",
        (Field("text", say("cards.write"), "lines", limit=CARD_LIMIT),),
        say("cards.add"),
        draft=f"card-{phase}",
        args=(("phase", phase),),
        place="foot",
    )


def write_for(m: Meeting, phase: str) -> Form:
    """The leader and the scribe write for anybody, those without a phone first."""
    people = sorted(m.here, key=lambda p: p.phone)
    options = tuple(Option(p.id, p.name) for p in people)
    return Form(
        "add_card",
        (
            Field("text", say("cards.write"), "lines", limit=CARD_LIMIT),
            Field("who", say("cards.whose"), "choice", options),
        ),
        say("cards.add"),
        draft=f"card-for-{phase}",
        args=(("phase", phase),),
        folded=say("cards.write_for"),
        look="quiet",
    )


def _own_face(card: Card) -> Face:
    withdraw = Act(say("cards.withdraw"), "withdraw_card", (("card", card.id),))
    return Face(card.id, card.text, aside=card.aside, acts=(withdraw,))
