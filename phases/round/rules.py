"""A round: everyone is heard once, with equal time, and the leader is never first.

From “runden rundt; alle deltakarar får bidra” (BTI on system level). That who leads speaks last,
that one may pass and come back, and that silence comes before talk, is ours.
"""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Literal

from facilitator.core.cards import Sort
from facilitator.core.clock import Clock
from facilitator.core.meeting import Event, Meeting, Phase, refuse
from facilitator.core.text import Say, say
from facilitator.core.turns import Turns

from .fitting import Fit, fitting, least_minutes
from .turning import RoundRepeated, RoundState, TimeSet, TurnCalled, TurnEnded, TurnsFitted, moved

MORE = 30  # seconds given by one press


def end_turn(
    m: Meeting, by: str, *, phase: str, seen: str, how: Literal["done", "pass", "later"] = "done"
) -> Event:
    """Done, pass or come back to me: the speaker's to say, or the leader's and the scribe's."""
    state = _here(m, phase)
    m.stale(seen)
    if state.turns.now is None:
        refuse("stale")
    m.write_for(by, state.turns.now)
    if how == "later" and not state.turns.waiting:
        refuse("nobody_waits")
    return TurnEnded(phase=phase, who=state.turns.now, how=how)


def call_turn(m: Meeting, by: str, *, phase: str, who: str) -> Event:
    """The leader calls on somebody to speak next; who passed may ask to speak after all."""
    state = _here(m, phase)
    m.member(who)
    if by == who and not m.holds(by, "leader"):
        if who not in state.turns.passed:
            refuse("stale")
        return TurnCalled(phase=phase, who=who, last=True)
    m.lead(by)
    if who in (state.turns.now, line(m, state).next):
        refuse("stale")
    if who == by and _nobody_heard(state.turns):
        refuse("leader_not_first")
    return TurnCalled(phase=phase, who=who)


def more_time(m: Meeting, by: str, *, phase: str) -> Event:
    _here(m, phase)
    m.lead(by)
    return TimeSet(phase=phase, more=MORE)


def restart_turn(m: Meeting, by: str, *, phase: str) -> Event:
    _here(m, phase)
    m.lead(by)
    return TimeSet(phase=phase, anew=True)


def fit_turns(m: Meeting, by: str, *, phase: str) -> Event:
    """Shorten the turns to come so that the plan holds; nobody's turn is dropped."""
    state = _here(m, phase)
    m.lead(by)
    where = m.find(phase)
    fits = where.fit(m, state) if isinstance(where, Round) else None
    if fits is None:
        refuse("stale")
    return TurnsFitted(phase=phase, seconds=fits.turn, silence=fits.silence)


def repeat_round(m: Meeting, by: str, *, phase: str) -> Event:
    """One more round, if someone wants."""
    state = _here(m, phase)
    m.lead(by)
    if not state.turns.over:
        refuse("round_runs")
    return RoundRepeated(phase=phase)


class Round(Phase[RoundState]):
    """A silence of `silence_seconds` comes before the first turn; no turn is fitted to less than
    `least_seconds`. Measures written here are kept for the phase whose id is `holds_for`."""

    kind: Literal["round"] = "round"
    turn_seconds: int = 60
    least_seconds: int = 20
    silence_seconds: int = 0
    cards: bool = True
    card_sort: Sort = "idea"
    holds_for: str = ""

    events: ClassVar = (TurnEnded, TurnCalled, TimeSet, TurnsFitted, RoundRepeated)
    verbs: ClassVar = {
        f.__name__: f
        for f in (end_turn, call_turn, more_time, restart_turn, fit_turns, repeat_round)
    }

    def fresh(self) -> RoundState:
        return RoundState(Turns(), Clock(self.turn_seconds), self.turn_seconds)

    def enter(self, m: Meeting, state: RoundState, time: float) -> RoundState:
        if not state.begun:
            order = sorted(m.here, key=lambda p: m.holds(p.id, "leader"))
            silence = Clock(self.silence_seconds, started=time) if self.silence_seconds else None
            turns = Turns(tuple(p.id for p in order))
            return replace(state, begun=True, turns=turns, silence=silence)
        if state.silence is not None:
            return replace(state, silence=state.silence.start(time))
        return replace(state, clock=state.clock.start(time)) if state.turns.now else state

    def leave(self, m: Meeting, state: RoundState, time: float) -> RoundState:
        silence = state.silence and state.silence.stop(time)
        return replace(state, clock=state.clock.stop(time), silence=silence)

    def joined(self, m: Meeting, state: RoundState, who: str, time: float) -> RoundState:
        if not state.begun:
            return state
        return replace(state, turns=state.turns.join(who, last=m.roles.get("leader")))

    def left(self, m: Meeting, state: RoundState, who: str, time: float) -> RoundState:
        turns = state.turns
        if who == turns.now:
            turns = turns.not_first(m.roles.get("leader"))
        turns = turns.leave(who)
        if turns.now == state.turns.now:
            return replace(state, turns=turns)
        return moved(m, self.id, state, turns, time)

    def merged(self, m: Meeting, state: RoundState, who: str, into: str, time: float) -> RoundState:
        turns = state.turns.merge(who, into)
        return replace(state, turns=turns.last(into) if m.holds(into, "leader") else turns)

    def replaced(
        self, m: Meeting, state: RoundState, who: str, new: str, time: float
    ) -> RoundState:
        """A substitute speaks when their turn comes, and not again when it has been."""
        return replace(state, turns=state.turns.renamed(who, new))

    def led(self, m: Meeting, state: RoundState, who: str, time: float) -> RoundState:
        """Who led keeps the place before the new leader."""
        return replace(state, turns=state.turns.last(who))

    def step(self, m: Meeting, state: RoundState) -> Event | None:
        if state.turns.over:
            return None
        return TurnEnded(phase=self.id, who=state.turns.now or "")

    def unready(self, m: Meeting, state: RoundState) -> Say | None:
        return None if state.turns.over else say("round.not_heard")

    def place(self, state: RoundState) -> str:
        return f"{state.moves}.{state.turns.now or ''}"

    def sort(self) -> Sort:
        return self.card_sort

    def takes_cards(self, state: RoundState) -> bool:
        return self.cards and state.begun

    def keeps_for(self, state: RoundState) -> str:
        return self.holds_for if self.cards and state.begun else ""

    def least(self, m: Meeting) -> float:
        turn = min(self.turn_seconds, self.least_seconds)
        return max(self.floor, least_minutes(len(m.here), turn, self.silence_seconds))

    def fit(self, m: Meeting, state: RoundState) -> Fit | None:
        return fitting(m, self.id, state, self.least_seconds)


def _here(m: Meeting, phase: str) -> RoundState:
    m.running()
    state = m.states.get(phase)
    if not isinstance(state, RoundState) or m.phase is None or m.phase.id != phase:
        refuse("stale")
    return state


def line(m: Meeting, state: RoundState) -> Turns:
    """The turns as they will go on: who leads now may not have led when the round began."""
    return state.turns if state.turns.now else state.turns.not_first(m.roles.get("leader"))


def _nobody_heard(turns: Turns) -> bool:
    """Nor speaks: whoever is called on now is the first."""
    return not turns.heard and turns.now is None and len(turns.waiting) > 1
