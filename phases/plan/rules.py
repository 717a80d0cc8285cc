"""The summary: the house chooses what to try first, and what is agreed about it is written down.

From BTI on system level, “oppsummering”: the kindergarten or school decides, never a vote; where a
service helps, they agree to meet; the minutes say who, when, and how the measure is evaluated.
Everything may stay open: a plan is never what keeps people in a meeting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal

from facilitator.core.cards import Card, board
from facilitator.core.decisions import Decision, Form
from facilitator.core.meeting import Entry, Event, Meeting, Phase, PhaseState, refuse
from facilitator.core.text import Say, clean, say
from facilitator.core.writing import CARD_LIMIT

LIMIT = 120  # characters of what is agreed about a measure

PARTS = (
    *("what", "who", "when", "form", "service", "meet"),
    *("evaluate_when", "evaluate_who", "evaluate_how"),
)


@dataclass(frozen=True)
class PlanState(PhaseState):
    """What was decided outlives the phase and stands with the meeting."""

    begun: bool = False


class PlanEvent(Event):
    """What happens to a decision.

    Written about a measure that no longer is decided on (the leader took it back), it is kept with
    it: what others gave is there when it is decided on again.
    """

    phase: str
    card: int
    steers = True

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        card, before = m.cards.get(self.card), m.decisions.get(self.card)
        if before is None:
            if card is None:
                return m
            before = Decision(self.card, self.phase, card.text, stands=False)
        return replace(m, decisions={**m.decisions, self.card: self.changed(before)})

    def changed(self, before: Decision) -> Decision:
        """The decision after this."""
        return before


class Decided(PlanEvent):
    """What the house chose to try, as its leader recorded it; or that it will not after all."""

    type: Literal["decided"] = "decided"
    decided: bool = True

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        new = super().on(m, entry)
        card = new.cards.get(self.card)
        if card is None:
            return new
        return replace(new, cards={**new.cards, card.id: replace(card, chosen=self.decided)})

    def changed(self, before: Decision) -> Decision:
        return replace(before, phase=self.phase, stands=self.decided)


class MeasureWritten(Event):
    """A measure nobody has a card for, and the house tries it. Like a card, it is not undone."""

    type: Literal["measure_written"] = "measure_written"
    phase: str
    source: str
    who: str
    text: str

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        card = Card(entry.n, self.who, self.source, self.text, sort="measure", chosen=True)
        decision = Decision(entry.n, self.phase, self.text)
        return replace(
            m,
            cards={**m.cards, entry.n: card},
            decisions={**m.decisions, entry.n: decision},
        )


class DecisionPlanned(PlanEvent):
    """What was agreed; None keeps what is there. Another service has not said yes yet."""

    type: Literal["decision_planned"] = "decision_planned"
    what: str | None = None
    who: str | None = None
    when: str | None = None
    form: Form | None = None
    service: str | None = None
    meet: str | None = None
    evaluate_when: str | None = None
    evaluate_who: str | None = None
    evaluate_how: str | None = None

    def changed(self, before: Decision) -> Decision:
        given: dict[str, Any] = self.model_dump(include=set(PARTS), exclude_none=True)
        same = given.get("service", before.service) == before.service
        return replace(before, **given, accepted=before.accepted and same)


class PartAccepted(PlanEvent):
    """`service` has said yes to its part, or has not after all."""

    type: Literal["part_accepted"] = "part_accepted"
    service: str
    accepted: bool = True

    def changed(self, before: Decision) -> Decision:
        same = before.service == self.service
        return replace(before, accepted=self.accepted) if same else before


def decide(m: Meeting, by: str, *, phase: str, card: int, decided: bool = True) -> Event:
    """The house's leader records what the house chooses to try, or takes it back."""
    kind = _here(m, phase)
    m.lead(by)
    stands = card in {decision.card for decision in kind.decided(m)}
    if decided and not stands and card not in {one.id for one in kind.standing(m)}:
        refuse("no_card")
    if not decided and not stands:
        refuse("no_decision")
    if decided and stands:
        refuse("stale")
    return Decided(phase=phase, card=card, decided=decided)


def write_measure(m: Meeting, by: str, *, phase: str, text: str) -> Event:
    """A measure that comes up as they sum up: written by the leader or the scribe, and tried."""
    kind = _here(m, phase)
    _write(m, by)
    return MeasureWritten(phase=phase, source=kind.source, who=by, text=_measure(text))


