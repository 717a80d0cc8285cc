"""What happens in a round: silence before talk, then one turn after the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from facilitator.core.clock import Clock
from facilitator.core.meeting import Entry, Meeting, PhaseEvent, PhaseState
from facilitator.core.turns import Turns


@dataclass(frozen=True)
class RoundState(PhaseState):
    """Clocks are in meeting time. `seconds` is what the turns to come are given."""

    turns: Turns
    clock: Clock  # of the turn
    seconds: float
    begun: bool = False
    silence: Clock | None = None  # before the first turn, as long as it lasts
    moves: int = 0  # how often the turn has gone on: a place that never comes again


class RoundEvent(PhaseEvent[RoundState]):
    """What happens in a round. A turn that a speaker ends cannot be undone by the leader."""

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        new = super().on(m, entry)
        return new if m.holds(entry.by, "leader") else replace(new, acts=())


class TurnEnded(RoundEvent):
    """`who` is whose turn ended; empty when the round starts, and the silence before it ends."""

    type: Literal["turn_ended"] = "turn_ended"
    who: str
    how: Literal["done", "pass", "later"] = "done"
    steers = True
    rewinds = True

    def within(self, m: Meeting, state: RoundState, entry: Entry) -> RoundState:
        if self.who != (state.turns.now or ""):
            return state
        return moved(m, self.phase, state, self._turns(m, state.turns), m.time(entry.at))

    def _turns(self, m: Meeting, turns: Turns) -> Turns:
        leader = m.roles.get("leader")
        if self.how == "done" and turns.now is not None:
            return turns.done()
        turns = turns.not_first(leader)
        if self.how == "later":
            return turns.later(last=leader)
        return turns.pass_by() if self.how == "pass" else turns.done()


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
    """More seconds for who speaks, or for the silence; or the whole time anew, when the timer was
    forgotten."""

    type: Literal["time_set"] = "time_set"
    more: int = 0
    anew: bool = False
    steers = True

    def within(self, m: Meeting, state: RoundState, entry: Entry) -> RoundState:
        time = m.time(entry.at)
        if state.silence is not None:
            return replace(state, silence=self._set(state.silence, state.silence.budget, time))
        return replace(state, clock=self._set(state.clock, state.seconds, time))

    def _set(self, clock: Clock, whole: float, time: float) -> Clock:
        if not self.anew:
            return clock.add(self.more)
        return Clock(whole, started=None if clock.started is None else time)


class TurnsFitted(RoundEvent):
    """The turns to come, and the silence if it is not over, are as long as the plan allows."""

    type: Literal["turns_fitted"] = "turns_fitted"
    seconds: int
    silence: int | None = None
    steers = True

    def within(self, m: Meeting, state: RoundState, entry: Entry) -> RoundState:
        silence = state.silence
        if silence is not None and self.silence is not None:
            silence = replace(silence, budget=self.silence)
        return replace(state, seconds=self.seconds, silence=silence)


class RoundRepeated(RoundEvent):
    type: Literal["round_repeated"] = "round_repeated"
    steers = True
    rewinds = True

    def within(self, m: Meeting, state: RoundState, entry: Entry) -> RoundState:
        turns = state.turns.again(last=m.roles.get("leader"))
        return moved(m, self.phase, state, turns, m.time(entry.at))


def moved(m: Meeting, phase: str, state: RoundState, turns: Turns, time: float) -> RoundState:
    """The next speaker's clock is a fresh one; it runs only while the phase does."""
    runs = turns.now is not None and m.phase is not None and m.phase.id == phase
    clock = Clock(state.seconds, started=time if runs else None)
    return replace(state, turns=turns, clock=clock, silence=None, moves=state.moves + 1)
