"""Cards on the screens, the same for every kind that shows or takes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from facilitator.core.blocks import Act, Block, Note, Words
from facilitator.core.card_blocks import Cards, Edit, Face, Group, Merge
from facilitator.core.cards import Card, board, reduced, top, under
from facilitator.core.meeting import Meeting, Phase
from facilitator.core.once import once
from facilitator.core.people import Person
from facilitator.core.text import Say, say
from facilitator.core.writing import CARD_LIMIT

SHORT = 40  # characters of a card that a button names

Acts = Callable[[Card], tuple[Act, ...]]


def no_acts(card: Card) -> tuple[Act, ...]:
    return ()


def on_board(
    m: Meeting, phase: Phase[Any], acts: Acts = no_acts, at_hand: Acts = no_acts, **more: Any
) -> Cards:
    """The board of a phase; measures stand under the factors they are to reduce."""
    measures = phase.sort() == "measure"
    return Cards(
        faces(m, board(m.cards, phase.id), acts, at_hand),
        groups=factors(m) if measures else (),
        others=say("cards.others") if measures else "",
        **more,
    )


def faces(
    m: Meeting, cards: Iterable[Card], acts: Acts = no_acts, at_hand: Acts = no_acts
) -> tuple[Face, ...]:
    """Cards as a board shows them: where they come from, and what lies under them."""
    piles = under(m.cards)

    def face(card: Card) -> Face:
        below = tuple(lower.text for lower in piles.get(card.id, ()))
        groups = reduced(m.cards, card, m.chosen_factors) if card.sort == "measure" else ()
        plain = _face(card, m.origin(card), below, _mark(m, card), groups)
        given = (acts(card), at_hand(card))
        return _handled(card, plain, *given) if any(given) else plain

    return tuple(map(face, cards))


def factors(m: Meeting) -> tuple[Group, ...]:
    """The chosen factors; of several each has a letter, by which a measure names it."""
    names = letters(m)
    return tuple(
        Group(factor.id, f"{names[factor.id]} · {factor.text}" if names else factor.text)
        for factor in m.chosen_factors
    )


def letters(m: Meeting) -> Mapping[int, str]:
    chosen = m.chosen_factors
    return {f.id: chr(ord("A") + n) for n, f in enumerate(chosen)} if len(chosen) > 1 else {}


def leading(m: Meeting) -> Acts:
    """All that the leader can do with a card, beside editing and laying together."""
    piles = under(m.cards)
    return lambda card: (
        *(() if card.sort == "question" else sort_acts(m, card)),
        *(_take_out(below) for below in piles.get(card.id, ())),
        *leader_acts(card),
    )


@once
def leader_acts(card: Card) -> tuple[Act, ...]:
    """What the leader can do with any card, whatever its sort."""
    key = "cards.put_back" if card.aside else "cards.set_aside"
    aside = (("card", card.id), ("aside", not card.aside))
    remove = Act(
        say("cards.withdraw"),
        "withdraw_card",
        (("card", card.id),),
        sure=say("cards.withdraw_sure"),
    )
    return (Act(say(key), "set_aside", aside), remove)


def answering(m: Meeting) -> Acts:
    """A question is answered in one tap while people talk."""
    return lambda card: sort_acts(m, card) if card.sort == "question" else ()


def sort_acts(m: Meeting, card: Card) -> tuple[Act, ...]:
    """What can be said of a card of its sort: by its writer, the leader and the scribe."""
    here = ("card", card.id)
    if card.sort == "question":
        key = "cards.reopen" if card.answered else "cards.answer"
        return (Act(say(key), "answer_question", (here, ("answered", not card.answered))),)
    if card.sort == "factor":
        key = "cards.mark_outside" if card.ours else "cards.mark_ours"
        return (Act(say(key), "mark_reach", (here, ("ours", not card.ours))),)
    return tuple(_links(m, card)) if card.sort == "measure" and not card.held else ()


def mine(m: Meeting, phase: str, me: Person) -> dict[str, Block]:
    """One's own cards of a phase, to be mended or withdrawn; also those laid under another."""
    own = _own_faces(m, phase, me, held=False)
    return {"mine": Cards(own, say("cards.mine"), edit=edit(), mine=True)} if own else {}


