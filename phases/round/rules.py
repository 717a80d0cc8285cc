"""A round: everyone is heard once, with equal time, and the leader is never first.

From “runden rundt; alle deltakarar får bidra” (BTI on system level). That who leads speaks last,
and that one may pass and come back, is ours.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from facilitator.core.clock import Clock
from facilitator.core.meeting import Entry, Event, Meeting, Phase, PhaseEvent, PhaseState, refuse
from facilitator.core.text import Say, say
from facilitator.core.turns import Turns

MORE = 30  # seconds given by one press
HANDING_OVER = 5  # seconds from one speaker to the next
SHORTEST = 20  # seconds: nobody is offered less


@dataclass(frozen=True)
class RoundState(PhaseState):
    turns: Turns
    clock: Clock  # of the turn, in meeting time
    begun: bool = False
    seconds: float | None = None  # of the turns to come, where the leader fitted them to the plan
    moves: int = 0  # how often the turn has gone on: a place that never comes again


class RoundEvent(PhaseEvent[RoundState]):
    """What happens in a round. A turn that a speaker ends cannot be undone by the leader."""

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        new = super().on(m, entry)
        return new if m.holds(entry.by, "leader") else replace(new, acts=())


class TurnEnded(RoundEvent):
    """`who` is whose turn ended; empty when the round starts."""

    type: Literal["turn_ended"] = "turn_ended"
    who: str
    how: Literal["done", "pass", "later"] = "done"
    steers = True
    rewinds = True

    def within(self, m: Meeting, state: RoundState, entry: Entry) -> RoundState:
        if self.who != (state.turns.now or ""):
            return state
        if self.how == "later":
            turns = state.turns.later(last=m.roles.get("leader"))
        else:
            turns = state.turns.pass_by() if self.how == "pass" else state.turns.done()
        return _moved(m, self.phase, state, turns, m.time(entry.at))


class TurnCalled(RoundEvent):
    """`who` speaks next, or waits last in line."""

    type: Literal["turn_called"] = "turn_called"
    who: str
    last: bool = False
    steers = True

    def within(self, m: Meeting, state: RoundState, entry: Entry) -> RoundState:
        if self.last:
            turns = state.turns.without(self.who).join(self.who, last=m.roles.get("leader"))
        else:
            turns = state.turns.call(self.who)
        return replace(state, turns=turns)


class TimeSet(RoundEvent):
    """More seconds for who speaks; or the whole time anew, when the timer was forgotten."""

    type: Literal["time_set"] = "time_set"
    more: int = 0
    anew: bool = False
    steers = True

    def within(self, m: Meeting, state: RoundState, entry: Entry) -> RoundState:
        clock = state.clock.add(self.more)
        if self.anew:
            running = state.clock.started is not None
            budget = _seconds(m, self.phase, state)
            clock = Clock(budget, started=m.time(entry.at) if running else None)
        return replace(state, clock=clock)


class TurnsFitted(RoundEvent):
    """The turns to come are as long as the plan allows."""

    type: Literal["turns_fitted"] = "turns_fitted"
    seconds: int
    steers = True

    def within(self, m: Meeting, state: RoundState, entry: Entry) -> RoundState:
        return replace(state, seconds=self.seconds)


class RoundRepeated(RoundEvent):
    type: Literal["round_repeated"] = "round_repeated"
    steers = True
    rewinds = True

    def within(self, m: Meeting, state: RoundState, entry: Entry) -> RoundState:
        turns = state.turns.again(last=m.roles.get("leader"))
        return _moved(m, self.phase, state, turns, m.time(entry.at))


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
    if who in (state.turns.now, state.turns.next):
        refuse("stale")
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
    seconds = fitting(m, phase, state)
    if seconds is None:
        refuse("stale")
    return TurnsFitted(phase=phase, seconds=seconds)


def fitting(m: Meeting, phase: str, state: RoundState) -> int | None:
    """Seconds a turn with which a round that takes too long fits its phase, if that can be.

    As it stood when this turn began; whole fives, and never under `SHORTEST`.
    """
    given, waiting = _seconds(m, phase, state), len(state.turns.waiting)
    began = state.clock.started
    left = m.clocks[phase].left(began) if began is not None else m.clocks[phase].budget
    if state.turns.now is not None:
        left -= state.clock.budget + HANDING_OVER
    if not waiting or waiting * (given + HANDING_OVER) <= left:
        return None
    fits = int(left / waiting - HANDING_OVER) // 5 * 5
    return fits if fits >= SHORTEST else None


def repeat_round(m: Meeting, by: str, *, phase: str) -> Event:
    """One more round, if someone wants."""
    state = _here(m, phase)
    m.lead(by)
    if not state.turns.over:
        refuse("round_runs")
    return RoundRepeated(phase=phase)


class Round(Phase[RoundState]):
    kind: Literal["round"] = "round"
    turn_seconds: int = 60
    cards: bool = True

    events: ClassVar = (TurnEnded, TurnCalled, TimeSet, TurnsFitted, RoundRepeated)
    verbs: ClassVar = {
        f.__name__: f
        for f in (end_turn, call_turn, more_time, restart_turn, fit_turns, repeat_round)
    }

    def fresh(self) -> RoundState:
        return RoundState(Turns(), Clock(self.turn_seconds))

    def enter(self, m: Meeting, state: RoundState, time: float) -> RoundState:
        if not state.begun:
            order = sorted(m.here, key=lambda p: m.holds(p.id, "leader"))
            return replace(state, begun=True, turns=Turns(tuple(p.id for p in order)))
        return replace(state, clock=state.clock.start(time)) if state.turns.now else state

    def leave(self, m: Meeting, state: RoundState, time: float) -> RoundState:
        return replace(state, clock=state.clock.stop(time))

    def joined(self, m: Meeting, state: RoundState, who: str, time: float) -> RoundState:
        if not state.begun:
            return state
        return replace(state, turns=state.turns.join(who, last=m.roles.get("leader")))

    def left(self, m: Meeting, state: RoundState, who: str, time: float) -> RoundState:
        turns = state.turns.leave(who)
        if turns.now == state.turns.now:
            return replace(state, turns=turns)
        return _moved(m, self.id, state, turns, time)

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

    def takes_cards(self, state: RoundState) -> bool:
        return self.cards and state.begun


def _here(m: Meeting, phase: str) -> RoundState:
    m.running()
    state = m.states.get(phase)
    if not isinstance(state, RoundState) or m.phase is None or m.phase.id != phase:
        refuse("stale")
    return state


def _moved(m: Meeting, phase: str, state: RoundState, turns: Turns, time: float) -> RoundState:
    """The next speaker's clock is a fresh one; it runs only while the phase does."""
    runs = turns.now is not None and m.phase is not None and m.phase.id == phase
    clock = Clock(_seconds(m, phase, state), started=time if runs else None)
    return replace(state, turns=turns, clock=clock, moves=state.moves + 1)


def _seconds(m: Meeting, phase: str, state: RoundState) -> float:
    """What a turn is given, before anything was added to it."""
    where = m.find(phase)
    if state.seconds is not None:
        return state.seconds
    return where.turn_seconds if isinstance(where, Round) else state.clock.budget
