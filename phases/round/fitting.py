"""A round for which there is too little time: what to give each, so that the plan holds."""

from __future__ import annotations

from dataclasses import dataclass

from facilitator.core.clock import Clock
from facilitator.core.meeting import Meeting
from facilitator.core.pace import time_for

from .turning import RoundState

HANDING_OVER = 5  # seconds from one speaker to the next
LEAST_SILENCE = 60  # seconds: a silence is not fitted to less
STEP = 5  # seconds


@dataclass(frozen=True)
class Fit:
    """Seconds of the turns to come, and of the silence where it is not over.

    Where the plan does not hold with it either, it is the least that may be given.
    """

    turn: int
    silence: int | None = None
    holds: bool = True


def fitting(m: Meeting, phase: str, state: RoundState, least: int) -> Fit | None:
    """What to give each for the plan to hold, in whole fives; None where there is nothing to do.

    As it stood when this turn or the silence began. The silence gives first, then the turns, and
    nobody is offered less than `least`. It is the plan's end that counts, not the round's own
    minutes: time that others saved is there to be used, time they took is not.
    """
    given, waiting, left = state.seconds, len(state.turns.waiting), _left(m, phase, state)
    if not waiting or left is None or waiting * (given + HANDING_OVER) <= left:
        return None
    silence = state.silence.budget if state.silence else 0.0
    spare = max(0.0, silence - LEAST_SILENCE) // STEP * STEP
    fits = (left + spare) // waiting // STEP * STEP - HANDING_OVER
    turn = min(given, max(least, fits))
    needed = waiting * (turn + HANDING_OVER) - left
    shorter = silence - min(spare, max(0.0, -(-needed // STEP) * STEP))
    if (turn, shorter) == (given, silence):
        return None
    return Fit(int(turn), int(shorter) if state.silence else None, holds=fits >= turn)


def least_minutes(people: int, turn: int, silence: int) -> float:
    """What a round of so many takes at the very least; `turn` and `silence` in seconds."""
    return (min(silence, LEAST_SILENCE) + people * (turn + HANDING_OVER)) / 60


def _left(m: Meeting, phase: str, state: RoundState) -> float | None:
    """Seconds for those who wait, beside what the present turn, or the silence, still has."""
    clock = state.silence or state.clock
    began = m.clocks[phase].started if clock.started is None else clock.started
    time = None if began is None else time_for(m, phase, began)
    return None if time is None else time - _still(state)


def _still(state: RoundState) -> float:
    if state.silence is not None:
        return _rest(state.silence)
    return 0.0 if state.turns.now is None else _rest(state.clock) + HANDING_OVER


def _rest(clock: Clock) -> float:
    """What a clock had left when it was started last."""
    return max(0.0, clock.budget - clock.spent)
