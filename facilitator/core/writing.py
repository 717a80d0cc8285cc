"""Cards are added, mended and laid together; topics are parked."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from typing import Literal

from .cards import Card, Parked, top
from .meeting import Entry, Event, Meeting, refuse
from .text import clean

CARD_LIMIT = 300  # characters
TOPIC_LIMIT = 120


class CardAdded(Event):
    type: Literal["card_added"] = "card_added"
    phase: str
    who: str
    text: str
    ours: bool = True
    factors: tuple[int, ...] = ()
    held: bool = False

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        where = m.find(self.phase)
        card = Card(
            entry.n,
            self.who,
            self.phase,
            self.text,
            sort=where.sort() if where else "idea",
            ours=self.ours,
            factors=self.factors,
            held=self.held,
        )
        return replace(m, cards={**m.cards, entry.n: card})


class CardChange(Event):
    card: int

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        card = m.cards.get(self.card)
        return (
            m if card is None else replace(m, cards={**m.cards, self.card: self.changed(m, card)})
        )

    @abstractmethod
    def changed(self, m: Meeting, card: Card) -> Card:
        """The card after this."""


class CardEdited(CardChange):
    """The leader can take an own edit back: naming a group loses nobody's words."""

    type: Literal["card_edited"] = "card_edited"
    text: str
    steers = True

    def changed(self, m: Meeting, card: Card) -> Card:
        return replace(card, text=self.text)


class CardWithdrawn(Event):
    """Gone, and what lay under it stands on its own again."""

    type: Literal["card_withdrawn"] = "card_withdrawn"
    card: int

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        rest = (c for c in m.cards.values() if c.id != self.card)
        return replace(
            m, cards={c.id: replace(c, into=None) if c.into == self.card else c for c in rest}
        )


class CardSetAside(CardChange):
    type: Literal["card_set_aside"] = "card_set_aside"
    aside: bool = True
    steers = True

    def changed(self, m: Meeting, card: Card) -> Card:
        return replace(card, aside=self.aside)


class CardsMerged(Event):
    """`card` is laid under `into`; what lay under it comes along. Of chosen ones one is chosen."""

    type: Literal["cards_merged"] = "cards_merged"
    card: int
    into: int
    steers = True

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        target = m.cards.get(self.into)
        if target is None or target.into is not None or self.card not in m.cards:
            return m
        moved = {self.card, *(c.id for c in m.cards.values() if c.into == self.card)} - {self.into}
        cards = {c.id: replace(c, into=self.into) if c.id in moved else c for c in m.cards.values()}
        chosen = target.chosen or any(m.cards[card].chosen for card in moved)
        cards[self.into] = replace(cards[self.into], chosen=chosen)
        return replace(m, cards=cards)


class TopicParked(Event):
    type: Literal["topic_parked"] = "topic_parked"
    text: str

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        return replace(m, parked=(*m.parked, Parked(entry.n, self.text, entry.at)))


class TopicRemoved(Event):
    type: Literal["topic_removed"] = "topic_removed"
    topic: int
    steers = True

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        return replace(m, parked=tuple(p for p in m.parked if p.id != self.topic))


def add_card(
    m: Meeting,
    by: str,
    *,
    phase: str,
    text: str,
    who: str = "",
    ours: bool = True,
    factors: tuple[int, ...] = (),
) -> Event:
    """A card for the board of a phase, also after it has passed, as long as it takes cards.

    Before its time it is kept, where an earlier phase keeps cards for that one. `ours` is of a
    factor, `factors` of a measure.
    """
    m.running()
    m.write_for(by, who or by)
    where = m.find(phase)
    held = _held(m, phase)
    sort = where.sort() if where else "idea"
    return CardAdded(
        phase=phase,
        who=who or by,
        text=_words(text),
        ours=ours or sort != "factor",
        factors=to_reduce(m, factors) if sort == "measure" and not held else (),
        held=held,
    )


def to_reduce(m: Meeting, factors: tuple[int, ...]) -> tuple[int, ...]:
    """Those of the factors that are chosen; where one alone is, there is nothing to ask."""
    chosen = tuple(factor.id for factor in m.chosen_factors)
    if len(chosen) == 1:
        return chosen
    named = {top(m.cards, factor) for factor in factors}
    return tuple(factor for factor in chosen if factor in named)


def edit_card(m: Meeting, by: str, *, card: int, text: str) -> Event:
    may_mend(m, by, card)
    return CardEdited(card=card, text=_words(text))


def withdraw_card(m: Meeting, by: str, *, card: int) -> Event:
    may_mend(m, by, card)
    return CardWithdrawn(card=card)


def set_aside(m: Meeting, by: str, *, card: int, aside: bool = True) -> Event:
    m.running()
    m.lead(by)
    find_card(m, card)
    return CardSetAside(card=card, aside=aside)


def merge_cards(m: Meeting, by: str, *, card: int, into: int) -> Event:
    """Two cards say the same: lay one under the other."""
    m.running()
    m.lead(by)
    moved, target = find_card(m, card), find_card(m, into)
    apart = moved.phase != target.phase or moved.held or target.held
    if card == into or target.into is not None or apart:
        refuse("no_card")
    return CardsMerged(card=card, into=into)


def park(m: Meeting, by: str, *, text: str) -> Event:
    """Keep a topic for another time: the viddevakt, the leader and the scribe may."""
    m.running()
    m.member(by)
    if not any(m.holds(by, role) for role in m.roles):
        refuse("role_only")
    topic = clean(text)
    if not topic:
        refuse("topic_empty")
    if len(topic) > TOPIC_LIMIT:
        refuse("topic_long", limit=TOPIC_LIMIT)
    return TopicParked(text=topic)


def remove_topic(m: Meeting, by: str, *, topic: int) -> Event:
    m.running()
    m.lead(by)
    if topic not in {p.id for p in m.parked}:
        refuse("stale")
    return TopicRemoved(topic=topic)


EVENTS = (
    CardAdded,
    CardEdited,
    CardWithdrawn,
    CardSetAside,
    CardsMerged,
    TopicParked,
    TopicRemoved,
)
VERBS = (
    add_card,
    edit_card,
    withdraw_card,
    set_aside,
    merge_cards,
    park,
    remove_topic,
)


def _words(text: str) -> str:
    words = clean(text)
    if not words:
        refuse("card_empty")
    if len(words) > CARD_LIMIT:
        refuse("card_long", limit=CARD_LIMIT, length=len(words))
    return words


def _held(m: Meeting, phase: str) -> bool:
    """Whether a card for this phase comes before its time; refused where it takes none."""
    where = m.find(phase)
    if where is None:
        refuse("no_cards_here")
    if where.takes_cards(m.states[phase]):
        return False
    if all(p.keeps_for(m.states[p.id]) != phase for p in m.phases):
        refuse("no_cards_here")
    return True


def find_card(m: Meeting, card: int) -> Card:
    found = m.cards.get(card)
    if found is None:
        refuse("no_card")
    return found


def may_mend(m: Meeting, by: str, card: int) -> Card:
    """One's own cards until the phase ends, and what is kept for later as long as it is.

    The leader and the scribe mend any card, at any time.
    """
    m.running()
    m.member(by)
    found = find_card(m, card)
    if m.mends(by):
        return found
    if found.by != by:
        refuse("not_yours")
    if not found.held and (m.phase is None or m.phase.id != found.phase):
        refuse("phase_over")
    return found