def kept(m: Meeting, phase: str, me: Person) -> dict[str, Block]:
    """What one has written for a phase to come: nobody else sees it."""
    own, where = _own_faces(m, phase, me, held=True), m.find(phase)
    if not own or where is None:
        return {}
    label = say("cards.kept", title=say(where.title))
    return {"kept": Cards(own, label, edit=edit(), mine=True)}


def kept_count(m: Meeting, phase: str) -> dict[str, Block]:
    """For the leader: how many are kept, not what they say."""
    count, where = len(held(m, phase)), m.find(phase)
    if not count or where is None:
        return {}
    return {"kept": Note(say("cards.kept_count", n=count, title=say(where.title)), tone="quiet")}


def held(m: Meeting, phase: str) -> tuple[Card, ...]:
    """What is kept for a phase, of who has no phone first."""
    waiting = (c for c in m.cards.values() if c.held and c.phase == phase and c.by in m.people)
    return tuple(sorted(waiting, key=lambda c: m.people[c.by].phone))


def rest_on(m: Meeting, me: Person) -> object:
    """What one's own cards are shown from."""
    own = m.cards_by.get(me.id, ())
    if not own:
        return ()
    measures = [card for card in own if card.sort == "measure"]
    return (
        own,
        tuple(m.cards[top(m.cards, card.id)].text for card in own),
        m.chosen_factors if measures else (),
        tuple(reduced(m.cards, card, m.chosen_factors) for card in measures),
    )


def edit() -> Edit:
    return Edit(
        "edit_card",
        say("cards.edit"),
        say("cards.save"),
        say("cards.cancel"),
        CARD_LIMIT,
        group=say("cards.name_group"),
    )


def merge() -> Merge:
    return Merge("merge_cards", say("cards.merge"), say("cards.merge_here"), say("cards.merged"))


def short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT].rstrip()}…"


def _mark(m: Meeting, card: Card) -> Words:
    """What is to be known of a card at a glance, as a word."""
    if card.sort == "question":
        return say("cards.answered") if card.answered else say("cards.open")
    if card.sort == "factor" and not card.ours:
        return say("cards.outside")
    if card.sort == "measure" and (names := letters(m)):
        return " · ".join(names[id] for id in reduced(m.cards, card, m.chosen_factors))
    return ""


@once
def _face(
    card: Card, origin: str, below: tuple[str, ...], mark: Words, groups: tuple[int, ...]
) -> Face:
    note = say("cards.aside") if card.aside else origin
    look = _look(card)
    return Face(card.id, card.text, note, card.aside, below, mark=mark, look=look, groups=groups)


@once
def _handled(card: Card, face: Face, acts: tuple[Act, ...], at_hand: tuple[Act, ...]) -> Face:
    return replace(face, acts=acts, at_hand=at_hand)


def _look(card: Card) -> Any:
    if card.sort == "question":
        return "answered" if card.answered else "open"
    return "outside" if card.sort == "factor" and not card.ours else "plain"


def _links(m: Meeting, card: Card) -> Iterable[Act]:
    """One tap for each factor that a measure could be laid under, or taken away from."""
    chosen, names = m.chosen_factors, letters(m)
    now = reduced(m.cards, card, chosen)
    for factor in chosen:
        on = factor.id in now
        if on and not names:
            continue
        key = "cards.unlink" if on else "cards.link"
        to = tuple(f.id for f in chosen if (f.id in now) != (f is factor))
        name = names.get(factor.id) or short(factor.text)
        yield Act(say(key, factor=name), "link_measure", (("card", card.id), ("factors", to)))


def _take_out(card: Card) -> Act:
    return Act(say("cards.take_out", card=short(card.text)), "take_out", (("card", card.id),))


def _own_faces(m: Meeting, phase: str, me: Person, held: bool) -> tuple[Face, ...]:
    cards = (c for c in m.cards_by.get(me.id, ()) if c.phase == phase and c.held == held)
    return tuple(_own_face(m, card) for card in cards)


def _own_face(m: Meeting, card: Card) -> Face:
    withdraw = Act(say("cards.withdraw"), "withdraw_card", (("card", card.id),))
    above = m.cards.get(card.into) if card.into is not None else None
    lies: Say | None = say("cards.lies_under", card=short(above.text)) if above else None
    return Face(
        card.id,
        card.text,
        aside=card.aside,
        acts=(*sort_acts(m, card), withdraw),
        mark=lies or _mark(m, card),
        look="plain" if lies else _look(card),
    )
