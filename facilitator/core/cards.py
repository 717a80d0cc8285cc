"""What people write down. A card outlives its phase."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Sort = Literal["idea", "question", "factor", "measure"]


@dataclass(frozen=True)
class Card:
    """`id` is the card's place in the log. `into` names the card it was merged into.

    ours: a factor the group can act on. answered: of a question. factors: the ids of the factors a
    measure is to reduce. held: a measure that came to mind before its time. chosen: the group
    agreed to work on this factor, or to try this measure. origin: where its writer came from, once
    it is forgotten who that was.
    """

    id: int
    by: str
    phase: str
    text: str
    sort: Sort = "idea"
    aside: bool = False
    into: int | None = None
    ours: bool = True
    answered: bool = False
    factors: tuple[int, ...] = ()
    held: bool = False
    chosen: bool = False
    origin: str = ""


@dataclass(frozen=True)
class Parked:
    """A topic for another time; `at` in epoch seconds, 0 once that is forgotten."""

    id: int
    text: str
    at: float


@dataclass(frozen=True)
class Note:
    """What was said in a phase that belongs in the minutes; nobody's in particular."""

    id: int
    phase: str
    text: str


def board(cards: Mapping[int, Card], phase: str) -> Iterator[Card]:
    """The cards of a phase as they stand on its board: merged ones lie under another."""
    return (
        card
        for card in cards.values()
        if card.phase == phase and card.into is None and not card.held
    )


def chosen_factors(cards: Mapping[int, Card]) -> tuple[Card, ...]:
    """The factors the group agreed to work on; of cards laid together, the one on top."""
    tops = dict.fromkeys(
        top(cards, c.id) for c in cards.values() if c.chosen and c.sort == "factor"
    )
    return tuple(cards[id] for id in tops if id in cards)


def reduced(cards: Mapping[int, Card], measure: Card, chosen: tuple[Card, ...]) -> tuple[int, ...]:
    """The ids of those of the chosen factors that a measure is to reduce, in their order."""
    tops = {top(cards, factor) for factor in measure.factors}
    return tuple(factor.id for factor in chosen if factor.id in tops)


def top(cards: Mapping[int, Card], id: int) -> int:
    """The card that one lies under, or itself."""
    card = cards.get(id)
    return id if card is None or card.into is None else card.into


def by_author(cards: Mapping[int, Card]) -> Mapping[str, tuple[Card, ...]]:
    piles: dict[str, list[Card]] = {}
    for card in cards.values():
        piles.setdefault(card.by, []).append(card)
    return {who: tuple(pile) for who, pile in piles.items()}


def under(cards: Mapping[int, Card]) -> Mapping[int, tuple[Card, ...]]:
    """The merged cards by the card they lie under."""
    piles: dict[int, tuple[Card, ...]] = {}
    for card in cards.values():
        if card.into is not None:
            piles[card.into] = (*piles.get(card.into, ()), card)
    return piles
