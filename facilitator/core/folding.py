"""What lasts of a closed meeting, and nothing else: its log is replaced by its plan and this.

From “who spoke how long, who gave which dot, who answered what: gone for good” (ours). What a kind
keeps of its phase is the kind's to say (`Phase.kept`); what it does not name is gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from pydantic import TypeAdapter

from .cards import Card, Note, Parked
from .clock import Clock
from .decisions import Decision
from .meeting import Entry, Event, Meeting, Phase, PhaseState
from .people import A_GUEST, SOMEBODY, Person, Role
from .signal import Signal


class Folded(Event):
    """`states` are those of phases that keep something, as data. Times are whole minutes."""

    type: Literal["folded"] = "folded"
    began: float | None
    people: tuple[Person, ...]
    roles: dict[Role, str]
    browsers: dict[str, str]
    cards: tuple[Card, ...]
    decisions: tuple[Decision, ...]
    parked: tuple[Parked, ...]
    notes: tuple[Note, ...]
    signals: tuple[Signal, ...]
    clocks: dict[str, Clock]
    states: dict[str, Any]
    shows: Literal["meeting", "nothing", "code"]

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        kept = {p.id: _read(p, self.states[p.id]) for p in m.phases if p.id in self.states}
        return replace(
            m,
            at=len(m.phases),
            began=self.began,
            people={p.id: p for p in self.people},
            roles=self.roles,
            devices=self.browsers,
            cards={card.id: card for card in self.cards},
            decisions={decision.card: decision for decision in self.decisions},
            parked=self.parked,
            notes=self.notes,
            signals=self.signals,
            clocks={**m.clocks, **self.clocks},
            states={**m.states, **kept},
            shows=self.shows,
            acts=(),
            closed=True,
            folded=True,
        )


def fold(m: Meeting, named: Mapping[str, str]) -> Folded:
    """`m` is closed; `named` are the new ids of its people (`new_names`)."""
    return Folded(
        began=m.began if m.began is None else _minute(m.began),
        people=tuple(_person(p, named[p.id]) for p in m.people.values()),
        roles={role: named[who] for role, who in m.roles.items()},
        browsers=_browsers(m),
        cards=tuple(_card(m, card) for card in m.cards.values()),
        decisions=m.decided,
        parked=tuple(replace(topic, at=0.0) for topic in m.parked),
        notes=m.notes,
        signals=tuple(_signal(m, signal) for signal in m.signals),
        clocks={phase: _clock(clock) for phase, clock in m.clocks.items()},
        states={p.id: data for p in m.phases if (data := _written(m, p)) is not None},
        shows=m.shows,
    )


def new_names(m: Meeting) -> dict[str, str]:
    """Ids that belong to no browser, by the old ones; in the order in which people came."""
    return {who: f"person-{number}" for number, who in enumerate(m.people, 1)}


def acting(m: Meeting) -> dict[str, str]:
    """Who every browser acts as under the new ids: never stored, for screens that are open."""
    named = new_names(m)
    return {**named, **{device: named[who] for device, who in m.devices.items() if who in named}}


def _person(person: Person, id: str) -> Person:
    return replace(person, id=id, listed=None, desk=False)


def _browsers(m: Meeting) -> dict[str, str]:
    """Which browsers may show the result. By the alphabet: in order, they would be the people."""
    acts_as = {p.id: p.id for p in m.people.values() if p.phone and not p.desk and not m.folded}
    acts_as |= m.devices
    shown = {device: _somebody(m, who) for device, who in acts_as.items()}
    return {device: shown[device] for device in sorted(shown) if shown[device]}


def _somebody(m: Meeting, who: str) -> str:
    if who in (SOMEBODY, A_GUEST):
        return who
    if m.people[who].here:
        return SOMEBODY
    return A_GUEST if m.is_guest(who) else ""


def _card(m: Meeting, card: Card) -> Card:
    """Where it comes from is shown with it; of one that never was on its board, nothing was."""
    return replace(card, by="", origin="" if card.held else m.origin(card))


def _signal(m: Meeting, signal: Signal) -> Signal:
    """The minute of the meeting in which it came, and why."""
    at = _minute(signal.at)
    if m.began is not None:
        at = _minute(m.began) + _minute(max(0.0, signal.at - m.began))
    return Signal(at, signal.reason, signal.phase, cleared=True)


def _clock(clock: Clock) -> Clock:
    return Clock(clock.budget, 60.0 * round(clock.spent / 60))


def _minute(seconds: float) -> float:
    return seconds - seconds % 60


def _written(m: Meeting, phase: Phase[Any]) -> Any:
    kept: PhaseState = phase.kept(m, m.states[phase.id])
    return None if kept == phase.fresh() else _data(type(kept)).dump_python(kept, mode="json")


def _read(phase: Phase[Any], stored: Any) -> PhaseState:
    fresh: PhaseState = phase.fresh()
    return _data(type(fresh)).validate_python(stored)


def _data(state: type[PhaseState]) -> TypeAdapter[PhaseState]:
    """How states of that class are written and read."""
    return TypeAdapter(state)


EVENTS = (Folded,)