def plan_decision(
    m: Meeting,
    by: str,
    *,
    phase: str,
    card: int,
    what: str | None = None,
    who: str | None = None,
    when: str | None = None,
    form: Form | None = None,
    service: str | None = None,
    meet: str | None = None,
    evaluate_when: str | None = None,
    evaluate_who: str | None = None,
    evaluate_how: str | None = None,
) -> Event:
    """The leader or the scribe writes down what is agreed; what is not given stays as it is."""
    before = _decision(m, phase, card)
    _write(m, by)
    given: dict[str, Any] = {
        "who": _agreed(who),
        "when": _agreed(when),
        "form": form,
        "service": _agreed(service),
        "meet": _agreed(meet),
        "evaluate_when": _agreed(evaluate_when),
        "evaluate_who": _agreed(evaluate_who),
        "evaluate_how": _agreed(evaluate_how),
        "what": None if what is None else _measure(what),
    }
    new = {
        name: words for name, words in given.items() if words not in (None, getattr(before, name))
    }
    if not new:
        refuse("decision_same")
    return DecisionPlanned(phase=phase, card=card, **new)


def accept_part(m: Meeting, by: str, *, phase: str, card: int, accepted: bool = True) -> Event:
    """Somebody from the service named says yes to its part; the leader or the scribe for others."""
    decision = _decision(m, phase, card)
    person = m.member(by)
    if not decision.service:
        refuse("stale")
    if not (asks(decision, person.origin) or m.holds(by, "leader") or m.holds(by, "scribe")):
        refuse("service_only")
    if decision.accepted == accepted:
        refuse("stale")
    return PartAccepted(phase=phase, card=card, service=decision.service, accepted=accepted)


def asks(decision: Decision, origin: str) -> bool:
    """Whether the decision counts on people from there."""
    return bool(origin) and origin.casefold() == decision.service.casefold()


class Plan(Phase[PlanState]):
    """`source` is the id of the phase whose cards are the measures."""

    kind: Literal["plan"] = "plan"
    source: str

    events: ClassVar = (Decided, MeasureWritten, DecisionPlanned, PartAccepted)
    verbs: ClassVar = {f.__name__: f for f in (decide, write_measure, plan_decision, accept_part)}

    def fresh(self) -> PlanState:
        return PlanState()

    def enter(self, m: Meeting, state: PlanState, time: float) -> PlanState:
        return replace(state, begun=True)

    def unready(self, m: Meeting, state: PlanState) -> Say | None:
        """What has still to be agreed, in one sentence; one may go on all the same."""
        decided = self.decided(m)
        if not decided:
            return say("plan.nothing_decided")
        missing = dict.fromkeys(part for decision in decided for part in decision.missing())
        if not missing:
            return None
        return say(
            "plan.still_open", parts=_listed([say(f"plan.missing_{part}") for part in missing])
        )

    def sentence(self, m: Meeting, state: PlanState) -> str:
        """What is tried first."""
        return next((decision.what for decision in self.decided(m)), "")

    def decided(self, m: Meeting) -> tuple[Decision, ...]:
        return tuple(decision for decision in m.decided if decision.phase == self.id)

    def standing(self, m: Meeting) -> tuple[Card, ...]:
        """The measures nobody has decided on: to choose from, and kept for later."""
        tried = {decision.card for decision in m.decided}
        tried |= {card.into for card in m.cards.values() if card.into and card.id in tried}
        left = (card for card in board(m.cards, self.source) if card.id not in tried)
        return tuple(card for card in left if not card.aside)


def _here(m: Meeting, phase: str) -> Plan:
    m.running()
    where, state = m.find(phase), m.states.get(phase)
    if not isinstance(where, Plan) or not isinstance(state, PlanState) or not state.begun:
        refuse("stale")
    return where


def _decision(m: Meeting, phase: str, card: int) -> Decision:
    found = next((d for d in _here(m, phase).decided(m) if d.card == card), None)
    if found is None:
        refuse("no_decision")
    return found


def _write(m: Meeting, by: str) -> None:
    m.member(by)
    if not (m.holds(by, "leader") or m.holds(by, "scribe")):
        refuse("leader_only")


def _measure(text: str) -> str:
    words = clean(text)
    if not words:
        refuse("card_empty")
    if len(words) > CARD_LIMIT:
        refuse("card_long", limit=CARD_LIMIT, length=len(words))
    return words


def _agreed(text: str | None) -> str | None:
    """As it was said: dates are not understood, only kept. Empty: open again."""
    words = None if text is None else clean(text)
    if words and len(words) > LIMIT:
        refuse("decision_long", limit=LIMIT)
    return words


def _listed(parts: Sequence[Say]) -> Say:
    """One; one and two; one, two and three."""
    first, *rest = parts
    for part in rest[:-1]:
        first = say("plan.comma", first=first, then=part)
    return say("plan.and", first=first, then=rest[-1]) if rest else first
