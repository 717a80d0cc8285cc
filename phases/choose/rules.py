"""Choosing: from many cards to the few the group takes on first.

From BTI on system level: the group agrees (“bli samde om”) on which maintaining factors to reduce
or remove. That dots are given first, unseen until everybody's are shown together, is ours: they
inform and decide nothing. Who has no phone raises a hand, which counts as a dot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from facilitator.core.cards import Card, board
from facilitator.core.meeting import Entry, Event, Meeting, Phase, PhaseEvent, PhaseState, refuse
from facilitator.core.text import Say, say
from facilitator.core.writing import CardChange


@dataclass(frozen=True)
class ChooseState(PhaseState):
    """`given` are cards by pseudonym, `hands` raised hands by card; an empty one is nobody's.

    `asked` is how often dots were asked for anew, `anew` the log number of the last time.
    """

    begun: bool = False
    shown: bool = False
    asked: int = 0
    anew: int = 0
    given: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    hands: Mapping[int, int] = field(default_factory=dict)

    @property
    def givers(self) -> int:
        return sum(bool(cards) for cards in self.given.values())


class DotEvent(PhaseEvent[ChooseState]):
    """What people give. Once they do, the leader cannot take back that they were asked anew."""

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        new, state = super().on(m, entry), m.states.get(self.phase)
        anew = state.anew if isinstance(state, ChooseState) else 0
        return replace(new, acts=tuple(act for act in new.acts if act != anew))


class DotsGiven(DotEvent):
    """Sealed: the entry's `by` is a pseudonym nobody can make anew once the dots are shown."""

    type: Literal["dots_given"] = "dots_given"
    cards: tuple[int, ...]
    sealed = True

    def within(self, m: Meeting, state: ChooseState, entry: Entry) -> ChooseState:
        if state.shown:
            return state
        return replace(state, given={**state.given, entry.by: self.cards})


class HandsCounted(DotEvent):
    """One hand more for a card, or one less."""

    type: Literal["hands_counted"] = "hands_counted"
    card: int
    more: Literal[1, -1]

    def within(self, m: Meeting, state: ChooseState, entry: Entry) -> ChooseState:
        hands = {**state.hands, self.card: state.hands.get(self.card, 0) + self.more}
        return replace(state, hands={card: n for card, n in hands.items() if n > 0})


class DotsShown(PhaseEvent[ChooseState]):
    """No more dots are taken. What has been seen cannot be unseen: not undone."""

    type: Literal["dots_shown"] = "dots_shown"

    def within(self, m: Meeting, state: ChooseState, entry: Entry) -> ChooseState:
        return replace(state, shown=True)


class DotsAnew(PhaseEvent[ChooseState]):
    """Everybody is asked again, from nothing."""

    type: Literal["dots_anew"] = "dots_anew"
    steers = True

    def within(self, m: Meeting, state: ChooseState, entry: Entry) -> ChooseState:
        return ChooseState(state.begun, asked=state.asked + 1, anew=entry.n)


class CardChosen(CardChange):
    """What the group agreed on, as the leader recorded it."""

    type: Literal["card_chosen"] = "card_chosen"
    phase: str
    chosen: bool = True
    steers = True

    def changed(self, m: Meeting, card: Card) -> Card:
        return replace(card, chosen=self.chosen)


def give_dots(m: Meeting, by: str, *, phase: str, cards: tuple[int, ...], asked: int = 0) -> Event:
    """All of one's dots at once; sent again they replace the earlier ones. None is fine too."""
    m.member(by)
    kind, state = _here(m, phase)
    if m.phase is not kind or state.shown:
        refuse("dots_closed")
    if asked != state.asked:
        refuse("stale")
    if len(set(cards)) < len(cards) or len(cards) > kind.dots:
        refuse("malformed")
    if not set(cards) <= {card.id for card in kind.possible(m)}:
        refuse("no_card")
    return DotsGiven(phase=phase, cards=tuple(sorted(cards)))


def count_hands(m: Meeting, by: str, *, phase: str, card: int, more: Literal[1, -1]) -> Event:
    """Hands of those without a phone: the leader or the scribe counts them, one by one."""
    m.member(by)
    if not (m.holds(by, "leader") or m.holds(by, "scribe")):
        refuse("leader_only")
    kind, state = _here(m, phase)
    if card not in {one.id for one in kind.possible(m)}:
        refuse("no_card")
    hands = state.hands.get(card, 0)
    if more < 0 and not hands:
        refuse("no_hands")
    if more > 0 and hands >= len(m.here):
        refuse("all_hands")
    return HandsCounted(phase=phase, card=card, more=more)


