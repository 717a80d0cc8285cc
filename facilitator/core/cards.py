"""What people write down. A card outlives its phase."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """`id` is the card's place in the log. `into` names the card it was merged into."""

    id: int
    by: str
    phase: str
    text: str
    aside: bool = False
    into: int | None = None


@dataclass(frozen=True)
class Parked:
    """A topic for another time; `at` in epoch seconds."""

    id: int
    text: str
    at: float


def board(cards: Mapping[int, Card], phase: str) -> Iterator[Card]:
    """The cards of a phase as they stand on its board: merged ones lie under another."""
    return (card for card in cards.values() if card.phase == phase and card.into is None)


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
