"""What is said of a card: answered, within reach, what it is to reduce, where it lies."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from .cards import Card
from .meeting import Entry, Event, Meeting, refuse
from .writing import CardChange, find_card, may_mend, to_reduce


class QuestionAnswered(CardChange):
    type: Literal["question_answered"] = "question_answered"
    answered: bool = True
    steers = True

    def changed(self, m: Meeting, card: Card) -> Card:
        return replace(card, answered=self.answered)


class ReachMarked(CardChange):
    """Whether the group can act on a factor."""

    type: Literal["reach_marked"] = "reach_marked"
    ours: bool
    steers = True

    def changed(self, m: Meeting, card: Card) -> Card:
        return replace(card, ours=self.ours)


class MeasureLinked(CardChange):
    type: Literal["measure_linked"] = "measure_linked"
    factors: tuple[int, ...]
    steers = True

    def changed(self, m: Meeting, card: Card) -> Card:
        return replace(card, factors=self.factors)


class CardPlaced(Event):
    """A card that was kept comes on the board: the newest there, whenever it was written."""

    type: Literal["card_placed"] = "card_placed"
    card: int
    factors: tuple[int, ...] = ()
    steers = True

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        card = m.cards.get(self.card)
        return m if card is None else _last(m, replace(card, held=False, factors=self.factors))


class CardTakenOut(Event):
    """A card no longer lies under another."""

    type: Literal["card_taken_out"] = "card_taken_out"
    card: int
    steers = True

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        card = m.cards.get(self.card)
        return m if card is None else _last(m, replace(card, into=None))


def answer_question(m: Meeting, by: str, *, card: int, answered: bool = True) -> Event:
    """Said by whoever asked, or by the leader or the scribe. The question stays."""
    _of_sort(may_mend(m, by, card), "question")
    return QuestionAnswered(card=card, answered=answered)


def mark_reach(m: Meeting, by: str, *, card: int, ours: bool) -> Event:
    """System factors are those one can do something about; the others are kept in view."""
    _of_sort(may_mend(m, by, card), "factor")
    return ReachMarked(card=card, ours=ours)


def link_measure(m: Meeting, by: str, *, card: int, factors: tuple[int, ...]) -> Event:
    """Which of the chosen factors a measure is to reduce."""
    _of_sort(may_mend(m, by, card), "measure")
    return MeasureLinked(card=card, factors=to_reduce(m, factors))


def place_card(m: Meeting, by: str, *, card: int, factors: tuple[int, ...] = ()) -> Event:
    """Put what was kept on its board: one's own, or for somebody who has no phone."""
    kept = may_mend(m, by, card)
    if not kept.held:
        refuse("stale")
    where = m.find(kept.phase)
    if where is None or not where.takes_cards(m.states[kept.phase]):
        refuse("no_cards_here")
    return CardPlaced(card=card, factors=to_reduce(m, factors) if kept.sort == "measure" else ())


def take_out(m: Meeting, by: str, *, card: int) -> Event:
    m.running()
    m.lead(by)
    if find_card(m, card).into is None:
        refuse("stale")
    return CardTakenOut(card=card)


EVENTS = (QuestionAnswered, ReachMarked, MeasureLinked, CardPlaced, CardTakenOut)
VERBS = (answer_question, mark_reach, link_measure, place_card, take_out)


def _of_sort(card: Card, sort: str) -> None:
    if card.sort != sort:
        refuse("malformed")


def _last(m: Meeting, card: Card) -> Meeting:
    """The card comes after all others, so that screens are sent it alone."""
    rest = {id: other for id, other in m.cards.items() if id != card.id}
    return replace(m, cards={**rest, card.id: card})