def show_dots(m: Meeting, by: str, *, phase: str) -> Event:
    m.lead(by)
    _, state = _here(m, phase)
    if state.shown:
        refuse("stale")
    return DotsShown(phase=phase)


def dots_anew(m: Meeting, by: str, *, phase: str) -> Event:
    m.lead(by)
    kind, state = _here(m, phase)
    if m.phase is not kind or not state.shown:
        refuse("stale")
    return DotsAnew(phase=phase)


def choose_card(m: Meeting, by: str, *, phase: str, card: int, chosen: bool = True) -> Event:
    """The leader records what the group agreed on, with dots or without."""
    m.lead(by)
    kind, _ = _here(m, phase)
    found = m.cards.get(card)
    if found is None or found.phase != kind.source:
        refuse("no_card")
    if found.chosen == chosen:
        refuse("stale")
    if chosen and found not in kind.possible(m):
        refuse("no_card")
    return CardChosen(phase=phase, card=card, chosen=chosen)


class Choose(Phase[ChooseState]):
    """`source` is the id of the phase whose cards are chosen from; `dots` is per person."""

    kind: Literal["choose"] = "choose"
    source: str
    dots: Annotated[int, Field(ge=0, le=20)] = 3

    events: ClassVar = (DotsGiven, HandsCounted, DotsShown, DotsAnew, CardChosen)
    verbs: ClassVar = {
        f.__name__: f for f in (give_dots, count_hands, show_dots, dots_anew, choose_card)
    }

    def fresh(self) -> ChooseState:
        return ChooseState()

    def enter(self, m: Meeting, state: ChooseState, time: float) -> ChooseState:
        return replace(state, begun=True)

    def leave(self, m: Meeting, state: ChooseState, time: float) -> ChooseState:
        return replace(state, shown=True) if state.given else state

    def kept(self, m: Meeting, state: ChooseState) -> ChooseState:
        """How much support each card had, if it was shown; not whose, nor what went together."""
        if not state.shown:
            return ChooseState()
        had = support(m, state)
        return ChooseState(shown=True, hands={card: had[card] for card in m.cards if had.get(card)})

    def step(self, m: Meeting, state: ChooseState) -> Event | None:
        waiting = not state.shown and (state.givers or state.hands)
        return DotsShown(phase=self.id) if waiting else None

    def unready(self, m: Meeting, state: ChooseState) -> Say | None:
        possible = self.possible(m)
        if not possible or any(card.chosen for card in possible):
            return None
        return say("choose.nothing_chosen")

    def place(self, state: ChooseState) -> str:
        """A press meant to go on must not show the first dot that came in between."""
        dots = "shown" if state.shown else "given" if state.givers or state.hands else ""
        return f"{state.asked}.{dots}"

    def takes_sealed(self, state: ChooseState) -> bool:
        """Also when its beginning was undone: whose dots are here must not count twice."""
        return not state.shown and (state.begun or bool(state.given))

    def possible(self, m: Meeting) -> tuple[Card, ...]:
        """What can be chosen: cards that stand on the board and that the group can act on."""
        return tuple(card for card in self.standing(m) if card.ours)

    def standing(self, m: Meeting) -> tuple[Card, ...]:
        return tuple(card for card in board(m.cards, self.source) if not card.aside)


def support(m: Meeting, state: ChooseState) -> Mapping[int, int]:
    """Dots and hands by card; what was given to a card laid under another is that one's."""

    def head(card: int) -> int:
        found = m.cards.get(card)
        return card if found is None or found.into is None else found.into

    dots = Counter(card for cards in state.given.values() for card in {head(c) for c in cards})
    for card, hands in state.hands.items():
        dots[head(card)] += hands
    return dots


def _here(m: Meeting, phase: str) -> tuple[Choose, ChooseState]:
    m.running()
    where, state = m.find(phase), m.states.get(phase)
    if not isinstance(where, Choose) or not isinstance(state, ChooseState) or not state.begun:
        refuse("stale")
    return where, state
